"""The discriminator that classifies: its layers, its outputs, and what is random in training."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.networks import semi_supervised

SHAPE = (8, 8, 1)
IMAGES = tf.random.stateless_uniform((4, *SHAPE), [0, 1], -1.0, 1.0)


def small(**arguments):
    keras.utils.set_random_seed(0)
    return semi_supervised.discriminator(SHAPE, 3, width=2, dense_width=4, **arguments)


def test_real_is_as_likely_as_the_classes_together_against_a_logit_of_0():
    outputs = small()({"data": IMAGES})
    with_fake = np.concatenate([outputs["label"], np.zeros((4, 1))], axis=1)
    share = np.exp(with_fake) / np.exp(with_fake).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(tf.sigmoid(outputs["logits"])[:, 0], 1 - share[:, -1], atol=1e-6)


def test_the_class_logits_are_of_the_features():
    model = small()
    outputs, head = model({"data": IMAGES}), model.get_layer("label")
    expected = tf.matmul(outputs["features"], head.kernel) + head.bias
    np.testing.assert_allclose(outputs["label"], expected, atol=1e-6)
    assert outputs["features"].shape == (4, 4)
    assert all(x.dtype == tf.float32 for x in outputs.values())


@pytest.mark.parametrize("name", ["noise", "dropout", "views"])
def test_each_disturbance_alone_changes_the_outputs_in_training(name):
    none = {"noise": 0.0, "dropout": 0.0, "views": 0.0, "normalization": None}
    still, disturbed = small(**none), small(**none | {name: 0.5})
    with rng.layer_seeds(rng.stream(0, 0, "test")):
        one, other = (net({"data": IMAGES}, training=True)["label"] for net in (still, disturbed))
    assert np.abs(one - other).max() > 1e-6
    one, other = (net({"data": IMAGES}, training=False)["label"] for net in (still, disturbed))
    np.testing.assert_array_equal(one, other)


def test_the_mean_of_the_features_is_not_normalized():
    """Else it would be equal for every batch, and matching it would teach nothing."""
    model = small(noise=0.0, dropout=0.0, views=0.0)
    with rng.layer_seeds(rng.stream(0, 0, "test")):
        means = [
            tf.reduce_mean(model({"data": scale * IMAGES**2}, training=True)["features"], axis=0)
            for scale in (1.0, -1.0)
        ]
    assert np.abs(means[0] - means[1]).max() > 0.01
