"""A run of which averages of any width are made: also a resumed, a damaged and an older one."""

import numpy as np
import pytest

import tfgan
from tfgan import files, runs

SMALL = {
    "recipe": "mixture", "data": "toy:ring", "width": 4, "depth": 1, "batch_size": 8,
    "decay_steps": 100, "r1_decay_steps": 100, "sample_every": 0, "checkpoint_every": 10,
}  # fmt: skip


def train(workdir, steps=40, average_snapshots=5, **more):
    return tfgan.train(
        **SMALL, workdir=workdir, steps=steps, average_snapshots=average_snapshots, **more
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    workdir = tmp_path_factory.mktemp("runs") / "run"
    train(workdir)
    return workdir


def average(run):
    return run.model.average.get_weights()


def assert_near(one, other, **tolerance):
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, **tolerance)


def test_a_run_has_a_snapshot_of_every_so_many_steps(run):
    names = sorted(path.name for path in (run / "averages").iterdir())
    assert names == sorted(f"step-{step}.npz" for step in range(5, 41, 5))


def test_an_average_of_a_saved_width_is_that_of_training(run):
    opened = runs.open_run(run, 0.1)
    assert_near(average(opened), opened.model.power_averages.values()[1], atol=1e-5)


def test_the_weights_of_a_run_have_the_name_of_their_width(run):
    opened = runs.open_run(run, 0.07)
    assert opened.weights == opened.model.describe_weights() == "average of width 0.07"
    differing = opened.sample(4)["data"] != runs.open_run(run).sample(4)["data"]
    assert differing.any()


def test_an_average_is_that_of_the_step_of_a_checkpoint(run):
    earlier = runs.open_run(run, 0.1, state=30)
    assert earlier.step == 30
    with files.open_arrays(str(run / "averages" / "step-30.npz")) as arrays:
        saved = [arrays[f"width 0.1, {index}"] for index in range(len(arrays) // 2)]
    assert_near(average(earlier), saved, atol=1e-5)


def test_a_resumed_run_has_the_snapshots_of_an_uninterrupted_one(run, tmp_path):
    train(tmp_path / "run", steps=20)
    stale = tmp_path / "run" / "averages" / "step-25.npz"
    stale.write_bytes(b"of a process that was killed after step 20")
    train(tmp_path / "run")
    for path in (run / "averages").iterdir():
        assert (tmp_path / "run" / "averages" / path.name).read_bytes() == path.read_bytes()


def test_a_run_without_averages_says_how_to_keep_them(tmp_path):
    train(tmp_path / "run", steps=1, average_snapshots=0)
    with pytest.raises(ValueError, match="train it with --average_snapshots=STEPS"):
        runs.open_run(tmp_path / "run", 0.1)


def test_a_narrow_average_of_few_snapshots_is_refused(run):
    with pytest.raises(ValueError, match=r"No average of width 0.001 .* 8 steps up to step 40"):
        runs.open_run(run, 0.001)


@pytest.mark.parametrize("width", [0, 0.5, True])
def test_a_width_out_of_range_is_refused(run, width):
    with pytest.raises(ValueError, match="above 0 and at most 0.25"):
        runs.open_run(run, width)


def test_a_snapshot_of_another_run_is_refused(tmp_path):
    train(tmp_path / "run", steps=10)
    path = tmp_path / "run" / "averages" / "step-5.npz"
    files.write_arrays(str(path), {"width 0.05, 0": np.zeros((2, 2), np.float32)})
    with pytest.raises(ValueError, match=r"step-5.npz is not of this run: width 0.05, 0 must be"):
        runs.open_run(tmp_path / "run", 0.1)


def test_a_damaged_snapshot_is_refused(tmp_path):
    train(tmp_path / "run", steps=10)
    path = tmp_path / "run" / "averages" / "step-5.npz"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ValueError, match=r"step-5.npz"):
        runs.open_run(tmp_path / "run", 0.1)
