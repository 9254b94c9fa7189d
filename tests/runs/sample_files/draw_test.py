"""Samples of several seeds have names, and what memory does not hold is refused."""

import numpy as np
import pytest

from tfgan import memory
from tfgan.data import DataSpec
from tfgan.runs.sample_files import draw


class Run:
    """Draws points that are their seed."""

    spec = DataSpec((2,))

    def sample(self, count, *, seed):
        return {"data": np.full([count, 2], seed, np.float32)}


@pytest.mark.parametrize(
    ("seeds", "count", "names"),
    [
        ([range(7, 8)], 2, ["000000", "000001"]),
        ([range(7, 9)], 1, ["seed0007", "seed0008"]),
        ([range(7, 8), range(3, 4)], 2, [
            "seed0007-000000", "seed0007-000001", "seed0003-000000", "seed0003-000001",
        ]),
    ],
)  # fmt: skip
def test_each_sample_has_a_name_and_its_seed(seeds, count, names):
    samples = draw.draw(Run(), seeds, count)
    assert samples.names == names and len(samples.data) == len(names)
    if len(seeds) > 1:
        assert list(samples.arrays["seed"]) == list(samples.data[:, 0]) == [7, 7, 3, 3]


def test_more_samples_than_memory_holds_are_refused_before_one_is_drawn(monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: 100)
    with pytest.raises(ValueError, match="Drawing 1,000 samples needs .* fewer with --count"):
        draw.draw(Run(), [range(1000)], 1)
