"""Seeds of examples."""

import numpy as np
import tensorflow as tf

from tfgan import priors, rng


def test_seeds_are_any_int32_and_all_differ():
    rows = priors.Noise()(20_000, rng.stream(0, 0, "latent"))["noise"]
    assert rows.dtype == tf.int32
    assert len(np.unique(rows, axis=0)) == 20_000
    # Uniform over 2^32 numbers: mean -1/2, deviation 2^32 / sqrt(12).
    unit = rows.numpy() / 2.0**32
    np.testing.assert_allclose(unit.mean(axis=0), 0.0, atol=4.0 * 12**-0.5 * 20_000**-0.5)
    np.testing.assert_allclose(unit.std(axis=0), 12**-0.5, rtol=0.02)
    bits = (rows.numpy().view(np.uint32)[..., None] >> np.arange(32, dtype=np.uint32)) & 1
    np.testing.assert_allclose(bits.mean(axis=0), 0.5, atol=4.5 * 0.5 * 20_000**-0.5)


def test_a_part_of_a_joint_prior_is_not_truncated():
    prior = priors.Joint([priors.Noise(), priors.Normal(3)])
    seed = rng.stream(0, 0, "latent")
    np.testing.assert_array_equal(prior.truncated(0.1)(4, seed)["noise"], prior(4, seed)["noise"])
