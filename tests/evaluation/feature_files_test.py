"""Features and statistics in files, and files of another form."""

import json

import numpy as np
import pytest

from tfgan import evaluation, metrics
from tfgan.evaluation import example_sets, feature_files


def features(count=60, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def saved(path, **arrays):
    np.savez(path, **arrays)
    return str(path)


def test_two_files_of_features_are_compared(tmp_path):
    paths = [saved(tmp_path / f"{s}.npz", features=features(60 + s, s)) for s in (0, 1)]
    sides = [feature_files.read_features(path, 1000) for path in paths]
    results = {r.score.name: r for r in evaluation.compare(*sides, ["fd", "pr"])}
    expected = metrics.frechet_distance(features(60, 0), features(61, 1))
    assert results["fd_features"].score.value == pytest.approx(expected, rel=1e-9)
    halves = metrics.frechet_distance(features()[:30], features()[30:])
    assert results["fd_features"].real_baseline.value == pytest.approx(halves, rel=1e-9)
    fair = metrics.frechet_distance(features()[:30], features(61, 1)[:30])
    assert results["fd_features"].size_matched.value == pytest.approx(fair, rel=1e-9)


def test_statistics_of_other_programs_are_read(tmp_path):
    real, fake = features(200), features(150, 1)
    sides = [
        feature_files.read_statistics(
            saved(tmp_path / f"{i}.npz", mu=rows.mean(0), sigma=np.cov(rows, rowvar=False))
        )
        for i, rows in enumerate((real, fake))
    ]
    [result] = evaluation.compare(*sides, ["fd"])
    assert result.score.value == pytest.approx(metrics.frechet_distance(real, fake), rel=1e-6)
    assert result.real_baseline is None
    with pytest.raises(ValueError, match="holds only statistics, which suffice for the metric fd"):
        evaluation.compare(*sides, ["kd"])


def test_saved_statistics_come_back_with_their_origin(tmp_path):
    identity = {"name": "digits", "sha256": "1"}
    side = evaluation.FeatureSet("a", 60, features(), identity=identity)
    path = f"{tmp_path}/stats.npz"
    feature_files.save_statistics(path, side)
    again = feature_files.read_statistics(path)
    assert (again.count, again.identity) == (60, identity)
    np.testing.assert_array_equal(again.moments.covariance, side.moments.covariance)
    assert example_sets.open_set(path, 10).statistics is not None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"mu": np.array(["a", "b"])}, r"mu must be float \[count\]; received str32 \[2\]"),
        ({"sigma": np.zeros((2, 2), complex)}, r"sigma must be float \[count, d\]; received comp"),
        ({"count": np.array([3, 4])}, r"count must be integer \[\]; received int64 \[2\]"),
        ({"extractor": np.array(3)}, "extractor must be JSON text; received int64"),
        ({"extractor": "{"}, "extractor must be JSON text"),
        ({"extractor": "[1]"}, "extractor must be JSON text"),
        ({"mu": np.array([{}, 1])}, r"mu must be float \[count\]; received object"),
    ],
)
def test_statistics_of_another_form_are_refused(tmp_path, changed, sentence):
    arrays = {"mu": np.zeros(2), "sigma": np.eye(2), "count": 3} | changed
    with pytest.raises(ValueError, match=f"a.npz: {sentence}"):
        feature_files.read_statistics(saved(tmp_path / "a.npz", **arrays))


def test_a_row_that_is_not_finite_is_named(tmp_path):
    rows = features()
    rows[17, 2] = np.nan
    sides = [feature_files.read_features(saved(tmp_path / "a.npz", features=rows), 100)] * 2
    with pytest.raises(ValueError, match="row 17 holds NaN"):
        evaluation.compare(*sides, ["fd"])


def test_the_origin_of_features_is_kept(tmp_path):
    identity = {"name": "digits"}
    path = saved(tmp_path / "a.npz", features=features(), extractor=json.dumps(identity))
    assert feature_files.read_features(path, 100).identity == identity
