import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import text

SHAPE = 6, 5


def test_the_generator_makes_a_distribution_at_each_place():
    network = text.generator(SHAPE, 3, width=4, depth=2)
    made = network({"latent": tf.random.stateless_normal((7, 3), (0, 0))}).numpy()
    assert made.shape == (7, *SHAPE) and made.min() > 0
    np.testing.assert_allclose(made.sum(axis=-1), 1.0, rtol=1e-5)


def test_parameters_are_as_many_as_the_formula_says():
    (length, symbols), width, depth, latent = SHAPE, 4, 3, 7
    blocks = depth * (2 * 5 * width**2 + width)
    generator = (latent + 1) * length * width + blocks + (width + 1) * symbols
    critic = (symbols + 1) * width + blocks + length * width + 1
    assert text.generator(SHAPE, latent, width=width, depth=depth).count_params() == generator
    assert text.discriminator(SHAPE, width=width, depth=depth).count_params() == critic


def test_a_symbol_reaches_the_logit_from_every_place():
    network = text.discriminator(SHAPE, width=4, depth=1)
    data = tf.one_hot([[0, 1, 2, 3, 4, 0]], 5)
    with tf.GradientTape() as tape:
        tape.watch(data)
        logit = network({"data": data})
    reach = np.abs(tape.gradient(logit, data)[0]).sum(axis=-1)
    assert (reach > 0).all()


@pytest.mark.parametrize("build", [lambda s: text.generator(s, 3), text.discriminator])
@pytest.mark.parametrize("shape", [(8, 8, 1), (2,)])
def test_other_shapes_are_refused(build, shape):
    with pytest.raises(ValueError, match="text makes texts of shape"):
        build(shape)
