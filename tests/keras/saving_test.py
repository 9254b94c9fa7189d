"""`.keras` files and weights: a model comes back as it was, by Keras' own functions."""

import json
import zipfile

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors, terms
from tfgan.models import GAN

DATA = np.random.default_rng(0).normal(size=(24, 2)).astype(np.float32)


def dense(inputs, size):
    layers = [keras.layers.Dense(6, activation="relu"), keras.layers.BatchNormalization()]
    return keras.Sequential([keras.Input((inputs,)), *layers, keras.layers.Dense(size)])


@keras.saving.register_keras_serializable("tests")
class MeanOfLogits(tf.Module):
    """A term with a state of its own: the running mean of the fakes' logits."""

    def __init__(self):
        super().__init__(name="mean_of_logits")
        self.mean = tf.Variable(0.0, trainable=False)

    def __call__(self, turn):
        logits = turn.fake_outputs["logits"]
        self.mean.assign(0.9 * self.mean + 0.1 * tf.reduce_mean(logits))
        return tf.square(logits - self.mean)

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def adam():
    return keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.01, 2, 0.5))


def gan(loss=None, prior=None, **options):
    keras.utils.set_random_seed(1)
    model = GAN(dense(3, 2), dense(2, 1), prior=prior or priors.Normal(3))
    model.compile(
        **{
            "loss": loss or losses.non_saturating(0.9),
            "optimizers": {"generator": adam(), "discriminator": "adam"},
            "penalties": [penalties.Penalty(penalties.dragan, 0.1)],
            "average_half_life": 24.0,
            "seed": 5,
            **options,
        }
    )
    return model


def train(model, epochs=1):
    model.fit(DATA, batch_size=8, shuffle=False, epochs=epochs, verbose=0)
    return model


def everything(model):
    optimizers = [player.optimizer.variables for player in model.players.values()]
    every = [*model.variables, *sum(optimizers, []), *model.state_variables]
    return [np.array(tf.convert_to_tensor(variable)) for variable in every]


def assert_equal(one, other):
    for a, b in zip(everything(one), everything(other), strict=True):
        np.testing.assert_array_equal(a, b)


def reloaded(model, tmp_path, **options):
    model.save(tmp_path / "model.keras")
    return keras.models.load_model(tmp_path / "model.keras", **options)


def test_a_loaded_model_samples_the_same_and_goes_on_training_exactly(tmp_path):
    term = terms.Term(MeanOfLogits(), "generator", 0.1)
    model = train(gan(terms=[term]), epochs=2)
    loaded = reloaded(model, tmp_path)
    assert type(loaded) is GAN and loaded.steps_done == 6
    assert_equal(model, loaded)
    np.testing.assert_array_equal(model.sample(5)["data"], loaded.sample(5)["data"])
    assert_equal(train(model), train(loaded))
    assert float(loaded.state_variables[0]) != 0.0


def test_a_file_that_is_loaded_without_compiling_samples(tmp_path):
    model = train(gan())
    loaded = reloaded(model, tmp_path, compile=False)
    np.testing.assert_array_equal(model.sample(5)["data"], loaded.sample(5)["data"])
    assert not loaded.compiled


def test_a_clone_is_the_same_model_with_weights_of_its_own():
    model = train(gan())
    clone = keras.models.clone_model(model)
    assert clone.steps_done == 0 and clone.prior == model.prior
    clone.set_weights(model.get_weights())
    np.testing.assert_array_equal(model.sample(5)["data"], clone.sample(5)["data"])
    train(clone)
    assert model.steps_done == 3


def test_a_config_makes_the_model_anew():
    model = gan(prior=priors.Normal(3))
    again = GAN.from_config(json.loads(json.dumps(model.get_config())))
    assert json.dumps(again.get_config()) == json.dumps(model.get_config())
    assert [w.shape for w in again.weights] == [w.shape for w in model.weights]


@pytest.mark.parametrize("whole", [False, True])
def test_model_checkpoint_keeps_the_best_model(tmp_path, whole):
    path = tmp_path / ("best.keras" if whole else "best.weights.h5")
    checkpoint = keras.callbacks.ModelCheckpoint(
        path, monitor="d_loss", mode="max", save_best_only=True, save_weights_only=not whole
    )
    model = gan()
    model.fit(DATA, batch_size=8, epochs=2, shuffle=False, verbose=0, callbacks=[checkpoint])
    loaded = keras.models.load_model(path) if whole else gan()
    if not whole:
        loaded.load_weights(path)
    assert loaded.steps_done in (3, 6)
    assert np.isfinite(train(loaded).sample(4)["data"]).all()


def test_loaded_weights_bring_the_average_with_them(tmp_path):
    model = train(gan())
    assert (model.average.get_weights()[0] != model.generator.get_weights()[0]).any()
    model.save_weights(tmp_path / "model.weights.h5")
    other = gan()
    other.load_weights(tmp_path / "model.weights.h5")
    assert_equal(model, other)
    np.testing.assert_array_equal(model.sample(5)["data"], other.sample(5)["data"])
    assert_equal(train(model), train(other))


def test_the_summary_shows_both_networks_and_the_average():
    lines = []
    gan().summary(print_fn=lines.append)
    text = "\n".join(lines)
    assert text.count("(None, 2)") == 2 and text.count("(None, 1)") == 1
    assert "Total params" in text


def own_loss(real, fake):
    return tf.square(real - 1.0) + tf.square(fake)


def own_generator_loss(real, fake):
    return tf.square(fake - 1.0)


def test_an_own_loss_is_loaded_by_custom_objects(tmp_path):
    model = train(gan(losses.AdversarialLoss(own_loss, own_generator_loss)))
    model.save(tmp_path / "model.keras")
    with pytest.raises(TypeError, match="Could not locate function 'own_loss'"):
        keras.models.load_model(tmp_path / "model.keras")
    own = {"own_loss": own_loss, "own_generator_loss": own_generator_loss}
    loaded = keras.models.load_model(tmp_path / "model.keras", custom_objects=own)
    assert_equal(train(model), train(loaded))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"loss": losses.AdversarialLoss(lambda real, fake: real - fake, own_generator_loss)},
            "loss.discriminator is a lambda, which a .keras file does not hold: define it by `def`",
        ),
        (
            {"terms": [terms.Term(type("Own", (), {"__call__": None})(), "generator")]},
            r"terms\[0\].function, .*, cannot be saved in a .keras file: its class must have",
        ),
    ],
)
def test_what_a_file_cannot_hold_is_refused_by_name(tmp_path, options, sentence):
    model = gan(**options)
    with pytest.raises(ValueError, match=sentence):
        model.save(tmp_path / "model.keras")
    model.save_weights(tmp_path / "model.weights.h5")


def test_the_names_in_a_file_of_weights_do_not_change(tmp_path):
    gan().save_weights(tmp_path / "model.weights.h5")
    with h5py.File(tmp_path / "model.weights.h5") as file:
        names = {name for name, group in file.items() if holds_arrays(group)}
    optimizers = {"generator_optimizer", "discriminator_optimizer"}
    assert names == {"average", "averaged", "discriminator", "vars"} | optimizers


def holds_arrays(group):
    """Whether there is an array in a group of an HDF5 file."""
    return isinstance(group, h5py.Dataset) or any(map(holds_arrays, group.values()))


def test_a_file_holds_no_code_and_no_pickle(tmp_path):
    gan().save(tmp_path / "model.keras")
    with zipfile.ZipFile(tmp_path / "model.keras") as file:
        assert sorted(file.namelist()) == ["config.json", "metadata.json", "model.weights.h5"]
        assert "__lambda__" not in file.read("config.json").decode()
