"""DCGAN: its sizes and its initial weights."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import dcgan

L = keras.layers


def test_generator_has_as_many_parameters_as_the_formula_says():
    # latent 10, width 4, 28x28x1: 7x7x8 -> 14x14x4 -> 28x28x1; each norm has 4 numbers a channel.
    dense, first_norm = 10 * (7 * 7 * 8), 4 * 8
    middle, second_norm = 4 * 4 * 8 * 4, 4 * 4
    last = 4 * 4 * 4 * 1 + 1
    model = dcgan.generator((28, 28, 1), 10, width=4)
    assert model.count_params() == dense + first_norm + middle + second_norm + last


def test_discriminator_has_as_many_parameters_as_the_formula_says():
    # width 4, 5x5, 16x16x3: 8x8x4 -> 4x4x8 -> 1; the first layer has a bias and no norm.
    first, second, norm = 5 * 5 * 3 * 4 + 4, 5 * 5 * 4 * 8, 4 * 8
    model = dcgan.discriminator((16, 16, 3), width=4, kernel_size=5)
    assert model.count_params() == first + second + norm + (4 * 4 * 8 + 1)


def test_filters_double_from_the_finest_to_the_coarsest():
    model = dcgan.discriminator((64, 64, 3))
    filters = [layer.filters for layer in model.layers if isinstance(layer, L.Conv2D)]
    assert filters == [64, 128, 256, 512]
    model = dcgan.generator((64, 64, 3), 5, width=4)
    filters = [layer.filters for layer in model.layers if isinstance(layer, L.Conv2DTranspose)]
    assert filters == [16, 8, 4, 3]


def test_kernels_start_from_a_normal_of_002_and_differ():
    keras.utils.set_random_seed(0)
    model = dcgan.discriminator((32, 32, 16), width=16, normalization=None)
    kernels = [np.array(v) for v in model.trainable_variables if v.name == "kernel"]
    for kernel in kernels[:3]:
        # The standard error of a deviation from n numbers is 0.02 / sqrt(2 n), n >= 4,096.
        assert kernel.std() == pytest.approx(0.02, rel=0.05)
        assert abs(kernel.mean()) < 0.002
    assert not np.array_equal(kernels[0][..., :8], kernels[1][..., :16, :8])


def test_leaky_relu_has_the_slope_of_the_paper():
    model = dcgan.discriminator((8, 8, 1), width=4)
    slopes = [x.negative_slope for x in model.layers if isinstance(x, L.LeakyReLU)]
    np.testing.assert_allclose(slopes, [0.2, 0.2])


def test_two_replicas_normalize_as_one_device(two_replicas):
    with two_replicas.scope():
        model = dcgan.discriminator((8, 8, 1), width=4)
    x = tf.random.stateless_normal((4, 8, 8, 1), [0, 1])
    weights = model.get_weights()
    whole = model({"data": x}, training=True)
    moved = model.get_weights()
    model.set_weights(weights)
    halves = two_replicas.experimental_distribute_values_from_function(
        lambda context: tf.split(x, 2)[context.replica_id_in_sync_group]
    )
    run = tf.function(lambda x: two_replicas.run(lambda x: model({"data": x}, training=True), (x,)))
    parts = two_replicas.experimental_local_results(run(halves))
    np.testing.assert_allclose(tf.concat(parts, 0), whole, atol=1e-5)
    for here, there in zip(model.get_weights(), moved, strict=True):
        np.testing.assert_allclose(here, there, atol=1e-6)


@pytest.mark.parametrize("normalization", ["batch", "spectral"])
def test_heads_are_linear_in_what_the_logits_are_linear_in(normalization):
    options = {"width": 2, "normalization": normalization}
    plain = dcgan.discriminator((8, 8, 1), **options)
    model = dcgan.discriminator((8, 8, 1), heads={"label": 3, "rotation": 4}, **options)
    outputs = model(tf.random.stateless_normal((5, 8, 8, 1), [0, 1]))
    assert {n: x.shape for n, x in outputs.items()} == {
        "logits": (5, 1), "label": (5, 3), "rotation": (5, 4)
    }  # fmt: skip
    features = plain.layers[-1].input.shape[1]
    assert features == 2 * 2 * 4
    trained = [sum(np.prod(v.shape) for v in m.trainable_variables) for m in (plain, model)]
    assert trained[1] - trained[0] == (features + 1) * (3 + 4)
