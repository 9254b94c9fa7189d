import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import infogan

SIZES = {"latent": 5, "code": 3, "style": 2}
SHAPE = (8, 8, 1)


def parameters(*layers):
    return sum(rows * units + extra for rows, units, extra in layers)


def test_the_generator_has_the_layers_of_the_paper():
    model = infogan.generator((28, 28, 1), {"latent": 62, "code": 10, "continuous": 2})
    normalized = 4 * (1024 + 128 + 64)
    layers = (74, 1024, 0), (1024, 7 * 7 * 128, 0), (4 * 4 * 128, 64, 0), (4 * 4 * 64, 1, 1)
    assert model.count_params() == parameters(*layers) + normalized


def test_the_discriminator_has_the_layers_of_the_paper_and_a_head_of_its_own_for_each_code():
    model = infogan.discriminator((28, 28, 1), {"code": 10, "continuous": 2})
    normalized = 4 * (128 + 1024 + 128)
    trunk = (16, 64, 64), (16 * 64, 128, 0), (7 * 7 * 128, 1024, 0)
    heads = (1024, 1, 1), (1024, 128, 0), (128, 10, 10), (128, 2, 2)
    assert model.count_params() == parameters(*trunk, *heads) + normalized


def test_every_latent_changes_the_image_and_every_output_depends_on_it():
    small = {"width": 2, "dense_width": 8}
    generator = infogan.generator(SHAPE, SIZES, **small)
    discriminator = infogan.discriminator(SHAPE, {"code": 3, "style": 2}, head_width=4, **small)
    latents = {n: tf.random.stateless_normal([4, size], [1, 0]) for n, size in SIZES.items()}
    images = generator(latents)
    assert images.shape == (4, *SHAPE) and images.dtype == tf.float32
    for name in SIZES:
        moved = generator(latents | {name: latents[name] + 1.0})
        assert np.abs(moved - images).max() > 1e-6
    outputs = discriminator({"data": 10.0 * images})
    assert {n: x.shape[1:] for n, x in outputs.items()} == {"logits": 1, "code": 3, "style": 2}
    for name, rows in outputs.items():
        assert rows.dtype == tf.float32 and np.ptp(rows, axis=0).min() > 0, name


def test_sides_that_cannot_be_halved_twice_are_refused():
    with pytest.raises(ValueError, match="infogan needs a height and width that are multiples"):
        infogan.discriminator((30, 28, 1), {"code": 3})
