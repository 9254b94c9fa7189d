"""A model is a Keras model: `fit` takes what Keras users pass, with the meaning it has there."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN

COUNT, SHAPE = 20, (4, 4, 1)


def networks(classes=None):
    latent = keras.Input((3,), name="latent")
    data = keras.Input(SHAPE, name="data")
    label = {"label": keras.Input((), dtype="int32", name="label")} if classes else {}
    told = [keras.layers.Embedding(classes, 2)(label["label"])] if classes else []
    hidden = keras.layers.Concatenate()([latent, *told]) if told else latent
    made = keras.layers.Reshape(SHAPE)(keras.layers.Dense(16, activation="tanh")(hidden))
    flat = keras.layers.Flatten()(data)
    seen = keras.layers.Concatenate()([flat, *told]) if told else flat
    return (
        keras.Model({"latent": latent, **label}, made),
        keras.Model({"data": data, **label}, keras.layers.Dense(1)(seen)),
    )


def gan(classes=None, **options):
    keras.utils.set_random_seed(1)
    model = GAN(*networks(classes), prior=priors.Normal(3), classes=classes)
    adam = {player: keras.optimizers.Adam(0.01) for player in model.networks}
    model.compile(losses.non_saturating(), adam, **options)
    return model


def uint8(count=COUNT):
    return np.random.default_rng(0).integers(0, 256, (count, *SHAPE), np.uint8)


def floats():
    return uint8().astype(np.float32) / 127.5 - 1.0


LABELS = np.arange(COUNT) % 3


class Pieces(keras.utils.PyDataset):
    """Batches by number."""

    def __len__(self):
        return 3

    def __getitem__(self, index):
        return uint8()[8 * index : 8 * index + 8], LABELS[8 * index : 8 * index + 8]


def dataset(value):
    return tf.data.Dataset.from_tensor_slices(value)


FORMS = {
    "array of uint8": lambda: (uint8(),),
    "array of float32": lambda: (floats(),),
    "array of float64": lambda: (floats().astype(np.float64),),
    "array of float16": lambda: (floats().astype(np.float16),),
    "tensor": lambda: (tf.constant(uint8()),),
    "dict": lambda: ({"data": uint8()},),
    "tf.data of tensors": lambda: (dataset(uint8()).batch(8),),
    "tf.data of tuples": lambda: (dataset((uint8(), LABELS)).batch(8),),
    "tf.data of dicts": lambda: (dataset({"data": uint8()}).batch(8),),
    "tf.data of whole batches": lambda: (dataset(uint8()).batch(8, drop_remainder=True),),
    "PyDataset": lambda: (Pieces(),),
}


@pytest.mark.parametrize("form", FORMS)
def test_fit_takes_data_in_every_form(form):
    model = gan()
    history = model.fit(*FORMS[form](), epochs=2, verbose=0).history
    assert np.isfinite(history["d_loss"]).all() and len(history["d_loss"]) == 2
    assert model.steps_done == (4 if form == "tf.data of whole batches" else model.steps_done) > 1


@pytest.mark.parametrize(
    "label", [LABELS, LABELS.astype(np.int64)[:, None], np.eye(3)[LABELS]], ids=["int", "column",
    "one-hot"]
)  # fmt: skip
def test_labels_may_be_integers_or_one_hot_and_mean_the_same(label):
    weights = []
    for given in (LABELS, label):
        model = gan(classes=3)
        model.fit(uint8(), given, batch_size=8, shuffle=False, verbose=0)
        weights.append(model.get_weights())
    for one, other in zip(*weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_all_forms_of_equal_data_train_equal_weights():
    weights = []
    for form in ("array of uint8", "dict", "tf.data of tensors", "tf.data of dicts"):
        model = gan()
        model.fit(*FORMS[form](), batch_size=None if "tf.data" in form else 8, shuffle=False,
                  verbose=0)  # fmt: skip
        assert model.steps_done == 3, "the last batch, of 4, is one too"
        weights.append(np.concatenate([np.ravel(w) for w in model.get_weights()]))
    for other in weights[1:]:
        np.testing.assert_allclose(other, weights[0], atol=1e-6)


@pytest.mark.parametrize("eagerly", [False, True])
def test_train_on_batch_takes_a_step(eagerly):
    model = gan(run_eagerly=eagerly)
    logs = model.train_on_batch(uint8()[:8], return_dict=True)
    assert model.steps_done == 1 and np.isfinite(logs["d_loss"])


def test_history_holds_the_means_of_an_epoch():
    model, seen = gan(), []

    class Each(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            seen.append(float(logs["d_loss"]))

    history = model.fit(uint8(), batch_size=5, epochs=2, verbose=0, callbacks=[Each()]).history
    np.testing.assert_allclose(history["d_loss"], np.reshape(seen, (2, 4)).mean(1), rtol=1e-5)
    assert np.std(seen[:4]) > 0


def test_several_steps_may_run_in_one_call():
    model, one = gan(steps_per_execution=2), gan()
    for each in (model, one):
        each.fit(uint8(16), batch_size=4, shuffle=False, verbose=0)
    assert model.steps_done == 4
    for a, b in zip(model.get_weights(), one.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-6)


def test_callbacks_of_keras_do_what_they_are_for(tmp_path):
    model = gan()
    model.fit(
        uint8(), epochs=5, verbose=0,
        callbacks=[
            keras.callbacks.CSVLogger(tmp_path / "log.csv"),
            keras.callbacks.TerminateOnNaN(),
            keras.callbacks.EarlyStopping("d_loss", patience=0, min_delta=1e9, mode="min"),
            keras.callbacks.ModelCheckpoint(tmp_path / "a.weights.h5", save_weights_only=True),
            keras.callbacks.TensorBoard(tmp_path / "logs"),
            keras.callbacks.BackupAndRestore(tmp_path / "backup"),
        ],
    )  # fmt: skip
    lines = (tmp_path / "log.csv").read_text().splitlines()
    assert len(lines) == 3, "EarlyStopping without progress ends after the second epoch"
    assert "d_loss" in lines[0]
    other = gan()
    other.load_weights(tmp_path / "a.weights.h5")
    for a, b in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def sgd_weights(steps, **options):
    """The discriminator's kernel after some steps of SGD on one batch."""
    keras.utils.set_random_seed(1)
    model = GAN(*networks(), prior=priors.Normal(3))
    sgd = {player: keras.optimizers.SGD(0.1, **options) for player in model.networks}
    model.compile(losses.non_saturating(), sgd)
    model.fit(uint8(), batch_size=COUNT, epochs=steps, shuffle=False, verbose=0)
    return model.discriminator.get_weights()[0]


def test_the_average_that_an_optimizer_keeps_is_put_in_place_at_the_end():
    averaged = sgd_weights(2, use_ema=True, ema_momentum=0.5)
    np.testing.assert_allclose(averaged, (sgd_weights(1) + sgd_weights(2)) / 2.0, atol=1e-6)
    assert np.abs(averaged - sgd_weights(2)).max() > 1e-4


@pytest.mark.parametrize(
    ("x", "y", "classes", "sentence"),
    [
        (uint8().astype(np.float32), None, None, r"must be in \[-1, 1\]; received values from 0"),
        (uint8()[..., 0], None, None, r"received \[batch, 4, 4\]; add the axis of channels"),
        (uint8()[:, :3], None, None, r"must have the shape \[batch, 4, 4, 1\]; .*\[batch, 3, 4, 1"),
        (uint8().astype(np.int64), None, None, "data must be uint8 or float.*received int64"),
        (np.full((4, *SHAPE), np.nan, np.float32), None, None, "must be finite"),
        (uint8(), np.full(COUNT, 3), 3, "label must be 0 to 2; received 3"),
        (uint8(), np.zeros((COUNT, 2)), 3, r"label must have the shape \[batch\], or \[batch, 3\]"),
        (uint8(), None, 3, "must have a label, as the model has 3 classes"),
    ],
)
def test_data_that_the_model_cannot_take_are_refused(x, y, classes, sentence):
    with pytest.raises(ValueError, match=sentence):
        gan(classes).fit(x, y, verbose=0)


def test_sample_weights_are_refused():
    with pytest.raises(ValueError, match="sample_weight must be None"):
        gan().fit(uint8(), LABELS, sample_weight=np.ones(COUNT), verbose=0)


def test_float_images_of_a_dataset_out_of_range_are_refused():
    with pytest.raises(ValueError, match=r"^Float images must be in \[-1, 1\]; pass [^\n]*$"):
        gan().fit(dataset(uint8().astype(np.float32)).batch(4), verbose=0)


def test_more_discriminator_steps_than_examples_are_refused():
    with pytest.raises(ValueError, match="at least 9, .* per discriminator step; received 8"):
        gan(discriminator_steps=9).train_step({"data": uint8()[:8]})


def test_classes_that_no_network_reads_are_refused():
    with pytest.raises(ValueError, match="Neither network takes label"):
        GAN(*networks(), prior=priors.Normal(3), classes=10)


@pytest.mark.parametrize(
    ("prior", "sentence"),
    [
        (priors.Normal(5), r"prior gives latent of shape \(5,\); the generator takes \(3,\)"),
        (
            priors.Joint([priors.Normal(3), priors.Normal(2, name="code")]),
            "The prior gives code, which the generator does not take; its inputs are latent",
        ),
    ],
)
def test_a_prior_that_does_not_fit_the_generator_is_refused(prior, sentence):
    with pytest.raises(ValueError, match=sentence):
        GAN(*networks(), prior=prior)


def test_weights_that_are_loaded_into_the_generator_are_sampled_from_before_the_first_step():
    model, other = gan(), gan()
    other.generator.set_weights([value + 0.5 for value in model.generator.get_weights()])
    samples = other.sample(4)["data"]
    assert (samples != model.sample(4)["data"]).any()
    np.testing.assert_array_equal(samples, other.use_weights("last").sample(4)["data"])


@pytest.mark.parametrize("half_life", [0.0, 1e6])
def test_weights_that_are_loaded_into_the_generator_are_sampled_from_after_training(half_life):
    model = gan(average_half_life=half_life)
    model.fit(uint8(), verbose=0)
    before = model.sample(4)["data"]
    np.testing.assert_array_equal(before, model.sample(4)["data"])
    model.generator.set_weights([value + 0.5 for value in model.generator.get_weights()])
    assert (model.sample(4)["data"] != before).any()
    rates = {name: player.optimizer for name, player in model.players.items()}
    rates["generator"].learning_rate = 0.0
    model.fit(uint8(), verbose=0)
    for mean, weight in zip(model.average.weights, model.generator.weights, strict=True):
        np.testing.assert_allclose(mean, weight, rtol=1e-6)


def test_weights_of_a_whole_model_keep_their_average(tmp_path):
    model = gan(average_half_life=1e6)
    model.fit(uint8(), epochs=2, verbose=0)
    model.save_weights(tmp_path / "two.weights.h5")
    wanted = model.sample(4)["data"]
    model.fit(uint8(), verbose=0)
    model.load_weights(tmp_path / "two.weights.h5")
    np.testing.assert_array_equal(model.sample(4)["data"], wanted)
    pairs = zip(model.average.get_weights(), model.generator.get_weights(), strict=True)
    assert any((mean != weight).any() for mean, weight in pairs)
