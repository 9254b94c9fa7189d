"""Small games: their distributions are those of the formulas, and a fixed player stays."""

import numpy as np
import pytest

from tfgan import losses, rng
from tfgan.studies.theory import small_games


def test_an_affine_generator_scales_and_shifts_its_latents():
    generator = small_games.affine_generator(-2.0, 0.7)
    latent = np.linspace(-1.0, 1.0, 5, dtype=np.float32)[:, None]
    np.testing.assert_allclose(generator({"latent": latent}), -2.0 + 0.7 * latent, rtol=1e-6)


def test_a_gaussian_has_its_mean_and_deviation_in_each_dimension():
    points = np.asarray(small_games.gaussian((1.0, -3.0), 0.5, 2)(20_000, rng.stream(0, 0, "x")))
    np.testing.assert_allclose(points.mean(axis=0), (1.0, -3.0), atol=0.02)
    np.testing.assert_allclose(points.std(axis=0), (0.5, 0.5), atol=0.02)


def test_the_discriminator_learns_between_fixed_distributions():
    network = small_games.train_discriminator(
        (2.0, 0.1), (-2.0, 0.1), losses.minimax(), 20, learning_rate=0.1, batch_size=8, widths=()
    )
    real, fake = small_games.logits(network, [2.0, -2.0])
    assert real > 0.0 > fake


def test_a_function_is_called_after_every_second_step():
    steps = []
    small_games.train(
        small_games.affine_generator(0.0, 1.0),
        small_games.mlp.discriminator((1,), widths=()),
        small_games.gaussian(1.0, 1.0),
        losses.minimax(),
        (small_games.adam(0.1, 4), small_games.adam(0.1, 4)),
        4,
        batch_size=4,
        on_step=lambda step, logs: steps.append((step, "d_loss" in logs)),
        every=2,
    )
    assert steps == [(2, True), (4, True)]


def test_sigmoid_does_not_overflow():
    np.testing.assert_array_equal(small_games.sigmoid([-1e4, 0.0, 1e4]), [0.0, 0.5, 1.0])


def test_a_weighted_root_mean_square():
    assert small_games.weighted_rms([3.0, 5.0], [1.0, 3.0]) == pytest.approx(np.sqrt(84 / 4))
