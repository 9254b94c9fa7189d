"""Orthogonal regularization by its formula: value, gradient, and what counts."""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, priors, terms
from tfgan.models import GAN
from tfgan.networks import mlp
from tfgan.terms import orthogonal_regularization


def kernel(value, name="kernel"):
    value = np.float32(value)
    return keras.Variable(value, name=name)


def test_two_filters_by_hand():
    """Columns (1, 2) and (3, 1): their inner product 5, twice off the diagonal."""
    assert float(orthogonal_regularization.of_kernels([kernel([[1, 3], [2, 1]])])) == 2 * 5**2


def test_orthogonal_filters_of_any_length_cost_nothing():
    w, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(6, 4)))
    value = orthogonal_regularization.of_kernels([kernel((w * [1, 2, 3, 4]).reshape(2, 3, 4))])
    np.testing.assert_allclose(value, 0.0, atol=1e-9)


def test_the_gradient_is_4_w_times_the_inner_products():
    w = np.random.default_rng(0).normal(size=(3, 3, 2, 5))
    variable = kernel(w)
    with tf.GradientTape() as tape:
        value = orthogonal_regularization.of_kernels([variable])
    gradient = tape.gradient(value, variable.value)
    w = w.reshape(-1, 5)
    gram = w.T @ w
    expected = 4 * w @ (gram - np.diag(np.diag(gram)))
    np.testing.assert_allclose(np.reshape(gradient, (-1, 5)), expected, rtol=1e-4, atol=1e-4)


def test_embeddings_tables_and_biases_do_not_count():
    variables = [kernel(np.ones((3, 4)), name) for name in ("embeddings", "gain", "bias")]
    assert float(orthogonal_regularization.of_kernels(variables)) == 0.0


def test_as_a_term_it_is_of_its_player_alone():
    generator, discriminator = mlp.generator((2,), 3, widths=(4,)), mlp.discriminator((2,))
    model = GAN(generator, discriminator, prior=priors.Normal(3))
    term = terms.Term(terms.orthogonality, "generator", weight=0.5)
    optimizers = {name: keras.optimizers.SGD(0.0) for name in ("generator", "discriminator")}
    model.compile(losses.hinge(), optimizers, terms=[term], run_eagerly=True)
    logs = model.train_step({"data": tf.zeros((4, 2))})
    expected = 0.5 * orthogonal_regularization.of_kernels(generator.trainable_variables)
    np.testing.assert_allclose(logs["orthogonality"], expected, rtol=1e-6)
    assert float(expected) > 0.0
