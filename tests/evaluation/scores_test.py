"""Scores, their names and their baselines."""

import numpy as np
import pytest

from tfgan import evaluation
from tfgan.evaluation import measures, scores
from tfgan.metrics import TooFewError


def test_the_name_fid_belongs_to_the_published_network():
    identity = {"name": "inception", "version": "2015-12-05"}
    features = np.random.default_rng(0).standard_normal((9, 2)).astype(np.float32)

    def named(**changes):
        side = evaluation.FeatureSet("a", 9, features, identity=identity | changes)
        return evaluation.Comparison(side, side).metric_name("fd", "fid")

    assert named() == "fid"
    assert named(version="unverified") == "fd_inception"
    assert named(name="digits") == "fd_digits"


def measure(function, **options):
    return measures.Measure(function, (), **options)


def counts(comparison):
    return [evaluation.Score("count", comparison.fake.count), evaluation.Score("two", 2.0)]


def too_few(comparison):
    raise TooFewError("two are needed")


def side(count):
    return evaluation.FeatureSet("a", count, np.zeros((count, 1)))


def test_a_measure_may_have_a_baseline_of_its_own_or_none():
    def half(comparison):
        return [evaluation.Score("count", comparison.fake.count / 2)]

    chosen = {
        "halved": measure(counts, baseline=half),
        "none": measure(counts, baseline=lambda comparison: []),
    }
    baselines = scores.real_baselines(chosen, evaluation.Comparison(side(9), side(3)))
    assert list(baselines) == ["halved"] and baselines["halved"][0].value == 1.5


def test_what_a_measure_computes_once_is_kept_for_all_comparisons_with_its_real_set():
    results, calls = {}, []
    one, other = (evaluation.Comparison(side(9), side(3), results=results) for _ in range(2))
    for comparison in (one, other):
        assert comparison.once("sum", lambda: calls.append(1) or 7) == 7
    assert calls == [1]
    assert evaluation.Comparison(side(9), side(3)).once("sum", lambda: 8) == 8


def test_every_score_has_the_baseline_of_its_metric():
    real, held_out, fake = side(9), side(3), side(5)
    chosen = {"counts": measure(counts)}
    baselines = scores.real_baselines(chosen, evaluation.Comparison(real, held_out))
    matched = evaluation.Comparison(real, fake.first(3))
    [count, two] = scores.results(chosen, evaluation.Comparison(real, fake), baselines, matched)
    assert (count.score.value, count.size_matched.value, count.real_baseline.value) == (5, 3, 3)
    assert (count.real_count, count.fake_count, count.baseline_count) == (9, 5, 3)
    assert two.score.name == two.real_baseline.name == "two"


def test_a_metric_without_a_baseline_has_scores_alone():
    comparison = evaluation.Comparison(side(9), side(5))
    chosen = {"model": measure(counts, needs_samples=False)}
    [result, _] = scores.results(chosen, comparison, {}, comparison)
    assert result.real_baseline is result.size_matched is None
    assert (result.fake_count, result.baseline_count) == (0, 0)


def test_too_few_examples_cost_a_baseline_and_refuse_a_score():
    comparison = evaluation.Comparison(side(9), side(1))
    chosen = {"c": measure(counts), "f": measure(too_few)}
    assert list(scores.real_baselines(chosen, comparison)) == ["c"]
    with pytest.raises(TooFewError, match="for the metric f: two are needed"):
        scores.results(chosen, comparison, {}, None)
