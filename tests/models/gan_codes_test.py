"""The codes of data that the discriminator of a GAN estimates."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors
from tfgan.models import GAN

PRIOR = priors.Joint([priors.Normal(3), priors.Categorical(4), priors.Uniform(2, name="style")])


def model(heads, inputs=("data",), **arguments):
    latents = {name: keras.Input(shape, name=name) for name, shape in PRIOR.shapes.items()}
    joined = keras.layers.Concatenate()(list(latents.values()))
    tensors = {"data": keras.Input((2,), name="data")}
    x = tensors["data"]
    if "label" in inputs:
        tensors["label"] = keras.Input((), dtype="int32", name="label")
        x = keras.layers.Concatenate()([x, keras.layers.Embedding(3, 2)(tensors["label"])])
    outputs = {name: keras.layers.Dense(size, name=name)(x) for name, size in heads.items()}
    generator = keras.Model(latents, keras.layers.Dense(2)(joined))
    return GAN(generator, keras.Model(tensors, outputs), prior=PRIOR, **arguments)


def test_codes_are_the_outputs_that_have_the_names_of_latents():
    gan = model({"logits": 1, "style": 2, "style_scale": 2, "code": 4})
    assert gan.code_shapes == {"code": (4,), "style": (2,)}
    assert gan.category == "code"
    data = np.random.default_rng(0).normal(size=(150, 2)).astype(np.float32)
    codes, outputs = gan.codes(data), gan.discriminator({"data": data})
    np.testing.assert_allclose(codes["style"], outputs["style"], atol=1e-6)
    np.testing.assert_allclose(codes["code"], tf.nn.softmax(outputs["code"]), atol=1e-6)


def test_continuous_codes_alone_have_no_category():
    gan = model({"logits": 1, "style": 2})
    assert gan.category is None
    assert list(gan.codes(np.zeros((2, 2), np.float32))) == ["style"]
    assert not gan.has_encoder and gan.encoded(tf.zeros((2, 2))) == {}


@pytest.mark.parametrize(
    ("heads", "arguments"),
    [
        ({"logits": 1, "features": 5}, {}),
        ({"logits": 1, "code": 4}, {"inputs": ("data", "label"), "classes": 3}),
    ],
)
def test_a_discriminator_without_such_outputs_or_with_a_condition_estimates_none(heads, arguments):
    gan = model(heads, **arguments)
    assert gan.code_shapes == {} and gan.category is None
    with pytest.raises(ValueError, match="GAN has no codes that are matched to a prior"):
        gan.codes(np.zeros((2, 2), np.float32))


def test_an_output_with_one_logit_per_label_classifies():
    gan = model({"logits": 1, "label": 5, "style": 2})
    assert (gan.category, gan.classifies_labels) == ("label", True)
    data = np.random.default_rng(0).normal(size=(6, 2)).astype(np.float32)
    logits = gan.discriminator({"data": data})["label"]
    np.testing.assert_allclose(gan.classify(data), tf.nn.softmax(logits), atol=1e-6)
    assert list(gan.codes(data)) == ["style"]


def test_clusters_of_a_categorical_code_are_classes_but_not_labels():
    gan = model({"logits": 1, "code": 4})
    assert (gan.category, gan.classifies_labels) == ("code", False)
    data = np.ones((3, 2), np.float32)
    np.testing.assert_array_equal(gan.classify(data), gan.codes(data)["code"])


def test_a_model_without_classes_does_not_classify():
    with pytest.raises(ValueError, match="GAN has no output that is a class of data"):
        model({"logits": 1, "style": 2}).classify(np.ones((3, 2), np.float32))
