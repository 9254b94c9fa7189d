"""The kernel distance against torch-fidelity, clean-fid and scikit-learn.

pip install torch==2.13.0 torchvision==0.28.0 scipy==1.17.1 scikit-learn==1.9.1
pip install --no-deps torch-fidelity==0.4.0 clean-fid==0.1.35
pip install pillow requests tqdm && pytest -m parity -n 0
"""

import numpy as np
import pytest

from tfgan import metrics

pytestmark = pytest.mark.parity


def features(count, seed=0, dimensions=64):
    return np.random.default_rng(seed).standard_normal((count, dimensions))


@pytest.fixture(scope="module")
def sets():
    return features(900), 0.9 * features(700, 1) + 0.1


def test_the_kernel_distance_of_the_same_subsets_is_torch_fidelitys(others, golden, sets):
    expected = others.torch_fidelity_kernel(*sets, 10, 200, 2020)
    rows = golden.kernel_rows(*sets, 10, 200, 2020)
    found = metrics.kernel_distance_of_subsets(*sets, rows)
    assert found.distance == pytest.approx(expected[0], abs=1e-14)
    assert found.std == pytest.approx(expected[1], abs=1e-14)


def test_the_kernel_distance_of_the_same_subsets_is_clean_fids(others, golden, sets):
    expected = others.clean_fid_kernel(*sets, 10, 200, 7)
    rows = golden.kernel_rows(*sets, 10, 200, 7)
    found = metrics.kernel_distance_of_subsets(*sets, rows)
    assert found.distance == pytest.approx(expected, abs=1e-14)


def test_the_kernel_distance_over_all_pairs_is_scikit_learns(others, sets):
    expected = others.sklearn_kernel(*sets)
    assert metrics.kernel_distance_full(*sets) == pytest.approx(expected, abs=1e-14)


def test_disjoint_blocks_are_the_estimator_of_each_and_its_error(others, sets):
    count = 4  # of blocks of at most 250 rows
    blocks = zip(*(np.array_split(rows, count) for rows in sets), strict=True)
    values = np.array([others.sklearn_kernel(*block) for block in blocks])
    error = np.sqrt(np.sum((values - values.mean()) ** 2) / (count - 1) / count)
    found = metrics.kernel_distance_blocks(*sets, block_size=250)
    assert found.distance == pytest.approx(values.mean(), abs=1e-14)
    assert found.standard_error == pytest.approx(error, abs=1e-14)


def test_a_set_compared_with_itself_is_below_zero_for_torch_fidelity_too(others, golden):
    same = features(300)
    rows = golden.kernel_rows(same, same, 5, 100, 2020)
    found = metrics.kernel_distance_of_subsets(same, same, rows).distance
    expected = others.torch_fidelity_kernel(same, same, 5, 100, 2020)[0]
    assert found < 0.0
    assert found == pytest.approx(expected, abs=1e-14)
