"""psi as a part of a prior."""

import numpy as np
import pytest

from tfgan import priors, rng
from tfgan.models import sampling

SEED = rng.stream(0, 0, "latent")
PRIOR = priors.Joint([priors.Sphere(4), priors.Noise(), priors.StyleTruncation()])


def test_psi_is_1_unless_a_threshold_is_given():
    prior = priors.StyleTruncation()
    assert prior.shapes == {"psi": (1,)}
    np.testing.assert_array_equal(prior(3, SEED)["psi"], [[1.0]] * 3)
    np.testing.assert_array_equal(prior.truncated(0.5)(2, SEED)["psi"], [[0.5]] * 2)


def test_a_row_without_threshold_is_not_truncated():
    truncation = np.float32([0.0, 0.25, 1.0])
    psi = priors.StyleTruncation()(3, SEED, truncation)["psi"]
    np.testing.assert_array_equal(psi, [[1.0], [0.25], [1.0]])
    psi = priors.StyleTruncation(psi=0.5)(3, SEED, truncation)["psi"]
    np.testing.assert_array_equal(psi, [[0.5], [0.25], [0.5]])


def test_the_latents_beside_it_stay_and_its_range_is_that_of_the_whole():
    one, cut = PRIOR(5, SEED), PRIOR.truncated(0.5)(5, SEED)
    for name in ("latent", "noise"):
        np.testing.assert_array_equal(one[name], cut[name])
    assert sampling.truncation_range(PRIOR) == (0.0, 1.0)


@pytest.mark.parametrize("psi", [0.0, 1.5, -1.0])
def test_values_out_of_range_are_refused(psi):
    with pytest.raises(ValueError, match=f"psi must be in .0, 1.; received {psi}"):
        priors.StyleTruncation(psi=psi)
    with pytest.raises(ValueError, match="threshold of styles must be in .0, 1."):
        PRIOR.priors[2].truncated(psi)
