"""`fit`, `evaluate` and validation: the order of data, and losses from which nothing learns."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, penalties, priors, terms
from tfgan.models import GAN, VAE, Autoregressive
from tfgan.networks import made, vae

from ..games import linear_gan

SHAPE = (4, 4, 1)
IMAGES = np.random.default_rng(0).integers(0, 256, (20, *SHAPE), np.uint8)


def gan(*, loss="non_saturating", body=(), **options):
    """A tiny game; `body` are layers of the discriminator, functions -> layer."""
    keras.utils.set_random_seed(0)
    latent, data = keras.Input((2,), name="latent"), keras.Input(SHAPE, name="data")
    hidden = keras.layers.BatchNormalization()(keras.layers.Dense(16)(latent))
    made = keras.layers.Reshape(SHAPE)(keras.layers.Activation("tanh")(hidden))
    judged = keras.layers.Flatten()(data)
    for layer in body:
        judged = layer()(judged)
    model = GAN(
        keras.Model({"latent": latent}, made),
        keras.Model({"data": data}, keras.layers.Dense(1)(judged)),
        prior=priors.Normal(2),
    )
    model.compile(loss, "sgd", **({"run_eagerly": True} | options))
    return model


def state(model):
    """All that a model and its optimizers remember, as one vector."""
    variables = list(model.variables)
    for player in model.players.values():
        variables += player.optimizer.variables
    return np.concatenate([np.ravel(tf.convert_to_tensor(v)) for v in variables])


def scores(model, images):
    """sigmoid(D(x)), without dropout: `[n]`."""
    data = images.astype(np.float32) / 127.5 - 1.0
    return tf.sigmoid(model.discriminator({"data": data}, training=False)).numpy()


@pytest.mark.parametrize(
    "options", [{}, {"run_eagerly": False, "steps_per_execution": 2, "jit_compile": True}], ids=str
)
def test_figures_are_means_over_all_examples_however_they_are_batched(options):
    model = gan(**options)
    wanted = scores(model, IMAGES).mean()
    for size in (20, 8, 3):
        figures = model.evaluate(IMAGES, batch_size=size, verbose=0, return_dict=True)
        assert figures["d_real"] == pytest.approx(wanted, rel=1e-5)
    assert set(figures) == {"d_loss", "g_loss", "d_real", "d_fake"}


def test_layers_act_as_they_do_outside_of_training_and_nothing_moves():
    model = gan(
        body=[
            lambda: layers.spectrally_normalized(keras.layers.Dense)(8),
            keras.layers.BatchNormalization,
            lambda: layers.Dropout(0.5),
        ]
    )
    model.fit(IMAGES, batch_size=10, verbose=0)
    before = state(model)
    figures = model.evaluate(IMAGES, batch_size=10, verbose=0, return_dict=True)
    np.testing.assert_array_equal(state(model), before)
    assert model.steps_done == 2
    assert figures["d_real"] == pytest.approx(scores(model, IMAGES).mean(), rel=1e-5)


def test_two_evaluations_of_one_state_agree_and_do_not_change_the_training_after_them():
    model, other = gan(), gan()
    for each in (model, other):
        each.fit(IMAGES, batch_size=10, shuffle=False, verbose=0)
    one, two = (model.evaluate(IMAGES, batch_size=10, verbose=0) for _ in range(2))
    assert one == two
    for each in (model, other):
        each.fit(IMAGES, batch_size=10, shuffle=False, verbose=0)
    np.testing.assert_array_equal(state(model), state(other))


def test_batches_of_an_evaluation_draw_noise_of_their_own():
    model = gan()
    same = np.repeat(IMAGES[:1], 16, axis=0)
    first = model.evaluate(same[:8], batch_size=8, verbose=0, return_dict=True)
    both = model.evaluate(same, batch_size=8, verbose=0, return_dict=True)
    assert both["d_real"] == pytest.approx(first["d_real"], rel=1e-5)
    assert both["d_fake"] != pytest.approx(first["d_fake"], rel=1e-5)


def test_validation_data_and_a_validation_split_give_val_figures_that_stop_early():
    model = gan()
    stop = keras.callbacks.EarlyStopping("val_d_loss", patience=1, min_delta=1e9, mode="min")
    options = {"batch_size": 8, "epochs": 5, "verbose": 0, "callbacks": [stop]}
    history = model.fit(IMAGES, validation_data=(IMAGES[:5],), **options).history
    assert set(history) >= {"d_loss", "val_d_loss", "val_g_loss", "val_d_real", "val_d_fake"}
    assert len(history["val_d_loss"]) == 2
    assert history["val_d_real"][-1] == pytest.approx(scores(model, IMAGES[:5]).mean(), rel=1e-5)
    history = model.fit(IMAGES, validation_split=0.2, batch_size=8, verbose=0).history
    assert history["val_d_real"][-1] == pytest.approx(scores(model, IMAGES[16:]).mean(), rel=1e-5)


def test_test_on_batch_is_an_evaluation_of_one_batch():
    model = gan()
    figures = model.test_on_batch(IMAGES, return_dict=True)
    assert figures == pytest.approx(
        model.evaluate(IMAGES, verbose=0, return_dict=True, batch_size=20)
    )
    assert model.steps_done == 0


class Remembering(tf.Module):
    """A term that counts its calls."""

    def __init__(self):
        super().__init__(name="remembering")
        self.calls = tf.Variable(0.0, trainable=False)

    def __call__(self, turn):
        self.calls.assign_add(1.0)
        return tf.ones([tf.shape(turn.fake)[0]])


def test_terms_are_judged_with_their_weight_and_keep_their_state():
    remembering = Remembering()
    model = gan(
        penalties=[penalties.Penalty(penalties.r1, 3.0)],
        terms=[
            terms.Term(remembering, "generator", weight=0.5, name="half"),
            terms.Term(lambda turn: turn.fake[:, 0, 0, 0] * 0 + 1.0, "discriminator", every=4,
                       name="lazy"),
        ],
    )  # fmt: skip
    model.fit(IMAGES, batch_size=20, epochs=2, shuffle=False, verbose=0)
    assert float(remembering.calls) == 2.0
    figures = model.evaluate(IMAGES, batch_size=10, verbose=0, return_dict=True)
    assert float(remembering.calls) == 2.0
    assert figures["half"] == pytest.approx(0.5)
    assert figures["lazy"] == pytest.approx(1.0), "as on average over steps, due or not"
    kernel = model.discriminator.get_weights()[0]
    assert figures["penalty"] == pytest.approx(3.0 * np.square(kernel).sum(), rel=1e-4)


def test_a_batch_for_several_discriminator_steps_is_judged_as_one():
    model = gan(discriminator_steps=3)
    figures = model.evaluate(IMAGES[:2], verbose=0, return_dict=True)
    assert figures["d_real"] == pytest.approx(scores(model, IMAGES[:2]).mean(), rel=1e-5)


def test_replicas_that_share_a_batch_unequally_judge_as_one(two_replicas):
    with two_replicas.scope():
        model = gan(run_eagerly=False)
    for count in (7, 5):  # of the last batch of 5, one replica has nothing
        data = tf.data.Dataset.from_tensor_slices(IMAGES[:count]).batch(4)
        figures = model.evaluate(data, verbose=0, return_dict=True)
        assert figures["d_real"] == pytest.approx(scores(model, IMAGES[:count]).mean(), rel=1e-5)


BLACK_AND_WHITE = np.where(IMAGES > 127, 255, 0).astype(np.uint8)


def test_the_nats_of_an_autoregressive_model_are_its_exact_likelihood():
    model = Autoregressive(made.network(SHAPE, widths=(8,)))
    model.compile("adam", run_eagerly=True)
    nats = model.evaluate(BLACK_AND_WHITE, batch_size=8, verbose=0)
    wanted = model.use_weights("last").log_prob(BLACK_AND_WHITE).nats.mean()
    assert nats == pytest.approx(-wanted, rel=1e-5)


def test_the_bound_of_held_out_images_is_judged_while_a_vae_trains():
    model = VAE(*(build(SHAPE, 2, widths=(8,)) for build in (vae.dense_encoder, vae.dense_decoder)))
    model.compile("adam", run_eagerly=True)
    history = model.fit(
        BLACK_AND_WHITE[:12], batch_size=6, verbose=0, validation_data=BLACK_AND_WHITE[12:]
    ).history
    assert set(history) >= {"val_loss", "val_reconstruction", "val_kl"}
    [loss] = history["val_loss"]
    assert loss == pytest.approx(history["val_reconstruction"][0] + history["val_kl"][0], rel=1e-5)
    bound = -np.mean(model.use_weights("last").log_weights(BLACK_AND_WHITE[12:], 50))
    assert loss == pytest.approx(bound, abs=1.5), "one latent per example instead of fifty"


def test_data_are_checked_as_by_fit():
    with pytest.raises(ValueError, match="must be in .*; received values from"):
        gan().evaluate(IMAGES.astype(np.float32), verbose=0)
    with pytest.raises(ValueError, match="^Float images must be in"):
        gan().evaluate(tf.data.Dataset.from_tensors(tf.cast(IMAGES, tf.float32)), verbose=0)


def test_validation_data_are_checked_before_the_first_step():
    model = gan()
    with pytest.raises(ValueError, match="must be in .*; received values from"):
        model.fit(IMAGES, verbose=0, validation_data=IMAGES.astype(np.float32))
    assert model.steps_done == 0


@pytest.mark.parametrize("predict", ["predict", "predict_on_batch"])
def test_predict_says_what_to_call_instead(predict):
    with pytest.raises(ValueError, match=r"GAN has no predict: sample\(count\) makes data, gener"):
        getattr(gan(), predict)(IMAGES)


def test_metrics_of_compile_say_what_there_is_instead():
    with pytest.raises(ValueError, match="metrics compare predictions with targets.*Evaluation"):
        gan(metrics=["mae"])


@pytest.fixture
def linear_model():
    gan = linear_gan()
    gan.run_eagerly = True
    return gan


class Recorder(keras.callbacks.Callback):
    """Keeps the first column of every batch."""

    def __init__(self, model):
        super().__init__()
        self.rows = []
        step = model.train_step

        def recording(batch):
            self.rows += batch["data"].numpy()[:, 0].tolist()
            return step(batch)

        model.train_step = recording


POINTS = np.stack([np.arange(64.0), np.zeros(64)], axis=1).astype(np.float32)


def test_a_dataset_comes_in_its_order_without_a_warning(linear_model):
    recorder = Recorder(linear_model)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        linear_model.fit(tf.data.Dataset.from_tensor_slices({"data": POINTS}).batch(8), verbose=0)
    assert recorder.rows == list(range(64))


def test_arrays_are_shuffled_unless_they_are_not_to_be(linear_model):
    recorder = Recorder(linear_model)
    linear_model.fit({"data": POINTS}, batch_size=8, verbose=0)
    assert recorder.rows != list(range(64)) and sorted(recorder.rows) == list(range(64))
    recorder.rows.clear()
    linear_model.fit({"data": POINTS}, batch_size=8, verbose=0, shuffle=False)
    assert recorder.rows == list(range(64))
