"""R3GAN's networks: the counts of the paper's six presets, the blocks, the initialization."""

import functools
import math

import keras
import numpy as np
import pytest

from tfgan.networks import r3gan

from .counting import count
from .r3gan_presets import PRESETS


@pytest.mark.parametrize("name", PRESETS)
def test_the_networks_of_the_paper_have_its_counts(name):
    shape, classes, sizes, of_generator, of_discriminator = PRESETS[name]
    sizes = sizes | {"classes": classes}
    assert count(functools.partial(r3gan.generator, shape, 64, **sizes)) == of_generator
    assert count(functools.partial(r3gan.discriminator, shape, **sizes)) == of_discriminator


SMALL = {"width": 4, "max_width": 8, "group_width": 4, "depth": 1}


def generator(shape=(8, 12, 3), **more):
    keras.utils.set_random_seed(0)
    return r3gan.generator(shape, 5, **SMALL, **more)


def discriminator(shape=(8, 12, 3), **more):
    keras.utils.set_random_seed(0)
    return r3gan.discriminator(shape, **SMALL, **more)


def kernels(model, kind):
    return [layer.kernel for layer in model.layers if isinstance(layer, kind)]


def leaky(x):
    return np.where(x > 0, x, 0.2 * x)


def in_groups(x, kernel, width):
    """A 3x3 convolution of one image `[h, w, c]` in groups, number by number."""
    height, breadth, channels = x.shape
    padded = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    y = np.zeros((height, breadth, kernel.shape[-1]))
    for out in range(kernel.shape[-1]):
        first = out // (kernel.shape[-1] * width // channels) * width
        for row in range(height):
            for column in range(breadth):
                window = padded[row : row + 3, column : column + 3, first : first + width]
                y[row, column, out] = np.sum(window * kernel[..., out])
    return y


def test_a_block_adds_three_convolutions_to_its_input():
    model = discriminator()
    model.set_weights(
        [w + 0.3 * np.random.default_rng(0).normal(size=w.shape) for w in model.get_weights()]
    )
    add = next(x for x in model.layers if isinstance(x, keras.layers.Add))
    first, grouped, last = [x for x in model.layers if isinstance(x, keras.layers.Conv2D)][1:4]
    inside = keras.Model(model.inputs, [add.input[0], add.output])
    x, y = (np.asarray(each)[0] for each in inside({"data": images()}))
    a = leaky(x @ np.asarray(first.kernel)[0, 0] + np.asarray(first.bias))
    a = leaky(in_groups(a, np.asarray(grouped.kernel), 4) + np.asarray(grouped.bias))
    np.testing.assert_allclose(y, x + a @ np.asarray(last.kernel)[0, 0], rtol=1e-4, atol=1e-5)


def images(shape=(2, 8, 12, 3)):
    return np.random.default_rng(1).standard_normal(shape).astype(np.float32)


def test_at_first_every_block_is_the_identity():
    """So the generator enlarges an image of 2x3 and the discriminator averages: both are linear."""
    given = {"latent": images((2, 5)), "data": images()}
    for model in (generator(), discriminator()):
        name = model.inputs[0].name
        once, twice = (np.asarray(model({name: scale * given[name]})) for scale in (1.0, 2.0))
        np.testing.assert_allclose(twice, 2.0 * once, rtol=1e-5, atol=1e-6)


def test_initial_weights_have_the_deviations_of_the_formula():
    keras.utils.set_random_seed(0)
    model = r3gan.discriminator((16, 16, 3), width=64, max_width=64, depth=2)
    gain = math.sqrt(2 / 1.04) * 6**-0.25  # two blocks in each of three stages
    of_blocks = kernels(model, keras.layers.Conv2D)[1:]
    for first, grouped, last in zip(of_blocks[::3], of_blocks[1::3], of_blocks[2::3], strict=True):
        assert np.std(first) == pytest.approx(gain / 64**0.5, rel=0.05)
        assert np.std(grouped) == pytest.approx(gain / (9 * 16) ** 0.5, rel=0.05)
        assert np.all(np.asarray(last) == 0.0)
    (basis,) = kernels(model, keras.layers.EinsumDense)
    assert np.std(basis) == pytest.approx(1 / 4, rel=0.1)
    (basis,) = kernels(r3gan.generator((16, 16, 3), 5, width=64), keras.layers.EinsumDense)
    assert np.std(basis) == pytest.approx(1.0, rel=0.1)


@pytest.mark.parametrize(
    ("shape", "sides"),
    [((28, 28, 1), [28, 14, 7]), ((32, 32, 3), [32, 16, 8, 4]), ((8, 12, 3), [8, 4, 2])],
    ids=str,
)
def test_a_stage_for_every_halving(shape, sides):
    model = discriminator(shape)
    adds = [x.output.shape[1] for x in model.layers if isinstance(x, keras.layers.Add)]
    assert adds == sides
    assert generator(shape).output_shape == (None, *shape)


def test_the_logit_of_a_label_is_an_inner_product_with_its_vector():
    model = discriminator(classes=3)
    label = np.array([2, 1])
    features = next(x for x in model.layers if isinstance(x, keras.layers.Dense))
    table = next(x for x in model.layers if isinstance(x, keras.layers.Embedding))
    vectors = np.asarray(table.embeddings)[label]
    given = {"data": images(), "label": label}
    inside = keras.Model(model.inputs, features.output)(given)
    logits = np.sum(np.asarray(inside) * vectors, axis=1, keepdims=True)
    np.testing.assert_allclose(model(given), logits, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    "wrong", [{"group_width": 3}, {"width": 16}, {"depth": 0}], ids=lambda wrong: str(*wrong)
)
def test_widths_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValueError, match="width must be at most max_width, depth .* received"):
        r3gan.discriminator((8, 8, 3), **SMALL | wrong)
