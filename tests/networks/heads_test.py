"""Further outputs of a discriminator share its layers and its features."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers
from tfgan.networks import dcgan, heads, mlp, resnet, vgg

SHAPE = (8, 8, 1)
DATA = tf.random.stateless_normal((4, *SHAPE), [0, 1])
BUILDERS = {"dcgan": dcgan, "resnet": resnet, "vgg": vgg}


@pytest.mark.parametrize("name", BUILDERS)
def test_the_logits_stay_those_of_the_discriminator(name):
    plain = BUILDERS[name].discriminator(SHAPE, width=2)
    network = heads.with_classifier(plain, 5)
    outputs = network({"data": DATA})
    np.testing.assert_array_equal(outputs["logits"], plain({"data": DATA}))
    assert outputs["label"].shape == (4, 5)
    features = plain.layers[-1].input.shape[-1]
    assert network.count_params() == plain.count_params() + 5 * (features + 1)


def test_class_logits_are_a_dense_layer_of_the_last_features():
    network = heads.with_classifier(mlp.discriminator((3,), widths=(6,)), 4)
    hidden, label = network.layers[2], network.get_layer("label")
    data = tf.random.stateless_normal((5, 3), [0, 2])
    features = np.asarray(data @ hidden.kernel)
    features = np.where(features > 0, features, 0.2 * features)
    expected = features @ np.asarray(label.kernel)
    np.testing.assert_allclose(network({"data": data})["label"], expected, rtol=1e-4, atol=1e-5)


def test_embeddings_and_proxies_have_unit_length_and_labels_move_the_proxy_alone():
    network = heads.with_embedding(dcgan.discriminator(SHAPE, width=2), 3, size=7)
    one, other = (
        network({"data": DATA, "label": tf.constant(label)})
        for label in ([0, 1, 2, 0], [1, 1, 0, 0])
    )
    for name in ("embedding", "proxy"):
        assert one[name].shape == (4, 7)
        np.testing.assert_allclose(np.linalg.norm(one[name], axis=1), 1.0, rtol=1e-5)
    for name in ("embedding", "logits"):
        np.testing.assert_array_equal(one[name], other[name])
    np.testing.assert_array_equal(one["proxy"][0], one["proxy"][3])
    changed = np.any(one["proxy"] != other["proxy"], axis=1)
    assert changed.tolist() == [True, False, True, False]


def test_spectral_normalization_of_the_discriminator_reaches_its_layers():
    network = heads.with_classifier(resnet.discriminator(SHAPE, width=2), 3)
    normalized = [x for x in network.layers if isinstance(x, layers.SpectralNormalization)]
    before = [np.array(x.u) for x in normalized]
    for layer in normalized:
        layer.kernel.assign(tf.random.stateless_normal(layer.kernel.shape, [3, 4]))
    layers.power_iteration(network)
    assert all(np.any(a != np.array(x.u)) for a, x in zip(before, normalized, strict=True)
               if len(a) > 1)  # fmt: skip


def test_a_network_that_does_not_end_in_a_dense_layer_is_refused():
    with_label = resnet.discriminator(SHAPE, classes=3, width=2)
    with pytest.raises(ValueError, match="must end in a dense layer .* without a label; received"):
        heads.with_classifier(with_label, 3)
    with pytest.raises(ValueError, match="classes must be 2 or more"):
        heads.with_embedding(dcgan.discriminator(SHAPE, width=2), 1)
