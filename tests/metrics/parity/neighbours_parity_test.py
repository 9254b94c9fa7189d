"""What asks for nearest neighbors against torch-fidelity, prdc, scikit-learn and SciPy.

pip install torch==2.13.0 torchvision==0.28.0 scipy==1.17.1 scikit-learn==1.9.1
pip install --no-deps torch-fidelity==0.4.0 prdc==0.2
pip install pillow tqdm && pytest -m parity -n 0
"""

import numpy as np
import pytest

from tfgan import metrics
from tfgan.metrics.nearest_neighbors import nearest_others

pytestmark = pytest.mark.parity


def features(count, seed=0, dimensions=16):
    return np.random.default_rng(seed).standard_normal((count, dimensions))


SETS = {
    "alike": (features(500), features(430, 1)),
    "narrow": (features(500), 0.6 * features(500, 1)),
    "shifted": (features(300), features(500, 1) + 0.5),
    "collapsed": (features(500), features(5, 1)[np.arange(400) % 5]),
    "copies": (features(500), np.concatenate([features(500)[:100] + 1e-6, features(200, 1)])),
}
each_pair = pytest.mark.parametrize("sets", SETS.values(), ids=SETS)


@pytest.mark.parametrize("k", [1, 3, 7])
def test_neighbors_are_scikit_learns(others, k):
    queries, references = features(200, 1), features(600)
    distances, rows = others.sklearn_neighbors(queries, references, k)
    found = metrics.nearest_neighbors(queries, references, k)
    np.testing.assert_array_equal(found[0], rows)
    np.testing.assert_allclose(found[1], distances, rtol=1e-12)
    distances, rows = others.sklearn_neighbors(None, references, k)
    found = nearest_others(references, k)
    np.testing.assert_array_equal(found[0], rows)
    np.testing.assert_allclose(found[1], distances, rtol=1e-12)


@pytest.mark.parametrize("k", [3, 5])
@each_pair
def test_precision_and_recall_are_torch_fidelitys(others, sets, k):
    found = metrics.precision_recall(*sets, k=k)
    precision, recall = others.torch_fidelity_precision_recall(*sets, k)
    assert found.precision == pytest.approx(precision, abs=1e-7)  # their mean is in float32
    assert found.recall == pytest.approx(recall, abs=1e-7)


def test_the_edge_of_a_ball_is_inside_as_in_torch_fidelity_and_outside_as_in_prdc(others):
    """Samples that are all one real example have balls of radius 0, which hold that example."""
    real = features(50)
    fake = np.repeat(real[:1], 40, axis=0)
    found = metrics.precision_recall(real, fake)
    # Up to 25 rows torch takes differences, so that equal rows are at distance 0 exactly.
    expected = others.torch_fidelity_precision_recall(real, fake, 3, batch_size=25)
    assert (found.precision, found.recall) == pytest.approx(expected, abs=1e-7)
    assert found.recall == 0.02
    same_real = np.repeat(real[:1], 50, axis=0)
    density, coverage = others.prdc_density_coverage(same_real, fake, 3)
    assert metrics.density_coverage(same_real, fake, k=3).density == density == 0.0
    assert metrics.density_coverage(same_real, fake, k=3).coverage == coverage == 0.0


@pytest.mark.parametrize("k", [3, 5])
@each_pair
def test_density_and_coverage_are_prdcs(others, sets, k):
    found = metrics.density_coverage(*sets, k=k)
    density, coverage = others.prdc_density_coverage(*sets, k)
    assert found.density == pytest.approx(density, rel=1e-12)
    assert found.coverage == coverage


@each_pair
def test_authenticity_is_that_of_scikit_learns_neighbors(others, sets):
    assert metrics.authenticity(*sets) == others.sklearn_authenticity(*sets)


@each_pair
def test_the_two_sample_test_is_that_of_scikit_learns_neighbors(others, sets):
    found = metrics.classifier_two_sample(*sets)
    accuracy, of_real, of_fake, p_value = others.sklearn_two_sample(*sets)
    assert (found.accuracy, found.accuracy_real, found.accuracy_fake) == (
        accuracy,
        of_real,
        of_fake,
    )
    assert found.p_value == pytest.approx(p_value, rel=1e-12)


@pytest.mark.parametrize("shift", [-2.0, -0.2, 0.0, 0.2, 2.0])
@pytest.mark.parametrize("digits", [15, 0], ids=["no ties", "ties"])
def test_the_mann_whitney_number_is_scipys(others, shift, digits):
    draw = np.random.default_rng(0)
    one, other = draw.standard_normal(90) + shift, draw.standard_normal(70)
    one, other = one.round(digits), other.round(digits)
    expected = others.scipy_mann_whitney(one, other)
    assert metrics.mann_whitney_z(one, other) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("cells", [1, 4])
def test_the_copying_score_is_that_of_scikit_learns_cells_and_scipys_statistic(others, cells):
    draw = np.random.default_rng(0)
    train, held_out, fake = (
        features(count, seed) + 50.0 * np.eye(16)[draw.choice(4, count, p=[0.4, 0.3, 0.2, 0.1])]
        for count, seed in ((600, 0), (300, 1), (250, 2))
    )
    expected = others.sklearn_copying(train, held_out, fake, cells)
    found = metrics.copying_score(train, held_out, fake, cells=cells)
    assert found.z == pytest.approx(expected, rel=1e-10)
