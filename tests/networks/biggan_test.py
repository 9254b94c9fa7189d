"""BigGAN and BigGAN-deep: counts of weights, slots of the latent, the shared embedding."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers
from tfgan.networks import biggan, biggan_deep

from . import counting

LATENT = 6  # three slots of 2 for 8x8 images

# By rows: image side, latent, classes, options, weights of G, of D.
COUNTS = {
    "128": (128, 120, 1000, {}, {}, 70_433_988, 87_982_370),
    "64, attention at 64 in G alone": (
        64, 120, 1000, {"attention": 64}, {"attention": 0}, 70_239_108, 45_500_449,
    ),
    "32": (32, 80, 10, {}, {}, 9_416_196, 9_641_090),
    "32 of width 16": (32, 80, 10, {"width": 16}, {"width": 16}, 377_476, 270_530),
    "32 of width 64, without an embedding and attention": (
        32, 128, 10, {"width": 64, "embedding_dim": 0, "attention": 0},
        {"width": 64, "attention": 0}, 4_304_387, 4_207_361,
    ),
}  # fmt: skip
DEEP_COUNTS = {
    "128": (128, 128, 1000, {}, {}, 50_244_484, 34_590_210),
    "64, attention at 64 in G alone": (
        64, 128, 1000, {"attention": 64}, {"attention": 0}, 49_583_876, 34_289_665,
    ),
}  # fmt: skip
CASES = [pytest.param(biggan, *case, id=name) for name, case in COUNTS.items()]
CASES += [pytest.param(biggan_deep, *case, id=f"deep {name}") for name, case in DEEP_COUNTS.items()]


@pytest.mark.parametrize(("module", "side", "latent", "classes", "of_g", "of_d", "g", "d"), CASES)
def test_the_networks_have_the_weights_of_the_published_ones(
    module, side, latent, classes, of_g, of_d, g, d
):
    shape = (side, side, 3)
    assert counting.count(lambda: module.generator(shape, latent, classes=classes, **of_g)) == g
    assert counting.count(lambda: module.discriminator(shape, classes=classes, **of_d)) == d


@pytest.fixture(scope="module")
def generator():
    keras.utils.set_random_seed(0)
    return biggan.generator((8, 8, 1), LATENT, classes=3, width=2, embedding_dim=4)


def given(count=2):
    latent = tf.random.stateless_normal((count, LATENT), [0, 1])
    return {"latent": latent, "label": tf.range(count) % 3}


def test_all_blocks_share_one_embedding_of_the_label(generator):
    tables = [v for v in generator.trainable_variables if v.name == "embeddings"]
    assert [v.shape for v in tables] == [(3, 4)]
    with tf.GradientTape() as tape:
        data = generator(given())
    gradient = tape.gradient(data, [v.value for v in tables])[0]
    assert np.abs(tf.convert_to_tensor(gradient)).max() > 0.0


def test_each_slot_of_the_latent_moves_the_norms_of_its_block_alone(generator):
    def norms_moved_by(column):
        change = tf.one_hot([column], LATENT, dtype=tf.float32)
        inputs = given(), given() | {"latent": given()["latent"] + change}
        one, other = (keras.Model(generator.inputs, gains)(each) for each in inputs)
        return [bool(np.any(a != b)) for a, b in zip(one, other, strict=True)]

    norms = [x for x in generator.layers if isinstance(x, layers.ModulatedBatchNormalization)]
    gains = [norm._inbound_nodes[0].arguments.args[1] for norm in norms]
    assert len(gains) == 4  # two in each of two blocks
    assert [norms_moved_by(column) for column in (0, 1)] == [[False] * 4] * 2
    assert norms_moved_by(2) == norms_moved_by(3) == [True, True, False, False]
    assert norms_moved_by(4) == norms_moved_by(5) == [False, False, True, True]


def test_the_first_slot_enters_the_dense_layer(generator):
    change = tf.constant([[1.0, 0, 0, 0, 0, 0]])
    first = keras.Model(generator.inputs, generator.get_layer(index=-1).input)
    dense = next(x for x in generator.layers if isinstance(x, keras.layers.Dense))
    assert dense.kernel.shape[0] == LATENT // 3
    moved = given() | {"latent": given()["latent"] + change}
    assert np.abs(first(moved) - first(given())).max() > 1e-4


def test_kernels_are_orthogonal_at_first_and_spectrally_normalized(generator):
    kernels = [v for v in generator.trainable_variables if v.name == "kernel"]
    for kernel in kernels:
        w = np.reshape(kernel, (-1, kernel.shape[-1]))
        gram = w.T @ w if len(w) >= len(w.T) else w @ w.T
        np.testing.assert_allclose(gram, np.eye(len(gram)), atol=1e-5)
    covered = [x for x in generator.layers if isinstance(x, layers.SpectralNormalization)]
    assert len(covered) == len(kernels)  # every one, and not the embedding


@pytest.mark.parametrize("module", [biggan, biggan_deep], ids=["biggan", "deep"])
def test_without_labels_the_latent_decides_gains_and_biases(module):
    network = module.generator((8, 12, 3), LATENT, width=4, embedding_dim=4)
    assert [x.name for x in network.inputs] == ["latent"]
    assert network({"latent": given()["latent"]}).shape == (2, 8, 12, 3)
    assert any(isinstance(x, layers.ModulatedBatchNormalization) for x in network.layers)


def test_latents_and_images_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="latent_dim must be a multiple of 3, .*; received 7"):
        biggan.generator((28, 28, 1), 7)
    with pytest.raises(ValueError, match="halve at most 6 times, such as 256x256; received"):
        biggan.discriminator((512, 512, 3))
    with pytest.raises(ValueError, match="attention must be 0 or .* 14, 28; received 32"):
        biggan.generator((28, 28, 1), 6, attention=32)
    assert [biggan.slots((side, side, 1)) for side in (28, 32, 64, 128)] == [3, 4, 5, 6]


def test_the_deep_generator_drops_channels_and_the_discriminator_appends_them():
    """With the last kernels of every block at 0 a block is its shortcut."""
    network = biggan_deep.discriminator((8, 8, 1), width=1, attention=0)
    first = next(x for x in network.layers if isinstance(x, layers.Conv2D))
    block = next(x for x in network.layers if isinstance(x, keras.layers.Add))
    residual, shortcut = block.input
    for layer in network.layers:
        if isinstance(layer, layers.Conv2D) and layer is not first:
            layer.kernel.assign(tf.zeros_like(layer.kernel))
    outputs = keras.Model(network.inputs, [first.output, residual, shortcut])
    maps, residual, shortcut = outputs({"data": tf.random.stateless_normal((1, 8, 8, 1), [0, 1])})
    np.testing.assert_array_equal(residual, np.zeros_like(residual))
    np.testing.assert_allclose(shortcut, tf.nn.avg_pool2d(maps, 2, 2, "VALID"), rtol=1e-6)
