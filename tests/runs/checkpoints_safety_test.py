"""A run touches nothing outside its directory, and loses nothing that may still be good."""

import os
import shutil

import pytest
import tensorflow as tf

from tfgan.runs import Checkpoints

from .saved_runs import files_below, model, resume, saved_run, train


def test_a_copy_that_is_trained_on_leaves_the_original_alone(tmp_path):
    original = tmp_path / "original"
    saved_run(str(original))
    resume(original)  # by its absolute path
    before = files_below(original)
    shutil.copytree(original, tmp_path / "copy")
    assert resume(tmp_path / "copy").steps_done == 9
    assert files_below(original) == before


def test_a_run_that_was_moved_goes_on_where_it_was(tmp_path):
    saved_run(str(tmp_path / "before"))
    resume(tmp_path / "before")
    (tmp_path / "before").rename(tmp_path / "after")
    assert resume(tmp_path / "after").steps_done == 9
    assert not (tmp_path / "before").exists()


def test_a_run_behind_a_link_goes_on_where_it_was(tmp_path):
    saved_run(str(tmp_path / "disk"))
    (tmp_path / "run").symlink_to(tmp_path / "disk")
    assert resume(tmp_path / "run").steps_done == 6
    assert Checkpoints(str(tmp_path / "disk"), model()).steps() == [4, 5, 6]


@pytest.mark.parametrize("name", ["{0}/other/checkpoints/step-1", "../../other/checkpoints/step-1"])
def test_names_in_the_file_checkpoint_decide_nothing(tmp_path, name):
    saved_run(str(tmp_path / "other"))
    saved_run(str(tmp_path / "run"))
    before = files_below(tmp_path / "other")
    lines = [f'all_model_checkpoint_paths: "{name.format(tmp_path)}"'] * 9
    hostile = f'model_checkpoint_path: "{name.format(tmp_path)}"\n' + "\n".join(lines)
    (tmp_path / "run" / "checkpoints" / "checkpoint").write_text(hostile)
    assert resume(tmp_path / "run").steps_done == 6
    assert files_below(tmp_path / "other") == before


@pytest.mark.parametrize("content", [None, "", "model_checkpoint", "\0" * 50])
def test_without_a_whole_file_checkpoint_the_run_still_resumes(tmp_path, content):
    saved_run(str(tmp_path))
    listed = tmp_path / "checkpoints" / "checkpoint"
    listed.unlink() if content is None else listed.write_text(content)
    assert resume(tmp_path).steps_done == 6


def test_other_programs_find_the_last_checkpoint_after_a_move_too(tmp_path):
    saved_run(str(tmp_path / "before"))
    (tmp_path / "before").rename(tmp_path / "after")
    found = tf.train.latest_checkpoint(str(tmp_path / "after" / "checkpoints"))
    assert found == str(tmp_path / "after" / "checkpoints" / "step-3")


def test_a_directory_named_like_a_pattern_touches_no_other(tmp_path):
    saved_run(str(tmp_path / "run1"))
    before = files_below(tmp_path / "run1")
    saved_run(str(tmp_path / "run[0-9]"), steps=range(5))
    assert Checkpoints(str(tmp_path / "run[0-9]"), model()).steps() == [3, 4, 5]
    assert files_below(tmp_path / "run1") == before


def test_links_named_like_remains_are_not_followed(tmp_path):
    saved_run(str(tmp_path / "run"))
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("precious")
    for name in ("step-4_temp", "step-4.index.tempstate1", "step-x", "damaged-step-1.index"):
        (tmp_path / "run" / "checkpoints" / name).symlink_to(tmp_path / "precious")
    resume(tmp_path / "run")
    assert (tmp_path / "precious" / "file").read_text() == "precious"


@pytest.mark.parametrize(
    "error",
    [
        tf.errors.PermissionDeniedError(None, None, "denied"),
        tf.errors.UnavailableError(None, None, "no network"),
        tf.errors.ResourceExhaustedError(None, None, "no memory"),
        OSError("no disk"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_checkpoint_that_cannot_be_read_just_now_is_not_taken_for_damaged(
    tmp_path, monkeypatch, error
):
    saved_run(str(tmp_path))
    before = files_below(tmp_path)

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(tf.compat.v1.train, "NewCheckpointReader", fail)
    monkeypatch.setattr(tf.io.gfile, "GFile", fail)
    with pytest.raises(type(error)):
        Checkpoints(str(tmp_path), model()).restore(repair=True)
    assert files_below(tmp_path) == before


def test_a_directory_that_cannot_be_listed_is_not_taken_for_empty(tmp_path, monkeypatch):
    saved_run(str(tmp_path))

    def deny(path):
        raise PermissionError(path)

    monkeypatch.setattr(os, "listdir", deny)
    with pytest.raises(PermissionError):
        Checkpoints(str(tmp_path), model()).restore()


def test_a_missing_shard_is_damage(tmp_path):
    saved_run(str(tmp_path))
    [shard] = (tmp_path / "checkpoints").glob("step-3.data-*")
    shard.unlink()
    assert resume(tmp_path, steps=0).steps_done == 2


def test_checkpoints_of_another_run_are_refused(tmp_path):
    gan = model()
    train(gan, 1)
    Checkpoints(str(tmp_path), gan, identity="seed 0").save()
    before = files_below(tmp_path)
    assert Checkpoints(str(tmp_path), model(), identity="seed 0").restore()
    with pytest.raises(ValueError, match="step-1 is of another run: its recipe, data or seed"):
        Checkpoints(str(tmp_path), model(), identity="seed 1").restore(repair=True)
    assert files_below(tmp_path) == before


def test_a_run_of_before_checkpoints_had_an_identity_goes_on_and_gets_one(tmp_path):
    saved_run(str(tmp_path))
    gan = model(seed=9)
    checkpoints = Checkpoints(str(tmp_path), gan, identity="seed 0")
    assert checkpoints.restore(repair=True)
    train(gan, 1)
    checkpoints.save()
    with pytest.raises(ValueError, match="step-4 is of another run"):
        Checkpoints(str(tmp_path), model(), identity="seed 1").restore()


def test_checkpoints_of_another_model_are_refused_and_stay(tmp_path):
    saved_run(str(tmp_path))
    before = files_below(tmp_path)
    other = model(width=5)
    with pytest.raises(ValueError, match="step-3 is not of this model"):
        Checkpoints(str(tmp_path), other).restore(repair=True)
    assert files_below(tmp_path) == before


def test_a_directory_of_checkpoints_that_is_a_link_is_read_and_never_written(tmp_path):
    saved_run(str(tmp_path / "other"))
    for name in ("step-1.txt", "step-00000001.png"):
        (tmp_path / "other" / "checkpoints" / name).write_text("precious")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "checkpoints").symlink_to(tmp_path / "other" / "checkpoints")
    before = files_below(tmp_path / "other")
    gan = model()
    assert Checkpoints(str(tmp_path / "run"), gan).restore()
    for act in (
        lambda: Checkpoints(str(tmp_path / "run"), gan).restore(repair=True),
        Checkpoints(str(tmp_path / "run"), gan).save,
    ):
        with pytest.raises(ValueError, match="checkpoints is a link: a run writes in its own"):
            act()
    assert files_below(tmp_path / "other") == before


def test_files_that_no_save_writes_stay(tmp_path):
    saved_run(str(tmp_path))
    (tmp_path / "checkpoints" / "step-7_dir").mkdir()
    for name in ("step-1.txt", "step-00000001.png", "step-9.index.bak"):
        (tmp_path / "checkpoints" / name).write_text("precious")
    resume(tmp_path)
    left = {path.name for path in (tmp_path / "checkpoints").iterdir()}
    assert {"step-7_dir", "step-1.txt", "step-00000001.png", "step-9.index.bak"} <= left


def test_a_checkpoint_under_the_name_of_another_step_is_set_aside(tmp_path):
    saved_run(str(tmp_path))
    for path in list((tmp_path / "checkpoints").glob("step-2.*")):
        shutil.copy(path, path.with_name(path.name.replace("step-2", "step-99")))
    assert resume(tmp_path, steps=0).steps_done == 3
    assert list((tmp_path / "checkpoints").glob("damaged-step-99.*"))


def test_the_state_that_was_saved_last_is_kept_though_there_are_later_steps(tmp_path):
    gan = model()
    train(gan, 8)
    Checkpoints(str(tmp_path), gan, folder="best", keep=1).save()
    again = model()
    best = Checkpoints(str(tmp_path), again, folder="best", keep=1)
    best.forget_after(0)
    train(again, 3)
    best.save()
    assert best.steps() == [3]
    assert list((tmp_path / "best").glob("forgotten-step-8.*")), "nothing is lost"
