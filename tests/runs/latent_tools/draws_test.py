"""Latents of many seeds are those of each, and labels name seeds."""

import numpy as np
import pytest

from tfgan import priors
from tfgan.models import sampling
from tfgan.runs.latent_tools import draws

from .models import images


@pytest.fixture(scope="module")
def conditional():
    return images(priors.Normal(4), classes=3)


@pytest.fixture(scope="module")
def plain():
    return images(priors.Uniform(4))


def bright(data):
    """The scores of two classes: the brighter half of images is of the second."""
    mean = data.mean(axis=(1, 2, 3))
    return np.stack([np.full(len(mean), np.median(mean)), mean], axis=1)


def test_the_latents_of_a_seed_are_those_of_its_first_sample(plain):
    seeds = [5, 2**40, -3]
    latents = draws.of_seeds(plain, seeds)
    for row, seed in enumerate(seeds):
        one = draws.rows(latents, [row])
        expected = plain.sample(1, seed=seed)["data"].astype(int)
        assert np.abs(sampling.generate(plain, one) - expected).max() <= 1  # rounding by place


def test_seeds_of_64_bits_are_those_of_sample(plain):
    seeds = [2**63, 2**64 - 1, -(2**63), -1]
    rows = draws.of_seeds(plain, seeds)["latent"]
    expected = [sampling.latents(plain, 1, seed=seed)["latent"][0] for seed in seeds]
    np.testing.assert_array_equal(rows, expected)


def test_a_truncation_and_a_label_are_obeyed(conditional, plain):
    cut = draws.of_seeds(plain, range(20), 0.25)["latent"]
    assert np.abs(cut).max() <= 0.25
    assert draws.prior_of(plain, 0.25) == priors.Uniform(4, -0.25, 0.25)
    assert set(draws.of_seeds(conditional, range(5), None, {"label": 2})["label"]) == {2}


def test_one_label_is_that_of_the_first_seed(conditional):
    free = draws.of_seeds(conditional, range(12))["label"]
    assert len(set(free)) > 1
    for first in (0, int(np.flatnonzero(free != free[0])[0])):
        seeds = [first, *range(12, 18)]
        assert set(draws.of_one_label(conditional, seeds)["label"]) == {free[first]}


def test_several_labels_for_one_path_are_refused(conditional):
    with pytest.raises(ValueError, match="label must be one class for all points; received 2"):
        draws.of_one_label(conditional, [0, 1], conditions={"label": [1, 2]})


def test_the_seeds_of_a_label_are_those_of_its_clearest_images(plain):
    drawn = draws.labeled(plain, bright, 40)
    data = sampling.generate(plain, draws.of_seeds(plain, range(40)))
    mean = data.mean(axis=(1, 2, 3))
    expected = [seed for seed in np.argsort(-mean, kind="stable") if mean[seed] > np.median(mean)]
    assert drawn.seeds(1, 3) == expected[:3] and drawn.seeds(1, 2, 3) == expected[3:5]
    assert drawn.share(1) == len(expected) / 40
    with pytest.raises(ValueError, match="label must be that of 41 or more of the first 40 seeds"):
        drawn.seeds(1, 41)


def test_a_conditional_model_and_one_without_latents_are_refused(conditional):
    with pytest.raises(ValueError, match="label:NAME needs an unconditional model"):
        draws.labeled(conditional, bright, 10)

    class Without:
        prior = None

    with pytest.raises(ValueError, match="Without has no latents"):
        draws.prior_of(Without())
