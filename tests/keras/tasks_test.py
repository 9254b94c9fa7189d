"""What a Keras user does with a GAN: a task a test, through public names, each in a few lines."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfgan
from tfgan import losses, priors, terms
from tfgan.models import GAN
from tfgan.training import callbacks

layers = keras.layers
SHAPE, CLASSES = (4, 4, 1), 3
IMAGES = np.random.default_rng(0).integers(0, 256, (24, *SHAPE), np.uint8)
LABELS = np.arange(24) % CLASSES


def generator():
    return keras.Sequential(
        [keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Reshape(SHAPE)]
    )


def discriminator():
    return keras.Sequential([keras.Input(SHAPE), layers.Flatten(), layers.Dense(1)])


def two_headed():
    """A discriminator with features beside its logits."""
    data = keras.Input(SHAPE, name="data")
    features = layers.Dense(8, activation="relu")(layers.Flatten()(data))
    return keras.Model(data, {"logits": layers.Dense(1)(features), "features": features})


def conditional():
    """A generator and a discriminator that take a label beside their input."""
    latent, data = keras.Input((2,), name="latent"), keras.Input(SHAPE, name="data")
    label = keras.Input((), dtype="int32", name="label")
    told = layers.Embedding(CLASSES, 4)(label)
    made = layers.Dense(16, activation="tanh")(layers.Concatenate()([latent, told]))
    judged = layers.Dense(1)(layers.Concatenate()([layers.Flatten()(data), told]))
    return keras.Model([latent, label], layers.Reshape(SHAPE)(made)), keras.Model(
        [data, label], judged
    )


@pytest.fixture
def gan():
    keras.utils.set_random_seed(0)
    gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
    gan.compile("non_saturating", "adam")
    return gan


def test_own_sequential_networks():
    gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
    gan.compile("hinge", {"generator": "adam", "discriminator": keras.optimizers.Adam(4e-4)})
    gan.fit(IMAGES, batch_size=8, epochs=2, verbose=0)
    images = gan.sample(5, seed=1)["data"]
    assert gan.steps_done == 6
    assert images.shape == (5, *SHAPE) and images.dtype == np.uint8


class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 3

    def __getitem__(self, number):
        return (IMAGES[8 * number : 8 * number + 8],)


def test_own_data_in_seven_forms(gan):
    dataset = tf.data.Dataset.from_tensor_slices(IMAGES)
    for data in (
        IMAGES,
        IMAGES.astype(np.float64) / 127.5 - 1.0,
        {"data": IMAGES},
        dataset.batch(8),
        dataset.map(lambda image: {"data": image}).repeat().batch(8).take(3),
        Batches(workers=1),
        (IMAGES[first : first + 8] for first in (0, 8, 16)),
    ):
        before = gan.steps_done
        gan.fit(data, batch_size=8 if isinstance(data, np.ndarray | dict) else None, verbose=0)
        assert gan.steps_done == before + 3


def test_an_own_loss():
    loss = losses.AdversarialLoss(
        discriminator=lambda real, fake: tf.square(real - 1.0) + tf.square(fake),
        generator=lambda real, fake: tf.square(fake - 1.0),
    )
    gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
    gan.compile(loss, "adam")
    history = gan.fit(IMAGES, verbose=0).history
    assert 0.0 < history["g_loss"][0] < 20.0


def test_an_own_term(gan):
    def spread(turn):
        return -tf.math.reduce_std(turn.fake, axis=0)

    gan.compile("hinge", "adam", terms=[terms.Term(spread, "generator", weight=0.1)])
    history = gan.fit(IMAGES, verbose=0).history
    assert history["spread"][0] < 0.0


def test_a_schedule_of_the_rate(gan):
    rate = keras.optimizers.schedules.CosineDecay(1e-3, decay_steps=6)
    adam = {name: keras.optimizers.Adam(rate) for name in ("generator", "discriminator")}
    gan.compile("hinge", adam)
    gan.fit(IMAGES, batch_size=8, epochs=2, verbose=0)
    assert float(adam["generator"].learning_rate) == pytest.approx(0.0, abs=1e-9)


def test_ten_callbacks(gan, tmp_path):
    watching = [
        keras.callbacks.ReduceLROnPlateau("d_loss", mode="min"),
        keras.callbacks.EarlyStopping("g_loss", patience=5, mode="min"),
        keras.callbacks.CSVLogger(tmp_path / "log.csv"),
        keras.callbacks.TensorBoard(tmp_path / "logs"),
        keras.callbacks.ModelCheckpoint(tmp_path / "{epoch}.weights.h5", save_weights_only=True),
        keras.callbacks.TerminateOnNaN(),
        keras.callbacks.BackupAndRestore(tmp_path / "backup"),
        keras.callbacks.LearningRateScheduler(lambda epoch, rate: 0.5 * rate),
        callbacks.SampleGrid(tmp_path / "samples", every=2),
        callbacks.TerminateOnNonFinite(),
    ]
    gan.fit(IMAGES, batch_size=8, epochs=3, verbose=0, callbacks=watching)
    assert len(list((tmp_path / "samples").iterdir())) == 6  # steps 0, 2, 4, 6, 8 and 9
    assert float(gan.optimizer.learning_rate) == pytest.approx(0.001 / 8)


def test_validation_and_evaluate(gan):
    history = gan.fit(IMAGES, validation_split=0.25, epochs=2, verbose=0).history
    assert len(history["val_d_loss"]) == 2
    figures = gan.evaluate(IMAGES[18:], verbose=0, return_dict=True)
    assert figures["d_real"] == pytest.approx(history["val_d_real"][-1])


def test_saving_loading_and_the_config(gan, tmp_path):
    gan.fit(IMAGES, verbose=0)
    gan.save(tmp_path / "gan.keras")
    loaded = keras.models.load_model(tmp_path / "gan.keras")
    np.testing.assert_array_equal(loaded.sample(3)["data"], gan.sample(3)["data"])
    loaded.fit(IMAGES, verbose=0)  # goes on where it was
    assert loaded.steps_done == gan.steps_done + 1
    anew = GAN.from_config(gan.get_config())
    assert anew.count_params() == gan.count_params()


def test_summary(gan):
    lines = []
    gan.summary(print_fn=lines.append)
    gan.generator.summary(print_fn=lines.append)
    assert "sequential" in "\n".join(lines)


def test_mirrored_from_user_code(two_replicas):
    with two_replicas.scope():  # tf.distribute.MirroredStrategy()
        gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
        gan.compile("non_saturating", "adam")
    gan.fit(tf.data.Dataset.from_tensor_slices(IMAGES).batch(8), verbose=0)
    assert gan.steps_done == 3


def test_mixed_precision():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
    finally:
        keras.config.set_dtype_policy("float32")
    gan.compile("non_saturating", "adam")
    history = gan.fit(IMAGES, verbose=0).history
    assert np.isfinite(history["d_loss"]).all()
    assert {v.dtype for v in gan.generator.trainable_variables} == {"float32"}


@pytest.mark.parametrize(
    "options", [{"steps_per_execution": 2}, {"jit_compile": True}, {"run_eagerly": True}], ids=str
)
def test_several_steps_at_once_xla_and_eager_steps_are_the_same_steps(options):
    weights, means = [], []
    for chosen in ({}, options):
        keras.utils.set_random_seed(0)
        gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
        gan.compile("non_saturating", "sgd", **chosen)
        means += gan.fit(IMAGES, batch_size=8, shuffle=False, verbose=0).history["d_loss"]
        weights.append(np.concatenate([np.ravel(w) for w in gan.get_weights()]))
        assert gan.steps_done == 3
    np.testing.assert_allclose(*weights, atol=1e-5)
    assert means[0] == pytest.approx(means[1], abs=1e-5)


def test_conditions_as_integers_and_as_one_hot_rows():
    gan = GAN(*conditional(), prior=priors.Normal(2), classes=CLASSES)
    gan.compile("non_saturating", "adam")
    gan.fit(IMAGES, LABELS, verbose=0)
    gan.fit(IMAGES, keras.utils.to_categorical(LABELS, CLASSES), verbose=0)
    samples = gan.sample(4, label=[0, 1, 2, 2])
    assert samples["label"].tolist() == [0, 1, 2, 2]


def test_the_parts_alone(gan):
    latents = gan.prior(4, seed=[1, 2])["latent"]
    fakes = gan.generator(latents)
    assert gan.discriminator.predict(fakes, verbose=0).shape == (4, 1)
    np.testing.assert_allclose(gan.generate({"latent": latents.numpy()}), fakes, atol=1e-6)


def test_accumulation_clipping_and_the_average_of_an_optimizer():
    gan = GAN(generator(), discriminator(), prior=priors.Normal(2))
    options = {"clipnorm": 1.0, "use_ema": True, "ema_momentum": 0.9}
    adam = {name: keras.optimizers.Adam(**options) for name in ("generator", "discriminator")}
    gan.compile("non_saturating", adam, microbatches=4)
    swap = keras.callbacks.SwapEMAWeights(swap_on_epoch=True)
    gan.fit(IMAGES, batch_size=8, epochs=2, verbose=0, callbacks=[swap])
    assert gan.steps_done == 6


def test_feature_matching_and_l1_to_a_target():
    gan = GAN(generator(), two_headed(), prior=priors.Normal(2))
    pull = [
        terms.Term(terms.feature_matching, "generator"),
        terms.Term(terms.l1, "generator", weight=100.0),
    ]
    gan.compile("non_saturating", "adam", terms=pull)
    data = {"data": IMAGES, "target": np.zeros((24, *SHAPE), np.float32)}
    history = gan.fit(data, batch_size=8, epochs=3, verbose=0).history
    assert history["l1"][-1] < history["l1"][0]
    assert history["feature_matching"][0] > 0.0


def test_a_picture_in_a_notebook(gan):
    picture = gan.modality.picture(gan.sample(16)["data"], columns=8)
    assert picture.dtype == np.uint8 and picture.ndim == 3  # what plt.imshow takes


def test_another_backend_is_named_with_what_to_do():
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    argv = [sys.executable, "-c", "from tfgan.models import GAN"]
    ended = subprocess.run(argv, env=environment, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "tfgan trains on Keras' TensorFlow backend" in ended.stderr.splitlines()[-1]


def test_a_frozen_part_and_weights_of_another_model(gan):
    other = GAN(generator(), discriminator(), prior=priors.Normal(2))
    other.generator.set_weights(gan.generator.get_weights())
    other.discriminator.layers[0].trainable = False
    other.generator.trainable = False
    other.compile("non_saturating", "adam")
    before = other.generator.get_weights()
    other.fit(IMAGES, verbose=0)
    for one, same in zip(before, other.generator.get_weights(), strict=True):
        np.testing.assert_array_equal(one, same)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run that `tfgan.train` has finished on an array in a file."""
    folder = tmp_path_factory.mktemp("run")
    np.save(folder / "images.npy", np.repeat(np.repeat(IMAGES, 2, axis=1), 2, axis=2))
    return tfgan.train(
        recipe="dcgan", data=f"arrays:{folder}/images.npy", workdir=folder / "run", steps=2,
        width=4, latent_dim=4, batch_size=8, log_every=1, sample_every=0, jit_compile=False,
    )  # fmt: skip


def test_a_finished_run_from_python(run):
    again = tfgan.open_run(run.workdir)
    np.testing.assert_array_equal(again.sample(3, seed=1)["data"], run.sample(3, seed=1)["data"])
    assert again.step == 2 and len(again.history["d_loss"].value) == 2
    [result] = again.evaluate("swd", count=16)
    assert np.isfinite(result.score.value)


def test_a_finished_run_in_a_notebook(run):
    assert run.sample_grid(8, columns=4).size == (42, 22)  # a PIL image, which notebooks display


def test_transfer_from_a_run_with_the_first_layer_frozen(run, tmp_path):
    tuned = tfgan.train(
        recipe="dcgan", data=run.config["data"]["source"], workdir=tmp_path, steps=2, width=4,
        latent_dim=4, batch_size=8, sample_every=0, jit_compile=False,
        init_from=run.workdir, freeze_discriminator=1,
    )  # fmt: skip
    weights = [each.model.discriminator.get_weights() for each in (tuned, run)]
    is_same = [np.array_equal(one, other) for one, other in zip(*weights, strict=True)]
    assert is_same[0] and not all(is_same)
