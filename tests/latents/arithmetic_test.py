"""Sums and means of latents."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import latents, priors

SIZE = 200


def groups(prior, count=3, size=3):
    return [
        {name: rows.numpy() for name, rows in prior(size, tf.constant([seed, 3])).items()}
        for seed in range(count)
    ]


def of(prior, count=3):
    """A - B + C, and the latents of the three groups `[3, 3, d]`."""
    a, b, c = groups(prior)[:count]
    result = latents.arithmetic(prior, [a, c], [b])["latent"]
    return result, np.stack([each["latent"] for each in (a, b, c)]).astype(float)


def test_under_a_uniform_prior_the_sum_is_that_of_the_paper_clipped_to_the_range():
    result, (a, b, c) = of(priors.Uniform(SIZE))
    plain = a.mean(axis=0) - b.mean(axis=0) + c.mean(axis=0)
    np.testing.assert_allclose(result[0], np.clip(plain, -1.0, 1.0), atol=1e-6)
    assert 0.03 < np.mean(np.abs(plain) > 1.0) < 0.15  # a twelfth
    assert result.shape == (1, SIZE) and result.dtype == np.float32


def test_under_a_normal_prior_the_result_has_the_mean_length_of_its_members():
    result, rows = of(priors.Normal(SIZE))
    a, b, c = rows
    plain = a.mean(axis=0) - b.mean(axis=0) + c.mean(axis=0)
    length = np.linalg.norm(rows, axis=2).mean()
    np.testing.assert_allclose(result[0], plain * length / np.linalg.norm(plain), rtol=1e-5)
    # Three means of three have the variance of one latent already.
    assert np.linalg.norm(plain) == pytest.approx(np.sqrt(SIZE), rel=0.1)


def test_a_mean_has_sqrt_one_third_of_the_length_unless_the_prior_keeps_lengths():
    for prior, share in ((priors.Uniform(4000), np.sqrt(1 / 3)), (priors.Normal(4000), 1.0)):
        [group] = groups(prior, 1)
        length = np.linalg.norm(latents.mean(prior, group)["latent"])
        typical = np.linalg.norm(group["latent"], axis=1).mean()
        assert length / typical == pytest.approx(share, rel=0.02)


@pytest.mark.parametrize("prior", [priors.Uniform(4), priors.Normal(4), priors.Sphere(4)], ids=repr)
def test_the_mean_of_one_latent_is_this_latent(prior):
    [group] = groups(prior, 1, 1)
    np.testing.assert_allclose(latents.mean(prior, group)["latent"], group["latent"], rtol=1e-6)


def test_classes_are_those_of_the_largest_sum_and_labels_those_of_the_first():
    prior = priors.Joint([priors.Categorical(3), priors.Noise()])
    a = {"code": np.eye(3)[[0, 0, 1]], "noise": np.int32([[5, 6], [7, 8], [9, 9]])}
    b = {"code": np.eye(3)[[0]], "noise": np.int32([[1, 1]])}
    labels = {"label": np.arange(3)}
    assert latents.mean(prior, a | labels)["code"].tolist() == [[1, 0, 0]]
    result = latents.arithmetic(prior, [a | labels], [b | {"label": np.int32([9])}])
    assert result["code"].tolist() == [[0, 1, 0]]
    assert result["noise"].tolist() == [[5, 6]] and result["label"].tolist() == [0]


def test_nothing_to_add_is_refused():
    [group] = groups(priors.Normal(2), 1)
    for arguments in (([],), ([], [group]), ([{"latent": np.zeros((0, 2))}],)):
        with pytest.raises(ValueError, match="add must hold one or more groups"):
            latents.arithmetic(priors.Normal(2), *arguments)
