"""Does it learn? Runs of minutes, which print what they measured: `pytest -m slow -s -n 0`.

They gate on steps and seeds, never on seconds.
"""

import keras
import numpy as np
import pytest

from tfgan import data, images, recipes
from tfgan.data.sources import toy
from tfgan.metrics import mode_coverage

SAMPLES = 2500  # as in PacGAN's tables


def trained(name, source, seed, **settings):
    """The model of a recipe after all its steps."""
    recipe = recipes.find(name).recipe(**settings)
    keras.utils.set_random_seed(seed)
    model = recipe.build(source.spec, seed)
    batches = source.batches(recipe.batch_size * model.discriminator_steps, seed=seed)
    model.fit(batches, steps_per_epoch=recipe.steps, shuffle=False, verbose=0)
    return model


def coverage_after_training(toy_data, seed, steps, **settings):
    """Trains the recipe `mixture` and measures its averaged generator."""
    model = trained(
        "mixture", toy.open_toy(toy_data), seed, steps=steps, decay_steps=steps, **settings
    )
    mixture = toy.mixture(toy_data)
    coverage = mode_coverage(model.sample(SAMPLES, seed=0)["data"], mixture.centers, mixture.std)
    print(f"\n{toy_data} seed {seed} {settings}: {coverage}")
    return coverage


def classifier(source):
    """A small network that reads digits; trained on 4,000 of them, it prints its accuracy."""
    keras.utils.set_random_seed(0)
    network = keras.Sequential(
        [
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    network.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    order = np.random.default_rng(0).permutation(source.count)
    pixels, label = images.to_float(source.data[order]).numpy(), source.label[order]
    network.fit(pixels[:4000], label[:4000], epochs=6, batch_size=64, verbose=0)
    held_out = network.predict(pixels[4000:], verbose=0).argmax(1) == label[4000:]
    print(f"\nclassifier: {held_out.mean():.3f} of {held_out.size} held-out digits")
    return network


@pytest.mark.slow
def test_a_conditional_gan_draws_the_digit_that_is_asked_for():
    source = data.open_source("mnist5k")
    model = trained("cgan", source, seed=0)
    label = np.repeat(np.arange(10), 100)
    pixels = images.to_float(model.sample(1000, seed=1, label=label)["data"])
    right = classifier(source).predict(pixels, verbose=0).argmax(1) == label
    print(f"cgan seed 0: {right.mean():.3f} of 1,000 samples show their label")
    assert right.mean() >= 0.85


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_plain_non_saturating_gan_finds_the_ring(seed):
    rates = {"learning_rate": 1e-3, "discriminator_learning_rate": 1e-3}
    coverage = coverage_after_training("ring", seed, 6000, r1_weight=0.0, **rates)
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
