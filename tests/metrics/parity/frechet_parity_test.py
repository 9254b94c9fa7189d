"""The Frechet distance against torch-fidelity, pytorch-fid and clean-fid.

pip install torch==2.13.0 torchvision==0.28.0 scipy==1.17.1
pip install --no-deps torch-fidelity==0.4.0 pytorch-fid==0.3.0 clean-fid==0.1.35
pip install pillow requests tqdm && pytest -m parity -n 0

SciPy 1.18 no longer takes an argument that pytorch-fid and clean-fid pass to `sqrtm`.
"""

import numpy as np
import pytest

from tfgan import metrics
from tfgan.metrics import Moments

pytestmark = pytest.mark.parity

LIBRARIES = ["torch_fidelity_frechet", "pytorch_fid_frechet", "clean_fid_frechet"]


def features(count, dimensions=64, seed=0, scale=1.0):
    draw = np.random.default_rng(seed)
    mixing = np.random.default_rng(100).standard_normal((dimensions, dimensions))
    return scale * draw.standard_normal((count, dimensions)) @ mixing + draw.random(dimensions)


def traces(real, fake):
    """What rounding in the distance is measured by."""
    return np.sum(real.var(axis=0, ddof=1)) + np.sum(fake.var(axis=0, ddof=1))


def in_uneven_shards(rows):
    """What five machines see in batches of 64 at the most, merged."""
    machines = [Moments(rows.shape[1]) for _ in range(5)]
    for machine, shard in zip(machines, np.split(rows, [1, 130, 130, 700]), strict=True):
        for first in range(0, len(shard), 64):
            machine.update(shard[first : first + 64])
    for machine in machines[1:]:
        machines[0].merge(machine)
    return machines[0]


@pytest.mark.parametrize("library", LIBRARIES)
def test_moments_merged_from_uneven_shards_give_the_other_librarys_distance(others, library):
    real, fake = features(1500), features(1100, seed=1, scale=0.9)
    expected = pytest.approx(getattr(others, library)(real, fake), abs=1e-11 * traces(real, fake))
    shards = in_uneven_shards(real), in_uneven_shards(fake)
    assert metrics.frechet_distance_from_moments(*shards) == expected
    assert metrics.frechet_distance(real, fake) == expected


@pytest.mark.parametrize("library", LIBRARIES)
def test_dead_features_give_the_other_librarys_distance(others, library):
    """A rectifier leaves some features at 0, so both covariances are singular."""
    real, fake = features(1500), features(1100, seed=1, scale=0.9)
    for rows in (real, fake):
        rows[rows < 0.0] = 0.0
        rows[:, ::9] = 0.0
    expected = pytest.approx(getattr(others, library)(real, fake), abs=1e-11 * traces(real, fake))
    assert metrics.frechet_distance(real, fake) == expected


@pytest.mark.parametrize("library", LIBRARIES)
def test_fewer_examples_than_dimensions_are_within_the_others_own_error(others, library):
    """They take roots of eigenvalues that are 0 but for rounding; the exact form has none."""
    real, fake = features(40), features(30, seed=1)
    x, y = real - real.mean(0), fake - fake.mean(0)
    trace = np.linalg.svd(x @ y.T, compute_uv=False).sum() / np.sqrt(39 * 29)
    shift = np.sum((real.mean(0) - fake.mean(0)) ** 2)
    exact = shift + traces(real, fake) - 2.0 * trace
    found = metrics.frechet_distance(real, fake)
    assert found == pytest.approx(exact, rel=1e-12)
    assert found == pytest.approx(
        getattr(others, library)(real, fake), abs=1e-6 * traces(real, fake)
    )
