"""Sums of means, and the share of them with a label."""

import numpy as np
import pytest

from tfgan import latents, priors
from tfgan.models import sampling
from tfgan.runs.latent_tools import draws, sums

from .models import images


@pytest.fixture(scope="module")
def model():
    return images(priors.Uniform(4))


def test_a_sum_holds_members_means_and_result_in_turns(model):
    result = sums.arithmetic(model, [[0, 1], [2]], [[5, 6, 7]])
    assert result.signs == [1, -1, 1]
    assert [len(each) for each in result.members] == [2, 3, 1]
    assert result.means.shape == (3, 8, 8, 1) and result.result.shape == (1, 8, 8, 1)
    rows = result.latents["latent"]
    expected = draws.of_seeds(model, [0, 1, 5, 6, 7, 2])["latent"]
    np.testing.assert_array_equal(rows[:6], expected)
    a, b, c = expected[:2].mean(axis=0), expected[2:5].mean(axis=0), expected[5]
    np.testing.assert_allclose(rows[6:9], [a, b, c], atol=1e-6)
    np.testing.assert_allclose(rows[9], np.clip(a - b + c, -1.0, 1.0), atol=1e-6)
    data = sampling.generate(model, result.latents)
    np.testing.assert_array_equal(np.concatenate([*result.members, result.means]), data[:9])
    np.testing.assert_array_equal(result.result, data[9:])


def test_the_label_of_a_conditional_model_is_that_of_all():
    conditional = images(priors.Normal(4), classes=3)
    result = sums.arithmetic(conditional, [[0, 1]], [[2]], conditions={"label": 1})
    assert result.latents["label"].tolist() == [1] * 6


def test_an_empty_group_is_refused(model):
    for add, subtract in (([], []), ([[]], []), ([[1]], [[]])):
        with pytest.raises(ValueError, match="add must hold one or more groups of seeds"):
            sums.arithmetic(model, add, subtract)


class Linear:
    """A model whose data are its latents; the first number is the property."""

    prior = priors.Uniform(3)


def test_arithmetic_moves_a_label_that_a_linear_direction_decides(monkeypatch):
    monkeypatch.setattr(sums.sampling, "generate", lambda model, inputs: inputs["latent"])
    rows = np.random.default_rng(0).uniform(-1.0, 1.0, (400, 3))

    def sign(data):
        return (data[:, 0] > 0.0).astype(int)

    drawn = draws.Labeled({"latent": rows}, sign(rows), np.zeros(400))
    move = sums.label_move(Linear(), sign, drawn, 1, 0, trials=300)
    means = [rows[drawn.label == label][:, 0].mean() for label in (1, 0)]
    assert means[0] > 0.4 and means[1] < -0.4
    # mean(A) is near 1/2 and mean(C) - mean(B) near 0, with a deviation of a fourth.
    assert move.moved > 0.9 > 0.65 > move.control > 0.35
    assert move.random == pytest.approx(0.5, abs=0.1) and move.trials == 300
    again = sums.label_move(Linear(), sign, drawn, 1, 0, trials=300)
    assert move == again != sums.label_move(Linear(), sign, drawn, 1, 0, trials=300, seed=1)
    with pytest.raises(ValueError, match="label must be that of 3 or more"):
        sums.label_move(Linear(), sign, drawn, 2, 0)


def test_the_mean_of_a_sum_is_that_of_the_library(model):
    result = sums.arithmetic(model, [[4, 9]])
    expected = latents.mean(model.prior, draws.of_seeds(model, [4, 9]))
    np.testing.assert_array_equal(result.latents["latent"][2:3], expected["latent"])
    np.testing.assert_array_equal(result.latents["latent"][3:], expected["latent"])
