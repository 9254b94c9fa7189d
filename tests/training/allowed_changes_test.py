"""What a run may go on with another value of, and what not."""

import pathlib
import shutil

import numpy as np
import pytest
import tensorflow as tf

from tfgan import runs

from .commands import IMAGES, record, train


def test_other_data_are_refused_and_taken_on_request(place, capsys):
    more = np.random.default_rng(1).normal(size=(90, 2)).astype(np.float32)
    np.savez("d/more.npz", data=more)
    code, _, error = train(capsys, "--workdir=points", "--data=arrays:d/more.npz")
    assert code == 2
    assert f"--change=data=arrays:{place}/d/more.npz it goes on with the new value" in error
    before = record()["data"]["fingerprint"]
    arguments = ["--workdir=points", "--change=data=arrays:d/more.npz", "--steps=6"]
    code, out, error = train(capsys, *arguments)
    assert code == 0 and "(81 examples of 2) to step 6" in out
    assert "From step 4 on data.fingerprint is" in error
    history = record()["history"]
    assert {"step": 4, "name": "data.fingerprint", "old": before} in [
        {name: each[name] for name in ("step", "name", "old") if name in each} for each in history
    ]
    assert train(capsys, *arguments)[0] == 0  # again: it is no new change
    assert record()["history"] == history
    assert train(capsys, "--workdir=points", "--checkpoint_every=1", "--steps=7")[0] == 0


def test_data_of_another_form_are_never_taken(place, capsys):
    np.savez("d/images16.npz", data=np.zeros((40, 16, 16, 1), np.uint8))
    code, _, error = train(capsys, "--workdir=run", "--change=data=arrays:d/images16.npz")
    assert code == 2
    assert "spec.shape: [8, 8, 1] -> [16, 16, 1]" in error and "--change" not in error


def moved(workdir, step):
    """How far each weight of the players was moved by a run's step after `step`."""
    states = [runs.open_model(workdir, at)[0] for at in (step, step + 1)]
    sides = [
        [np.array(tf.convert_to_tensor(v)) for p in each.players.values() for v in p.variables]
        for each in states
    ]
    return np.concatenate([(b - a).ravel() for a, b in zip(*sides, strict=True)])


def test_a_changed_rate_makes_the_next_step_as_much_smaller(place, capsys):
    shutil.copytree("run", "slow")
    on = ["--steps=4", "--checkpoint_every=1"]
    assert train(capsys, "--workdir=run", *on)[0] == 0
    code, _, error = train(capsys, "--workdir=slow", "--change=learning_rate=1e-4", *on)
    assert code == 0
    assert "From step 3 on parameters.learning_rate is 0.0001 (was 0.001)." in error
    fast, slow = moved("run", 3), moved("slow", 3)
    assert np.abs(fast).max() > 5e-4
    np.testing.assert_allclose(slow, 0.1 * fast, rtol=1e-2, atol=1e-7)
    assert record("slow")["parameters"]["learning_rate"] == 1e-4
    assert record("slow")["history"][0] == {
        "step": 3, "name": "parameters.learning_rate", "old": 1e-3, "new": 1e-4
    }  # fmt: skip
    # The changed value is the run's own from now on.
    assert train(capsys, "--workdir=slow")[0] == 0
    code, _, error = train(capsys, "--workdir=slow", "--learning_rate=1e-3")
    assert code == 2
    assert "(parameters.learning_rate: 0.0001 -> 0.001)" in error
    assert "--change=learning_rate=0.001 it goes on with the new value" in error


def rates(workdir, step="last"):
    """The learning rate of each player of a run, as it is for the next step."""
    model, _ = runs.open_model(workdir, step)
    return [float(player.optimizer.learning_rate) for player in model.players.values()]


def test_a_longer_run_has_the_schedule_of_its_new_length_from_there_on(place, capsys):
    assert rates("points") == [0.0, 0.0]  # after the 4 steps that it was started for
    code, _, error = train(capsys, "--workdir=points", "--steps=8")
    assert code == 0
    assert "From step 4 on the run is one of 8 steps (was 4), and so are its schedules." in error
    assert rates("points", 6) == pytest.approx([2e-3 * (1 - 0.5**0.5) / 2] * 2)
    assert rates("points") == [0.0, 0.0]


def test_a_schedule_is_recorded_said_and_kept_by_a_run_that_resumes(place, capsys):
    arguments = [*IMAGES, "--data=arrays:d/images.npz", "--learning_rate_schedule=linear:0.5"]
    arguments += ["--steps=4", "--checkpoint_every=2"]
    code, _, error = train(capsys, *arguments, "--workdir=whole")
    assert code == 0
    sentence = (
        "All learning rates follow linear:0.5 over 4 steps, whatever schedule the recipe has."
    )
    assert sentence in error
    assert record("whole")["parameters"]["learning_rate_schedule"] == "linear:0.5"
    assert rates("whole", 2) == pytest.approx([0.75e-3] * 2)
    assert rates("whole") == pytest.approx([0.5e-3] * 2)
    shutil.copytree("whole", "resumed")
    for path in pathlib.Path("resumed", "checkpoints").glob("step-4*"):
        path.unlink()
    code, out, error = train(capsys, "--workdir=resumed")
    assert code == 0 and "Resuming resumed at step 2." in out and sentence in error
    one, other = (runs.open_model(name)[0].get_weights() for name in ("whole", "resumed"))
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_run_without_a_schedule_goes_on_with_one(place, capsys):
    arguments = ["--workdir=run", "--change=learning_rate_schedule=linear", "--steps=4"]
    code, _, error = train(capsys, *arguments)
    assert code == 0
    assert "From step 3 on parameters.learning_rate_schedule is linear (was recipe)." in error
    assert rates("run", 3) == pytest.approx([0.25e-3] * 2)
    assert rates("run") == [0.0, 0.0]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--change=width=8"], "(learning_rate, discriminator_learning_rate, decay_steps, "
         "r1_weight, r1_final_weight, r1_decay_steps, average_half_life, learning_rate_schedule, "
         "data); received 'width'"),
        (["--learning_rate_schedule=linear"], "--change=learning_rate_schedule=linear it goes on"),
        (["--change=learning_rate_schedule=step"], "learning_rate_schedule must be recipe, "),
        (["--change=steps=8"], "received 'steps'"),
        (["--change=learning_rate"], "--change must be name=value; received 'learning_rate'"),
        (["--change=learning_rate=-1"], "learning_rate must be a number above 0"),
        (["--width=8"], "(parameters.width: 4 -> 8): --workdir alone resumes it with its own; or"),
        (["--recipe=gan"], "(recipe: mixture -> gan)"),
        (["--seed=1"], "(seed: 0 -> 1)"),
        (["--precision=bfloat16"], "(precision: float32 -> bfloat16)"),
        (["--data=toy:ring"], "-> toy:ring"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_change_is_refused_with_what_can(place, capsys, arguments, sentence):
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    code, _, error = train(capsys, "--workdir=points", *arguments)
    assert code == 2 and len(error.splitlines()) == 1
    assert sentence in error
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_a_new_run_has_nothing_to_change(tmp_path, capsys):
    code, _, error = train(capsys, f"--workdir={tmp_path}/new", "--change=learning_rate=1e-4")
    assert code == 2
    assert "--change is for an existing run" in error
    assert not (tmp_path / "new").exists()


def test_a_batch_that_the_data_cannot_fill_is_made_smaller_and_recorded(place, capsys):
    arguments = ["--recipe=mixture", "--width=4", "--depth=1", "--jit_compile=off", "--steps=2"]
    arguments += [f"--data=arrays:{place}/d/x.npz", "--workdir=small"]
    code, _, error = train(capsys, *arguments)
    assert code == 0
    sentence = f"a batch_size of 256 takes 256 examples in a step, and arrays:{place}/d/x.npz has"
    assert f"batch_size is lowered to 63: {sentence} 63 to train on." in error
    assert record("small")["parameters"]["batch_size"] == 63
    code, out, error = train(capsys, *arguments)
    assert code == 0 and "Resuming small at step 2." in out and "batch_size" not in error


def test_a_batch_that_was_asked_for_is_refused_with_the_largest_that_fits(place, capsys):
    arguments = ["--recipe=wgan", "--width=4", "--data=arrays:d/images.npz", "--workdir=new"]
    code, _, error = train(capsys, *arguments, "--batch_size=8")
    assert code == 2 and len(error.splitlines()) == 1
    assert "A batch_size of 8 takes 40 examples in a step" in error
    assert "has 36 to train on; give --batch_size=7 or less." in error
    assert not pathlib.Path("new").exists()
