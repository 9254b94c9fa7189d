"""Does it learn? Runs of minutes, which print what they measured: `pytest -m slow -s`.

They gate on steps and seeds, never on seconds.
"""

import keras
import pytest

from tfgan import recipes
from tfgan.data import toy
from tfgan.metrics import mode_coverage

SAMPLES = 2500  # as in PacGAN's tables


def coverage_after_training(data, seed, steps, **settings):
    """Trains the recipe `mixture` and measures its averaged generator."""
    recipe = recipes.find("mixture").recipe(steps=steps, decay_steps=steps, **settings)
    source = toy.open_toy(data)
    keras.utils.set_random_seed(seed)
    model = recipe.build(source.spec, seed)
    model.fit(
        source.batches(recipe.batch_size, seed=seed),
        steps_per_epoch=recipe.steps,
        shuffle=False,
        verbose=0,
    )
    mixture = toy.mixture(data)
    coverage = mode_coverage(model.sample(SAMPLES, seed=0)["data"], mixture.centers, mixture.std)
    print(f"\n{data} seed {seed} {settings}: {coverage}")
    return coverage


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_plain_non_saturating_gan_finds_the_ring(seed):
    coverage = coverage_after_training("ring", seed, 6000, learning_rate=1e-3, r1_weight=0.0)
    assert coverage.modes == 8
    assert coverage.high_quality >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_same_gan_loses_modes_of_the_grid(seed):
    coverage = coverage_after_training("grid", seed, 12_000, r1_weight=0.0)
    assert coverage.modes < 25
    assert coverage.reverse_kl > 0.1


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_an_annealed_r1_finds_the_whole_grid(seed):
    coverage = coverage_after_training("grid", seed, 12_000)
    assert coverage.modes == 25
    assert coverage.high_quality >= 0.9
    assert coverage.reverse_kl < 0.05
