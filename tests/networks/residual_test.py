"""The residual generator: counts, sizes, features of its encoder."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import networks
from tfgan.networks import residual


def images(height, width, channels=1, count=2):
    return tf.random.stateless_normal((count, height, width, channels), [0, 1])


def small(side=32, **kwargs):
    keras.utils.set_random_seed(0)
    return residual.generator((side, side, 3), (side, side, 1), width=4, **{"blocks": 2} | kwargs)


@pytest.mark.parametrize(
    ("width", "blocks", "count"), [(64, 9, 11_378_179), (64, 6, 7_837_699), (16, 3, 272_515)]
)
def test_the_numbers_of_weights_are_those_of_the_paper(width, blocks, count):
    shape = (None, None, 3)
    assert residual.generator(shape, shape, width=width, blocks=blocks).count_params() == count


@pytest.mark.parametrize("side", [28, 30, 33, 48, 1, 2, 5])
def test_images_of_any_size_are_translated(side):
    anything = networks.resized(small(), None, None)
    fixed = networks.resized(anything, side, side)
    assert anything.output_shape == (None, None, None, 3)
    assert fixed.output_shape == (None, side, side, 3)
    source = {"source": images(side, side)}
    data = fixed(source)
    assert data.shape == (2, side, side, 3)
    assert 0.0 < np.abs(data).max() <= 1.0
    np.testing.assert_allclose(anything(source), data, atol=1e-6)


def test_what_goes_down_comes_up_at_the_same_place():
    """With kernels that copy the pixel below their middle, one pixel in four remains, in place."""
    network = residual.generator((32, 32, 1), (32, 32, 1), width=1, blocks=0)
    weights = [np.zeros(weight.shape) for weight in network.get_weights()]
    for kernel in weights[::2]:
        kernel[kernel.shape[0] // 2, kernel.shape[1] // 2, 0, 0] = 1.0
    network.set_weights(weights)
    source = np.zeros((1, 32, 32, 1), np.float32)
    source[0, 12, 20] = 1.0
    data = network({"source": source}).numpy()[0, :, :, 0]
    assert np.argwhere(data > 0.5).tolist() == [[12, 20]]


def test_a_map_of_the_encoder_has_the_output_of_its_layer():
    network = small(blocks=3)
    source = {"source": images(32, 32)}
    features = residual.encoder_features(network)(source)
    shapes = {name: tuple(value.shape[1:]) for name, value in features.items()}
    assert shapes == {
        "source_padded": (32, 32, 1),
        "down_1": (16, 16, 8),
        "down_2": (8, 8, 16),
        "block_1": (8, 8, 16),
        "block_2": (8, 8, 16),
    }
    np.testing.assert_array_equal(features["source_padded"], source["source"])
    last = residual.encoder_features(network, ["block_3"])
    decoder = keras.Model(
        [network.get_layer("block_3").output, network.input["source"]], network.output
    )
    decoded = decoder([last(source)["block_3"], source["source"]])
    np.testing.assert_allclose(decoded, network(source), atol=1e-6)


@pytest.mark.parametrize(
    ("blocks", "names"),
    [(9, ["block_1", "block_5"]), (6, ["block_1", "block_3"]), (1, ["block_1"]), (0, [])],
)
def test_the_default_features_are_those_of_the_paper_where_it_has_9_blocks(blocks, names):
    encoder = residual.encoder_features(small(blocks=blocks))
    assert list(encoder.output) == ["source_padded", "down_1", "down_2", *names]


def test_the_encoder_has_the_weights_of_the_generator():
    network = small()
    encoder = residual.encoder_features(network, ["down_1"])
    assert len(encoder.trainable_variables) == 4
    assert all(any(v is w for w in network.trainable_variables) for v in encoder.weights)
    source = {"source": images(32, 32)}
    before = encoder(source)["down_1"].numpy()
    network.trainable_variables[0].assign(network.trainable_variables[0] * -1.0)
    assert not np.allclose(encoder(source)["down_1"], before)


def test_xla_gives_the_same_output_for_a_size_that_is_padded():
    network, source = small(30, blocks=1), {"source": images(30, 30)}
    compiled = tf.function(network, jit_compile=True)
    np.testing.assert_allclose(compiled(source), network(source), atol=1e-5)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: residual.generator((8, 8), (8, 8, 1)), "residual translates images .* received"),
        (lambda: residual.generator((8, 8, 3), (8, 9, 1)), r"received source_shape \(8, 9, 1\)"),
        (lambda: small(blocks=-1), "blocks must be 0 or more; received -1"),
        (
            lambda: residual.encoder_features(small(), ["down_9"]),
            r"names must be layers of the generator; received \['down_9'\]",
        ),
    ],
)
def test_arguments_out_of_range_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()
