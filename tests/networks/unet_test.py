"""The U-Net: sizes, counts, skips, noise, and images of any size."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, modalities, networks
from tfgan.networks import unet


def sources(height, width, channels=1, count=2):
    return tf.random.stateless_normal((count, height, width, channels), [0, 1])


def inputs(height, width, channels=1, count=2):
    noise = tf.stack([tf.range(count), tf.fill([count], 7)], axis=1)
    return {"source": sources(height, width, channels, count), "noise": noise}


def small(side=32, **kwargs):
    keras.utils.set_random_seed(0)
    return unet.generator((side, side, 3), (side, side, 1), width=4, **kwargs)


def trainable(network):
    return sum(int(np.prod(v.shape)) for v in network.trainable_variables)


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        # Counted from the list of layers in the paper's code.
        ({"depth": 8, "width": 32}, 13_608_259),
        ({"depth": 7, "width": 32}, 10_461_507),
        ({"depth": 4}, 6_171_267),
        ({"depth": 4, "width": 32}, 1_545_539),
        ({"depth": 4, "width": 16, "normalization": "instance"}, 387_683),
    ],
)
def test_the_numbers_of_weights_are_those_of_the_paper(arguments, count):
    shape = (2 ** arguments["depth"],) * 2 + (3,)
    arguments = {"normalization": "batch"} | arguments
    assert trainable(unet.generator(shape, shape, **arguments)) == count


def weights_by_formula(depth, width, *, skips, instance):
    """The weights of a U-Net of 3 channels, by the formula of the table instead of layers."""
    features = [width * min(2**i, 8) for i in range(depth)]
    norm = 1 if instance else 2  # bias, or gain and bias, per normalized feature
    ends = 3 + instance * (features[0] + features[-1])  # biases of the layers without a norm
    down = sum(16 * a * b for a, b in zip([3, *features], features, strict=False))
    joined = [features[-1], *((1 + skips) * f for f in features[-2::-1])]
    up = sum(16 * a * b for a, b in zip(joined, [*features[-2::-1], 3], strict=True))
    return down + up + ends + norm * (sum(features[1:-1]) + sum(features[:-1]))


def test_the_networks_of_256_pixels_have_the_weights_of_the_paper():
    """By a formula, which small networks confirm: these have 54 million weights."""
    for skips in (True, False):
        for normalization in ("batch", "instance"):
            network = unet.generator(
                (32, 32, 3), (32, 32, 3), depth=5, width=4, skips=skips, normalization=normalization
            )
            instance = normalization == "instance"
            assert trainable(network) == weights_by_formula(5, 4, skips=skips, instance=instance)
    assert weights_by_formula(8, 64, skips=True, instance=False) == 54_413_955
    assert weights_by_formula(8, 64, skips=True, instance=True) == 54_409_603
    assert weights_by_formula(8, 64, skips=False, instance=False) == 39_075_459
    assert weights_by_formula(7, 64, skips=True, instance=False) == 41_828_995
    assert weights_by_formula(5, 64, skips=True, instance=False) == 16_659_075


@pytest.mark.parametrize(
    ("sides", "depth"),
    [
        ((28, 28), 2),
        ((32, 32), 4),
        ((96, 96), 5),
        ((256, 256), 7),
        ((64, 32), 4),
        ((30, 30), 3),
        ((33, 48), 4),
        ((1, 1), 1),
    ],
    ids=str,
)
def test_the_default_depth_ends_at_a_side_of_2_or_more(sides, depth):
    assert unet.halvings((*sides, 3)) == depth


@pytest.mark.parametrize("side", [28, 30, 33, 48, 1])
def test_a_copy_for_another_size_is_the_network_for_any_size(side):
    network = small()
    fixed = networks.resized(network, side, side)
    anything = networks.resized(network, None, None)
    assert fixed.output_shape == (None, side, side, 3)
    assert anything.output_shape == (None, None, None, 3)
    batch = inputs(side, side)
    np.testing.assert_allclose(anything(batch), fixed(batch), atol=1e-6)
    assert np.std(fixed(batch)) > 0.0 or side == 1


def test_a_network_and_its_copy_for_any_size_agree():
    network, batch = small(), inputs(32, 32)
    copy = networks.resized(network, None, None)
    np.testing.assert_allclose(copy(batch), network(batch), atol=1e-6)
    assert [tensor.name for tensor in copy.inputs] == [tensor.name for tensor in network.inputs]


def without_bottleneck(network):
    """Sets the weights of the innermost convolution to zero."""
    convolutions = [layer for layer in network.layers if type(layer) is layers.Conv2D]
    innermost = min(convolutions, key=lambda layer: layer.output.shape[1])
    innermost.set_weights([0.0 * weight for weight in innermost.get_weights()])
    return network


def test_with_skips_the_source_passes_by_the_bottleneck():
    batch = inputs(32, 32)
    other = batch | {"source": 2.0 - batch["source"]}
    for skips in (True, False):
        network = without_bottleneck(small(skips=skips))
        same = np.allclose(network(batch), network(other), atol=1e-7)
        assert same != skips


def test_an_innermost_map_of_one_pixel_is_not_normalized():
    network = small(depth=5)
    [innermost] = [x.output for x in network.layers if x.output.shape[1:3] == (1, 1)][:1]
    features = keras.Model(network.inputs, innermost)
    assert innermost.shape == (None, 1, 1, 32)
    assert np.all(np.std(features(inputs(32, 32)), axis=-1) > 0.0)


def test_noise_changes_the_output_of_its_own_row_alone():
    network, batch = small(), inputs(32, 32)
    other = batch | {"noise": batch["noise"] + [[0, 0], [1, 0]]}
    first, second = network(batch).numpy(), network(other).numpy()
    np.testing.assert_array_equal(first[0], second[0])
    assert not np.allclose(first[1], second[1], atol=1e-4)
    np.testing.assert_array_equal(network(batch, training=True), first)


def test_dropout_is_in_the_innermost_levels_of_the_decoder():
    def places(network):
        dropouts = [x for x in network.layers if isinstance(x, layers.NoiseDropout)]
        return [x.output.shape[1] for x in dropouts]

    assert places(small(depth=5)) == [2, 4, 8]
    assert places(small(dropout_levels=2)) == [4, 8]
    network = small(dropout=0.0)
    assert [tensor.name for tensor in network.inputs] == ["source"]
    assert places(network) == []


def test_examples_do_not_depend_on_their_batch():
    network, batch = small(), inputs(32, 32, count=3)
    alone = {name: value[2:] for name, value in batch.items()}
    np.testing.assert_allclose(network(batch)[2:], network(alone), atol=1e-6)


def test_initial_weights_are_those_of_the_paper():
    network = unet.generator((32, 32, 3), (32, 32, 3), width=16, normalization="batch")
    kernels = np.concatenate(
        [v.numpy().ravel() for v in network.trainable_variables if v.name == "kernel"]
    )
    gains = np.concatenate(
        [v.numpy().ravel() for v in network.trainable_variables if v.name == "gamma"]
    )
    assert [kernels.mean(), kernels.std()] == pytest.approx([0.0, 0.02], abs=2e-4)
    assert [gains.mean(), gains.std()] == pytest.approx([1.0, 0.02], abs=5e-3)


def test_xla_gives_the_same_output_for_a_size_that_is_padded():
    network, batch = small(30, depth=2), inputs(30, 30)
    compiled = tf.function(network, jit_compile=True)
    np.testing.assert_allclose(compiled(batch), network(batch), atol=1e-5)


def test_outputs_are_float32_and_bounded_under_mixed_precision():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        network = small()
    finally:
        keras.config.set_dtype_policy(before)
    data = network(inputs(32, 32))
    assert data.dtype == tf.float32
    assert 0.0 < np.abs(data).max() <= 1.0


def test_masks_are_probabilities_of_classes():
    masks = modalities.Masks(class_names=("sky", "road", "car"))
    data = small(modality=masks)(inputs(32, 32)).numpy()
    np.testing.assert_allclose(data.sum(axis=-1), 1.0, atol=1e-5)
    assert data.min() > 0.0


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: unet.generator((8, 8), (8, 8, 1)), r"unet translates images .* received"),
        (lambda: unet.generator((8, 8, 0), (8, 8, 1)), "unet needs a shape of positive ints"),
        (lambda: unet.generator((8, 8, 3), (8, 9, 1)), r"received source_shape \(8, 9, 1\)"),
        (lambda: small(depth=0), "depth must be 1 or more, or None; received 0"),
        (lambda: small(normalization="layer"), "normalization must be one of"),
        (lambda: small(None), "depth must be an int where sides are None; received"),
        (lambda: small(dropout=1.0), r"rate must be in \[0, 1\); received 1.0"),
    ],
)
def test_arguments_out_of_range_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()
