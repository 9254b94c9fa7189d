"""A run of which averages of any width are made: also a resumed, a damaged and an older one."""

import numpy as np
import pytest

import tfgan
from tfgan import files, runs
from tfgan.runs import average_snapshots

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
        saved = [arrays[f"width 0.1, {index}"] for index in range((len(arrays) - 1) // 2)]
    assert_near(average(earlier), saved, atol=1e-5)


def test_a_resumed_run_has_the_snapshots_of_an_uninterrupted_one(run, tmp_path):
    train(tmp_path / "run", steps=20)
    averages = tmp_path / "run" / "averages"
    (averages / "step-33.npz").write_bytes(b"of a process that was killed after step 20")
    train(tmp_path / "run")
    assert (averages / "forgotten-step-33.npz").exists()
    for path in (run / "averages").iterdir():
        assert (averages / path.name).read_bytes() == path.read_bytes()


def test_a_run_without_averages_says_how_to_keep_them(tmp_path):
    train(tmp_path / "run", steps=1, average_snapshots=0)
    with pytest.raises(ValueError, match="train it with --average_snapshots=STEPS"):
        runs.open_run(tmp_path / "run", 0.1)


def test_a_narrow_average_of_few_snapshots_is_refused(run):
    with pytest.raises(ValueError, match=r"No average of width 0.001 .* 8 steps up to step 40"):
        runs.open_run(run, 0.001)


@pytest.mark.parametrize("width", [0, 0.5])
def test_a_width_out_of_range_is_refused(run, width):
    with pytest.raises(ValueError, match="must be 0.001 to 0.25"):
        runs.open_run(run, width)


@pytest.mark.parametrize("weights", ["0.05", True, None])
def test_other_weights_are_refused_with_what_is_accepted(run, weights):
    with pytest.raises(ValueError, match='must be "average", "last" or a number'):
        runs.open_run(run, weights)


def test_a_chosen_width_gives_way_to_the_last_weights(run):
    opened = runs.open_run(run, 0.1)
    opened.model.use_weights("last")
    assert opened.weights == "last"


def test_of_very_many_snapshots_some_are_taken_evenly():
    steps = list(range(1, 2001))
    chosen = average_snapshots._thinned(steps)
    assert len(chosen) == 256 and chosen[0] == 1 and chosen[-1] == 2000
    assert np.diff(chosen).max() <= 8


@pytest.fixture
def short(tmp_path):
    """(a run of ten steps, the path of its snapshot of step 5)."""
    train(tmp_path / "run", steps=10)
    return tmp_path / "run", tmp_path / "run" / "averages" / "step-5.npz"


def change(path, name, value):
    with files.open_arrays(str(path)) as arrays:
        content = {each: arrays[each] for each in arrays}
    files.write_arrays(str(path), content | {name: value})


def test_a_snapshot_of_another_shape_is_refused(short):
    run, path = short
    files.write_arrays(str(path), {"width 0.05, 0": np.zeros((2, 2), np.float32)})
    with pytest.raises(ValueError, match=r"step-5.npz is not of this run: width 0.05, 0 must be"):
        runs.open_run(run, 0.07)


def test_a_snapshot_of_another_run_is_refused(short):
    run, path = short
    change(path, "identity", np.array("0123"))
    with pytest.raises(ValueError, match=r"step-5.npz is of another run"):
        runs.open_run(run, 0.07)


def test_a_snapshot_that_is_not_finite_is_refused(short):
    run, path = short
    with files.open_arrays(str(path)) as arrays:
        shape = arrays["width 0.1, 0"].shape
    change(path, "width 0.1, 0", np.full(shape, np.nan, np.float32))
    with pytest.raises(ValueError, match=r"holds numbers that are not finite, in width 0.1, 0"):
        runs.open_run(run, 0.07)


def test_a_damaged_snapshot_is_refused(short):
    run, path = short
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ValueError, match=r"step-5.npz"):
        runs.open_run(run, 0.07)


def test_a_directory_that_is_not_the_runs_own_is_refused_before_the_first_step(short, tmp_path):
    run, path = short
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "step-999.npz").write_bytes(b"of somebody else")
    path.parent.rename(tmp_path / "aside")
    path.parent.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match="averages is a link: a run writes in its own directory"):
        train(run, steps=12)
    assert [each.name for each in (tmp_path / "elsewhere").iterdir()] == ["step-999.npz"]
    path.parent.unlink()
    path.parent.write_text("a file")
    with pytest.raises(ValueError, match="averages must be a directory"):
        train(run, steps=12)


def test_a_run_without_averages_leaves_what_lies_there(tmp_path):
    stranger = tmp_path / "averages" / "step-999.npz"
    stranger.parent.mkdir()
    stranger.write_bytes(b"of somebody else")
    train(tmp_path, steps=1, average_snapshots=0)
    assert stranger.read_bytes() == b"of somebody else"
