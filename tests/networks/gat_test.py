"""Transformer GAN: counts, patches in their places, blocks that start near the identity."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import gat, transformer_blocks

from . import counting

SMALL = {"width": 8, "depth": 2, "heads": 2, "patch": 2}


def dense(inputs, outputs):
    return inputs * outputs + outputs


def trunk(width, depth, modulated):
    """Attention of four and an mlp of two matrices per block.

    Modulation has six matrices per block and two for the last norm; without it there are gains of
    two norms and of two branches per block, and of the last norm.
    """
    mlp = dense(width, 4 * width) + dense(4 * width, width)
    block, last = (dense(width, 6 * width), dense(width, 2 * width)) if modulated else (
        4 * width, width
    )  # fmt: skip
    return depth * (4 * dense(width, width) + mlp + block) + last


@pytest.mark.parametrize("size", ["S", "B", "XL"])
def test_the_sizes_have_the_weights_of_the_formula(size):
    """For 32x32 latents of 4 channels, patches of 2, 1,000 classes: 256 places of 16 numbers."""
    w, depth = gat.SIZES[size]["width"], gat.SIZES[size]["depth"]
    label = 1000 * 128
    shape = (32, 32, 4)
    of_g = label + dense(64 + 128, w) + dense(w, w) + 256 * w + dense(w, 16)
    of_g += trunk(w, depth, modulated=True)
    of_d = dense(16, w) + 256 * w + trunk(w, depth, modulated=False)
    of_d += w + 1 + 1000 * w  # logit, projection
    sizes = {"classes": 1000, **gat.SIZES[size]}
    assert counting.count(lambda: gat.generator(shape, 64, **sizes)) == of_g
    assert counting.count(lambda: gat.discriminator(shape, **sizes)) == of_d
    # Those of the diffusion transformers of these sizes, in millions, up to their other ends.
    assert of_g / 1e6 == pytest.approx({"S": 33, "B": 130, "XL": 675}[size], rel=0.02)


@pytest.mark.parametrize("conditional", [True, False])
def test_a_new_block_is_close_to_the_identity_and_all_its_kernels_learn(conditional):
    keras.utils.set_random_seed(0)
    x, condition = keras.Input((6, 8)), keras.Input((3,))
    vector = condition if conditional else None
    block = keras.Model([x, condition], transformer_blocks.block(x, 2, vector))
    random = np.random.default_rng(0)
    given = [random.normal(size=(2, *shape)).astype("float32") for shape in ((6, 8), (3,))]
    change = block(given) - given[0]
    assert 0.0 < np.std(change) < 0.3
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(block(given) ** 3)
    kernels = [v for v in block.trainable_variables if v.name != "bias"]
    gradients = tape.gradient(loss, [v.value for v in kernels])
    assert all(np.abs(gradient).max() > 1e-4 for gradient in gradients)


def test_places_of_a_new_generator_differ():
    keras.utils.set_random_seed(0)
    data = gat.generator((8, 8, 1), 3, **SMALL)({"latent": np.ones((1, 3), "float32")})
    patches = np.reshape(data, (4, 2, 4, 2)).transpose(0, 2, 1, 3).reshape(16, 4)
    distances = np.abs(patches[:, None] - patches[None]).max(axis=-1)
    assert np.min(distances[~np.eye(16, dtype=bool)]) > 1e-3


def test_attention_is_keras_attention_with_the_same_weights():
    x = keras.Input((6, 8))
    ours = keras.Model(x, transformer_blocks._attention(x, heads=2))
    theirs = keras.layers.MultiHeadAttention(num_heads=2, key_dim=4)
    given = np.random.default_rng(0).normal(size=(2, 6, 8)).astype("float32")
    theirs(given, given)
    random = np.random.default_rng(1)
    kernels = [random.normal(size=(8, 8)).astype("float32") for _ in range(4)]
    for layer, kernel in zip(ordered(ours), kernels, strict=True):
        layer.set_weights([kernel, np.zeros(8, "float32")])
    q, k, v, out = kernels
    split = [part for kernel in (q, k, v) for part in (kernel.reshape(8, 2, 4), np.zeros((2, 4)))]
    theirs.set_weights([*split, out.reshape(2, 4, 8), np.zeros(8)])
    np.testing.assert_allclose(ours(given), theirs(given, given), rtol=1e-4, atol=1e-5)


def ordered(network):
    """The dense layers of queries, keys, values and output."""
    dense_layers = [x for x in network.layers if isinstance(x, keras.layers.Dense)]
    return sorted(dense_layers, key=lambda x: int(x.name.removeprefix("dense").strip("_") or 0))


def test_the_discriminator_reads_and_the_generator_writes_patches_in_their_places():
    discriminator = gat.discriminator((4, 6, 1), **SMALL)
    patches = next(x for x in discriminator.layers if isinstance(x, keras.layers.Dense)).input
    image = np.arange(24, dtype="float32").reshape(1, 4, 6, 1)
    rows = keras.Model(discriminator.inputs, patches)({"data": image})
    assert rows[0, 1].numpy().tolist() == [2, 3, 8, 9]  # the second patch of the first row
    assert rows[0, 3].numpy().tolist() == [12, 13, 18, 19]

    generator = gat.generator((4, 6, 1), 3, **SMALL)
    before = [x for x in generator.layers if isinstance(x, keras.layers.Dense)][-1].output
    both = keras.Model(generator.inputs, [before, generator.output])
    rows, data = both({"latent": np.ones((1, 3), "float32")})
    np.testing.assert_allclose(data[0, 2:, :2, 0], np.tanh(rows[0, 3]).reshape(2, 2), rtol=1e-5)


def test_sides_and_heads_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="multiples of the patch, 4; received shape"):
        gat.generator((28, 30, 1), 3, patch=4)
    with pytest.raises(ValueError, match="heads must be a divisor of the width, 8; received 3"):
        gat.discriminator((4, 4, 1), width=8, heads=3)
