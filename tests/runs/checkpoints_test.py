"""A state that was saved comes back whole, and a broken file never ends a run silently."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.runs import Checkpoints

from .saved_runs import assert_equal, damage, files_below, model, saved_run, train


def test_networks_average_both_optimizers_and_step_come_back(tmp_path):
    gan = saved_run(str(tmp_path))
    other = model(seed=9)
    assert Checkpoints(str(tmp_path), other).restore()
    assert other.steps_done == 3
    assert_equal(gan, other)


def test_a_restored_model_trains_on_as_if_nothing_had_happened(tmp_path):
    gan = saved_run(str(tmp_path))
    other = model(seed=9)
    Checkpoints(str(tmp_path), other).restore()
    train(gan, 3)
    train(other, 3)
    assert_equal(gan, other)


def test_without_a_checkpoint_nothing_is_restored(tmp_path):
    assert not Checkpoints(str(tmp_path), model()).restore()


def test_the_last_three_checkpoints_are_kept(tmp_path):
    saved_run(str(tmp_path), steps=range(5))
    kept = sorted(path.name for path in (tmp_path / "checkpoints").glob("*.index"))
    assert kept == ["step-3.index", "step-4.index", "step-5.index"]


@pytest.mark.parametrize("name", ["step-3.index", "step-3.data-*"])
def test_a_damaged_checkpoint_falls_back_to_the_one_before_and_says_so(tmp_path, caplog, name):
    saved_run(str(tmp_path))
    damage(tmp_path, name)
    gan = model(seed=9)
    with caplog.at_level("WARNING", logger="tfgan"):
        assert Checkpoints(str(tmp_path), gan).restore()
    assert gan.steps_done == 2
    assert "step-3 is damaged" in caplog.text
    assert "{{" not in caplog.text  # TensorFlow's names of operations


def test_a_flipped_bit_is_noticed(tmp_path, caplog):
    saved_run(str(tmp_path))
    [path] = (tmp_path / "checkpoints").glob("step-3.data-*")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    gan = model(seed=9)
    assert Checkpoints(str(tmp_path), gan).restore()
    assert gan.steps_done == 2
    assert "step-3 is damaged" in caplog.text and "function_node" not in caplog.text


def test_when_no_checkpoint_can_be_read_the_run_is_refused(tmp_path):
    saved_run(str(tmp_path))
    for step in (1, 2, 3):
        damage(tmp_path, f"step-{step}.data-*", keep=0.1)
    with pytest.raises(ValueError, match="None of the 3 checkpoints in .* can be read"):
        Checkpoints(str(tmp_path), model()).restore()


@pytest.mark.parametrize("killed", [2, 3, 4])
def test_repairing_sets_damaged_files_aside_and_removes_the_remains_of_a_killed_save(
    tmp_path, killed
):
    saved_run(str(tmp_path))
    damage(tmp_path, "step-3.index")
    remains = tmp_path / "checkpoints" / f"step-{killed}_temp"
    remains.mkdir()
    (remains / "part-00000-of-00001").write_bytes(b"half")
    gan = model(seed=9)
    checkpoints = Checkpoints(str(tmp_path), gan)
    checkpoints.restore(repair=True)
    left = {path.name.split(".")[0] for path in (tmp_path / "checkpoints").iterdir()}
    assert left == {"checkpoint", "step-1", "step-2", "damaged-step-3"}
    train(gan, 1)
    checkpoints.save()
    assert Checkpoints(str(tmp_path), model()).latest_step() == 3


def test_a_disk_that_is_full_leaves_no_half_of_a_checkpoint(tmp_path, monkeypatch):
    """As TensorFlow does: it makes the file of the index, and finds no room for its content."""
    write = tf.train.Checkpoint.write

    def fail(checkpoint, path):
        write(checkpoint, path)
        with open(f"{path}.index", "wb"):
            raise tf.errors.ResourceExhaustedError(None, None, "No space left on device")

    saved_run(str(tmp_path), steps=(1,))
    before = files_below(tmp_path)
    gan = model(seed=9)
    checkpoints = Checkpoints(str(tmp_path), gan)
    checkpoints.restore()
    train(gan, 1)
    monkeypatch.setattr(tf.train.Checkpoint, "write", fail)
    with pytest.raises(tf.errors.ResourceExhaustedError):
        checkpoints.save()
    assert checkpoints.steps() == [1]
    assert files_below(tmp_path) == before


def test_the_part_that_a_killed_save_leaves_is_removed(tmp_path):
    saved_run(str(tmp_path))
    part = tmp_path / "checkpoints" / ".step-4.0123456789ab.part"
    part.mkdir()
    (part / "step-4.index").write_bytes(b"half")
    Checkpoints(str(tmp_path), model(seed=9)).restore(repair=True)
    assert not part.exists()


def test_a_run_can_be_restored_again_and_again_before_it_saves(tmp_path):
    saved_run(str(tmp_path))
    damage(tmp_path, "step-3.index")
    for _ in range(3):
        gan = model(seed=9)
        assert Checkpoints(str(tmp_path), gan).restore(repair=True)
        assert gan.steps_done == 2


def test_reading_alone_changes_no_file(tmp_path):
    saved_run(str(tmp_path))
    damage(tmp_path, "step-3.index")
    before = {path: path.read_bytes() for path in (tmp_path / "checkpoints").iterdir()}
    Checkpoints(str(tmp_path), model()).restore()
    assert before == {path: path.read_bytes() for path in (tmp_path / "checkpoints").iterdir()}


def test_a_state_with_nan_is_not_saved(tmp_path):
    gan = saved_run(str(tmp_path))
    kernel = gan.generator.trainable_variables[0]
    kernel.assign(kernel * np.nan)
    with pytest.raises(ArithmeticError, match="kernel is not finite"):
        Checkpoints(str(tmp_path), gan).save()
    assert Checkpoints(str(tmp_path), gan).latest_step() == 3


def test_a_run_may_live_on_a_remote_file_system():
    gan = saved_run("ram://checkpoints_test/run")
    other = model(seed=9)
    assert Checkpoints("ram://checkpoints_test/run", other).restore(repair=True)
    assert_equal(gan, other)
