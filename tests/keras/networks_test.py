"""A GAN of networks as Keras users write them: `Sequential`, subclassed, with any inputs."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, priors, terms
from tfgan.models import GAN

DENSE = keras.layers.Dense


class Subclassed(keras.Model):
    """A network of the one tensor that it is called with."""

    def __init__(self, size, name=None):
        super().__init__(name=name)
        self.size = size
        self.layer, self.head = DENSE(8, activation="relu"), DENSE(size)

    def call(self, inputs):
        return self.head(self.layer(inputs))

    def get_config(self):
        return {"size": self.size, "name": self.name}


class OfDict(Subclassed):
    """A network of the entries of a dict: latent or data, and a label."""

    def __init__(self, size, entry, name=None):
        super().__init__(size, name=name)
        self.entry, self.embedding = entry, keras.layers.Embedding(3, 4)

    def get_config(self):
        return super().get_config() | {"entry": self.entry}

    def call(self, inputs):
        both = keras.ops.concatenate([inputs[self.entry], self.embedding(inputs["label"])], -1)
        return super().call(both)


class OwnLayer(keras.layers.Layer):
    """No model at all, with a spectrally normalized layer that no list of layers names."""

    def __init__(self, size, **options):
        super().__init__(**options)
        self.head = layers.spectrally_normalized(keras.layers.Dense)(size)

    def call(self, inputs):
        return self.head(inputs)


class TwoHeads(Subclassed):
    """Logits and features."""

    def call(self, inputs):
        features = self.layer(inputs)
        return {"logits": self.head(features), "features": features}


def sequential(size, inputs=None):
    return keras.Sequential([keras.Input((inputs,))] * bool(inputs) + [DENSE(8), DENSE(size)])


def unnamed(size, inputs):
    tensor = keras.Input((inputs,))
    return keras.Model(tensor, DENSE(size)(tensor))


def listed(size, inputs):
    """Named inputs in a list."""
    tensor = keras.Input((inputs[1],), name=inputs[0])
    label = keras.Input((), dtype="int32", name="label")
    both = keras.layers.Concatenate()([tensor, keras.layers.Embedding(3, 4)(label)])
    return keras.Model([tensor, label], DENSE(size)(both))


def keyed(size, inputs):
    """Inputs with keys that are not the names of their tensors."""
    with warnings.catch_warnings(action="ignore"):
        tensor = keras.Input((inputs[1],), name="another")
        return keras.Model({inputs[0]: tensor}, DENSE(size)(tensor))


KINDS = {
    "sequential": lambda: (sequential(2, 3), sequential(1, 2)),
    "sequential without input": lambda: (sequential(2), sequential(1)),
    "nested sequential": lambda: (keras.Sequential([sequential(4, 3), DENSE(2)]), sequential(1)),
    "unnamed inputs": lambda: (unnamed(2, 3), unnamed(1, 2)),
    "keys": lambda: (keyed(2, ("latent", 3)), keyed(1, ("data", 2))),
    "subclassed": lambda: (Subclassed(2), Subclassed(1)),
    "layers": lambda: (OwnLayer(2), OwnLayer(1)),
    "two heads": lambda: (Subclassed(2), TwoHeads(1)),
    "one is told": lambda: (Subclassed(2), OfDict(1, "data")),
    "both are told": lambda: (OfDict(2, "latent"), OfDict(1, "data")),
    "lists": lambda: (listed(2, ("latent", 3)), listed(1, ("data", 2))),
}
CONDITIONAL = ("one is told", "both are told", "lists")


def gan(kind="sequential", **options):
    keras.utils.set_random_seed(1)
    classes = 3 if kind in CONDITIONAL else None
    model = GAN(*KINDS[kind](), prior=priors.Normal(3), classes=classes)
    model.compile("non_saturating", "adam", **options)
    return model


def batch():
    data = np.random.default_rng(0).normal(size=(8, 2)).astype(np.float32)
    return {"data": data, "label": np.arange(8, dtype=np.int32) % 3}


@pytest.mark.parametrize("kind", KINDS)
def test_networks_of_every_kind_train_and_sample_without_a_warning(kind):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = gan(kind, average_half_life=64.0)
        before = [w.copy() for w in model.get_weights()]
        logs = model.train_on_batch(batch(), return_dict=True)
        samples = model.sample(4)["data"]
    assert np.isfinite(logs["d_loss"]) and samples.shape == (4, 2)
    moved = [np.abs(a - b).max() for a, b in zip(before, model.get_weights(), strict=True)]
    assert max(moved) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_networks_of_every_kind_have_an_average_that_follows_them(kind):
    model = gan(kind)  # without a half-life: a plain copy
    model.train_on_batch(batch())
    assert type(model.average) is type(model.generator)
    assert len(model.generator.get_weights()) > 0
    for mean, weight in zip(model.average.weights, model.generator.weights, strict=True):
        np.testing.assert_array_equal(mean, weight)
        assert mean is not weight
    assert model.average.trainable_variables == []


def test_the_networks_of_a_model_are_those_that_it_was_given():
    generator, discriminator = KINDS["sequential"]()
    model = GAN(generator, discriminator, prior=priors.Normal(3))
    assert model.generator is generator and model.discriminator is discriminator


def test_a_sequential_network_computes_what_a_functional_one_does():
    named = {"latent": keras.Input((3,), name="latent")}, {"data": keras.Input((2,), name="data")}
    weights = []
    for wrap in (False, True):
        keras.utils.set_random_seed(1)
        networks = KINDS["sequential"]()
        if wrap:
            networks = [
                keras.Model(inputs, network(*inputs.values()))
                for inputs, network in zip(named, networks, strict=True)
            ]
        model = GAN(*networks, prior=priors.Normal(3))
        model.compile("hinge", "sgd")
        model.fit(batch()["data"], batch_size=4, epochs=2, shuffle=False, verbose=0)
        weights.append(model.get_weights())
    for one, other in zip(*weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_two_replicas_train_a_subclassed_network_as_one_device_does(two_replicas):
    weights = []
    for scope in (tf.distribute.get_strategy(), two_replicas):
        with scope.scope():
            model = gan("both are told", average_half_life=64.0)
        data = tf.data.Dataset.from_tensors(batch()).repeat()
        model.fit(data, steps_per_epoch=2, verbose=0)
        weights.append(model.get_weights())
    for one, two in zip(*weights, strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)


def test_spectral_layers_within_own_layers_are_iterated():
    model = gan("layers")
    before = np.array(model.discriminator.head.v)
    for _ in range(2):  # the second sees the kernel that the first has moved
        model.train_on_batch(batch())
    assert np.abs(np.array(model.discriminator.head.v) - before).max() > 0


def test_terms_read_the_heads_of_a_subclassed_discriminator():
    term = terms.Term(terms.feature_matching, "generator")
    logs = gan("two heads", terms=[term]).train_on_batch(batch(), return_dict=True)
    assert logs["feature_matching"] > 0


def test_what_own_layers_add_to_the_loss_is_minimized():
    class Adding(Subclassed):
        def call(self, inputs):
            outputs = super().call(inputs)
            self.add_loss(keras.ops.mean(keras.ops.square(outputs)))
            return outputs

    model = GAN(Subclassed(2), Adding(1), prior=priors.Normal(3))
    model.compile("wasserstein", "sgd")
    assert model.train_on_batch(batch(), return_dict=True)["d_regularization"] > 0


def test_conditions_of_networks_that_declare_nothing_have_their_shapes_from_the_model():
    class Edges(Subclassed):
        def call(self, inputs):
            entry = inputs["latent"] if "latent" in inputs else inputs["data"]
            return super().call(keras.ops.concatenate([entry, inputs["edges"]], -1))

    with pytest.raises(ValueError, match="shapes of edges are unknown: pass conditions as a dict"):
        GAN(Edges(2), Edges(1), prior=priors.Normal(3), conditions=["edges"])
    model = GAN(Edges(2), Edges(1), prior=priors.Normal(3), conditions={"edges": (4,)})
    model.compile("hinge", "sgd")
    model.train_on_batch(batch() | {"edges": np.ones((8, 4), np.float32)})
    assert model.steps_done == 1


class Closed(keras.Model):
    """Does not say how to make another one like it."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def call(self, inputs):
        return self.layer(inputs)


class Broken(keras.Model):
    def call(self, inputs):
        raise RuntimeError("the wheels came off")


def test_a_network_that_cannot_be_copied_plays_without_a_running_average():
    model = GAN(Closed(DENSE(2)), sequential(1), prior=priors.Normal(3))
    model.compile("hinge", "sgd")
    before = model.sample(4)["data"]
    model.fit(batch()["data"], verbose=0)
    assert (model.sample(4)["data"] != before).any()
    with pytest.raises(ValueError, match="closed.* of class Closed cannot be copied.*get_config"):
        model.compile("hinge", "sgd", average_half_life=100.0)


def with_two_outputs():
    data = keras.Input((2,))
    return keras.Model(data, [DENSE(1)(data), DENSE(3)(data)])


REFUSED = {
    "outputs without names": (
        lambda: (sequential(2, 3), with_two_outputs()),
        "discriminator has 2 outputs without names; .* a dict of outputs with the key logits",
    ),
    "no logits": (
        lambda: (sequential(2, 3), keras.Model(d := keras.Input((2,)), {"score": DENSE(1)(d)})),
        "discriminator must have an output named logits; received score",
    ),
    "another size": (
        lambda: (sequential(2, 5), sequential(1, 2)),
        r"prior gives latent of shape \(3,\); the generator takes \(5,\)",
    ),
    "other data": (
        lambda: (sequential(2, 3), sequential(1, 4)),
        r"generator makes data of shape \(2,\); the discriminator takes \(4,\)",
    ),
    "a function": (
        lambda: (lambda latent: latent, sequential(1, 2)),
        "generator must be a keras.Model or a keras.layers.Layer; received function",
    ),
    "no batch": (
        lambda: (keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x[:, 0])]),
                 sequential(1, 2)),
        r"generator must make data \[batch, ...\] of a known shape; received \[batch\]",
    ),
    "an error of its own": (
        lambda: (Broken(), sequential(1, 2)),
        "generator broken.* cannot be called with the tensor latent: .*the wheels came off",
    ),
    "two inputs without names": (
        lambda: (keras.Model([a := keras.Input((3,)), b := keras.Input((3,))], DENSE(2)(a + b)),
                 sequential(1, 2)),
        "its inputs must be among latent: name them",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_networks_that_cannot_play_are_refused_with_the_reason(case):
    networks, sentence = REFUSED[case]
    with pytest.raises(ValueError, match=sentence):
        GAN(*networks(), prior=priors.Normal(3))
