"""A run goes on from its directory alone, finds data that were moved, and changes on request."""

import json
import os
import pathlib
import shutil

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import files, runs

FORMAT_2 = pathlib.Path(__file__).parents[1] / "runs" / "format_2"
POINTS = ["--recipe=mixture", "--width=4", "--depth=1", "--batch_size=8", "--jit_compile=off"]
POINTS += ["--steps=4", "--log_every=2", "--checkpoint_every=2"]
IMAGES = ["--recipe=dcgan", "--width=4", "--latent_dim=4", "--batch_size=8", "--steps=3"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the sets `d/x.npz` and `d/images.npz`, and a run on each."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "d").mkdir()
    random = np.random.default_rng(0)
    np.savez(folder / "d" / "x.npz", data=random.normal(size=(70, 2)).astype(np.float32))
    images = random.integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(folder / "d" / "images.npz", data=images)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main._run(["train", *POINTS, "--data=arrays:d/x.npz", "--workdir=points"]) == 0
        assert main._run(["train", *IMAGES, "--data=arrays:d/images.npz", "--workdir=run"]) == 0
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """A copy of the folder, in which the test works; its runs name the data of the original."""
    shutil.copytree(made, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy"


def train(capsys, *argv):
    """(exit code, standard output, standard error) of `tfgan train`."""
    code = main._run(["train", *argv])
    return code, *capsys.readouterr()


def record(workdir="points"):
    return json.loads(pathlib.Path(workdir, "recipe.json").read_text())


@pytest.mark.parametrize(
    "written", ["d/x.npz", "./d/x.npz", "d//x.npz", "d/../d/x.npz", "ABSOLUTE/d/x.npz", "$D/x.npz"]
)
def test_a_run_resumes_however_the_path_of_its_data_is_written(
    place, made, monkeypatch, capsys, written
):
    monkeypatch.chdir(made)
    monkeypatch.setenv("D", "d")
    data = f"--data=arrays:{written.replace('ABSOLUTE', str(made))}"
    before = record()
    code, out, _ = train(capsys, *POINTS, data, "--workdir=points")
    assert code == 0 and "Resuming points at step 4." in out
    assert record() == before


def test_the_default_directory_is_one_however_the_path_is_written(made, monkeypatch, capsys):
    monkeypatch.chdir(made)
    for written in ("d/x.npz", "./d/x.npz", f"{made}/d/x.npz"):
        code, out, _ = train(capsys, *POINTS, f"--data=arrays:{written}", "--dry_run")
        assert code == 0
        assert json.loads(out)["workdir"] == "runs/mixture-arrays-d-x.npz"


def test_the_directory_alone_resumes_what_it_holds(place, capsys):
    code, out, _ = train(capsys, "--workdir=points")
    assert code == 0
    assert "points is at step 4 already" in out  # the steps, the recipe and its parameters are kept
    code, out, _ = train(capsys, "--workdir=points", "--steps=6", "--r1_weight=0.1")
    assert code == 0 and "Training mixture" in out and "to step 6" in out
    steps = [line["step"] for line in runs.MetricsFile("points").read()]
    assert steps == [2, 4, 6]  # --log_every is kept too
    assert pathlib.Path("points/checkpoints/step-6.index").exists()
    assert record()["flags"]["steps"] == 6


def test_what_is_resumed_from_the_directory_alone_ends_as_the_same_command_would(place, capsys):
    shutil.copytree("points", "other")
    data = record()["data"]["source"]
    assert train(capsys, "--workdir=points", "--steps=7")[0] == 0
    same = [*POINTS, f"--data={data}", "--steps=7", "--workdir=other"]
    assert train(capsys, *same)[0] == 0
    for name in ("points", "other"):
        assert pathlib.Path(name, "checkpoints/step-7.index").exists()
    one, other = (runs.open_model(name)[0].get_weights() for name in ("points", "other"))
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


def test_moved_data_are_found_again_and_the_record_notes_their_place(place, made, capsys):
    content = record()
    content["data"]["source"] = f"arrays:{place}/gone/x.npz"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, _, error = train(capsys, "--workdir=points")
    assert code == 2 and len(error.splitlines()) == 1
    assert "there is no such file. If the run's data were moved, --data names their place." in error
    code, out, _ = train(capsys, "--workdir=points", "--data=arrays:d/x.npz")
    assert code == 0 and "Resuming points at step 4." in out
    assert record()["data"]["source"] == f"arrays:{place}/d/x.npz"
    assert record()["history"][-1]["old"] == f"arrays:{place}/gone/x.npz"
    assert train(capsys, "--workdir=points")[0] == 0


def test_a_run_is_evaluated_from_another_directory(place, made, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main._run(["evaluate", "--workdir=copy/run", "--metrics=swd", "--count=10"]) == 0
    assert f"training examples of arrays:{made}/d/images.npz" in capsys.readouterr().out


def test_other_data_are_refused_and_taken_on_request(place, capsys):
    more = np.random.default_rng(1).normal(size=(90, 2)).astype(np.float32)
    np.savez("d/more.npz", data=more)
    code, _, error = train(capsys, "--workdir=points", "--data=arrays:d/more.npz")
    assert code == 2
    assert f"--change=data=arrays:{place}/d/more.npz it goes on with the new value" in error
    before = record()["data"]["fingerprint"]
    asked = ["--workdir=points", "--change=data=arrays:d/more.npz", "--steps=6"]
    code, out, error = train(capsys, *asked)
    assert code == 0 and "(81 examples of 2) to step 6" in out
    assert "From step 4 on data.fingerprint is" in error
    history = record()["history"]
    assert {"step": 4, "name": "data.fingerprint", "old": before} in [
        {name: each[name] for name in ("step", "name", "old") if name in each} for each in history
    ]
    assert train(capsys, *asked)[0] == 0  # again: it is no new change
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
    asked = [*IMAGES, "--data=arrays:d/images.npz", "--learning_rate_schedule=linear:0.5"]
    asked += ["--steps=4", "--checkpoint_every=2"]
    code, _, error = train(capsys, *asked, "--workdir=whole")
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
    asked = ["--workdir=run", "--change=learning_rate_schedule=linear", "--steps=4"]
    code, _, error = train(capsys, *asked)
    assert code == 0
    assert "From step 3 on parameters.learning_rate_schedule is linear (was recipe)." in error
    assert rates("run", 3) == pytest.approx([0.25e-3] * 2)
    assert rates("run") == [0.0, 0.0]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--change=width=8"], "(learning_rate, decay_steps, r1_weight, r1_final_weight, "
         "r1_decay_steps, average_half_life, learning_rate_schedule, data); received 'width'"),
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
    assert "--change is for a run that has begun" in error
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["export_dir", "tensorboard_dir", "cache_dir", "dry_run", "no"])
def test_a_record_never_says_where_to_write_or_what_to_do(place, capsys, name):
    content = record()
    content["flags"][name] = f"{place}/elsewhere"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, _, error = train(capsys, "--workdir=points")
    assert code == 2 and len(error.splitlines()) == 1
    assert f"holds no flag --{name}" in error


def edit(**flags):
    """Puts flags into the record of the run."""
    content = record()
    content["flags"] |= flags
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("extractor", "points/saved"),
        ("extractor", "$PWD/own.keras"),
        ("extractor_weights", "w.pth"),
        ("data_dir", "/elsewhere"),
    ],
)
def test_a_record_does_not_choose_what_is_executed_or_where_files_go(place, capsys, name, value):
    edit(**{name: value})
    code, _, error = train(capsys, "--workdir=points")
    assert code == 2 and len(error.splitlines()) == 1
    assert "is not executed or written to unasked" in error
    assert f"--{name}={value}" in error.replace("'", "") and error.endswith(f"else --{name}=\n")
    assert train(capsys, "--workdir=points", f"--{name}=")[0] == 0


def test_a_known_extractor_is_taken_from_the_record(place, capsys):
    edit(extractor="points", evaluate_every=2, evaluate_count=4)
    code, out, _ = train(capsys, "--workdir=points", "--dry_run")
    assert code == 0 and json.loads(out)["flags"]["extractor"] == "points"


def test_nothing_is_expanded_in_what_a_record_holds(place, monkeypatch, capsys):
    monkeypatch.setenv("SECRET", "secret")
    content = record()
    content["data"]["source"] = "arrays:$SECRET/x.npz"
    content["data"]["labels"] = "~/$SECRET.csv"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, out, _ = train(capsys, "--workdir=points", "--dry_run")
    data = json.loads(out)["data"]
    assert code == 0 and data["source"] == f"arrays:{place}/$SECRET/x.npz"
    assert data["labels"] == "~/$SECRET.csv"


def test_a_copy_of_a_run_writes_nothing_into_the_places_of_the_original(place, capsys):
    assert train(capsys, "--workdir=points", "--steps=6", f"--tensorboard_dir={place}/tb")[0] == 0
    shutil.copytree("points", "copy")
    before = {path: path.read_bytes() for path in (place / "tb").iterdir()}
    assert train(capsys, "--workdir=copy", "--steps=8")[0] == 0
    assert before == {path: path.read_bytes() for path in (place / "tb").iterdir()}
    assert (place / "copy" / "logs").is_dir()


@pytest.mark.parametrize("written", ["toy:grid", "toy:ring"])
def test_a_run_of_the_first_release_goes_on(tmp_path, capsys, written):
    shutil.copytree(FORMAT_2, tmp_path / "run")
    asked = [f"--workdir={tmp_path}/run", "--steps=6", "--log_every=2", "--jit_compile=off"]
    code, out, error = train(capsys, *asked, f"--data={written}")
    if written == "toy:ring":
        assert code == 2 and "data.source: toy:grid -> toy:ring" in error
        return
    assert code == 0 and f"Resuming {tmp_path}/run at step 4." in out
    steps = [json.loads(line)["step"] for line in (tmp_path / "run" / "metrics.jsonl").open()]
    assert steps == [2, 4, 6]
    model, _ = runs.open_model(f"{tmp_path}/run")
    assert model.steps_done == 6


def test_a_run_of_the_first_release_with_a_relative_path_goes_on(place, capsys):
    content = record()
    del content["flags"], content["history"]
    content["data"]["source"] = "arrays:d/x.npz"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, out, _ = train(capsys, "--workdir=points", "--steps=4")
    assert code == 0 and "Resuming points at step 4." in out
    assert record()["data"]["source"] == f"arrays:{place}/d/x.npz"


def test_a_directory_that_another_process_trains_in_is_refused_and_may_be_read(place, capsys):
    with files.locked("points", "tfgan train"):
        before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        code, _, error = train(capsys, "--workdir=points", "--steps=6")
        assert code == 1 and len(error.splitlines()) == 1
        assert "points is in use by tfgan train, process" in error
        assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        assert train(capsys, "--workdir=points", "--dry_run")[0] == 0
        assert main._run(["sample", "--workdir=points", "--count=1", "--out=a.npz"]) == 0


def test_what_killed_processes_left_is_gone_when_the_run_goes_on(place, capsys):
    (place / "points" / "best").mkdir(exist_ok=True)
    (place / "cache" / "features").mkdir(parents=True)
    (place / "foreign").mkdir()
    (place / "points" / "evaluation").symlink_to(place / "foreign")
    places = ["points", "points/samples", "points/best", "cache", "cache/features"]
    left = [pathlib.Path(files.part_of(f"{each}/a.png")) for each in places]
    kept = [pathlib.Path(files.part_of(f"{each}/a.png")) for each in ("foreign", "cache")]
    for path in left + kept:
        path.write_text("half")
    for path in left:
        os.utime(path, (1e9, 1e9))
    assert train(capsys, "--workdir=points", "--cache_dir=cache")[0] == 0
    assert [path for path in left if path.exists()] == []
    assert [path for path in kept if path.exists()] == kept


def test_metrics_that_are_a_link_are_refused_before_the_first_step(place, capsys):
    metrics = pathlib.Path("points/metrics.jsonl")
    metrics.rename("victim")
    metrics.symlink_to(place / "victim")
    before = (place / "victim").read_bytes()
    code, _, error = train(capsys, "--workdir=points", "--steps=6")
    assert code == 1 and "Traceback" not in error
    assert "points/metrics.jsonl must be a regular file" in error.splitlines()[-1]
    assert (place / "victim").read_bytes() == before


def test_a_limit_on_the_size_of_files_ends_a_run_in_one_sentence(programs, place):
    limited = (
        "import os, resource, signal\n"
        "from tfgan.pipelines import main\n"
        f"os.chdir({str(place)!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        "main.main()\n"
    )
    arguments = ["train", "--workdir=points", "--steps=6"]
    code, _, error = programs.start(*arguments, code=limited).end()
    assert code == 1 and "Traceback" not in error
    assert "cannot be written: " in error and "File too large" in error


def test_of_the_same_command_twice_at_once_one_runs_and_no_line_is_doubled(
    programs, place, tmp_path
):
    command = ["train", *POINTS, f"--data=arrays:{place}/d/x.npz", f"--workdir={tmp_path}/twice"]
    command += ["--steps=20"]
    started = [programs.start(*command) for _ in range(2)]
    ended = sorted(program.end() for program in started)
    if ended[1][0] == 1:  # else the first had ended before the second began
        assert len(ended[1][2].splitlines()) == 1
        assert "twice is in use by tfgan train, process" in ended[1][2]
    assert ended[0][0] == 0, ended[0][2]
    steps = [json.loads(line)["step"] for line in (tmp_path / "twice" / "metrics.jsonl").open()]
    assert steps == list(range(2, 21, 2))


def test_a_batch_that_the_data_cannot_fill_is_made_smaller_and_recorded(place, capsys):
    asked = ["--recipe=mixture", "--width=4", "--depth=1", "--jit_compile=off", "--steps=2"]
    asked += [f"--data=arrays:{place}/d/x.npz", "--workdir=small"]
    code, _, error = train(capsys, *asked)
    assert code == 0
    sentence = f"a batch_size of 256 takes 256 examples in a step, and arrays:{place}/d/x.npz has"
    assert f"batch_size is lowered to 63: {sentence} 63 to train on." in error
    assert record("small")["parameters"]["batch_size"] == 63
    code, out, error = train(capsys, *asked)
    assert code == 0 and "Resuming small at step 2." in out and "batch_size" not in error


def test_a_batch_that_was_asked_for_is_refused_with_the_largest_that_fits(place, capsys):
    asked = ["--recipe=wgan", "--width=4", "--data=arrays:d/images.npz", "--workdir=new"]
    code, _, error = train(capsys, *asked, "--batch_size=8")
    assert code == 2 and len(error.splitlines()) == 1
    assert "A batch_size of 8 takes 40 examples in a step" in error
    assert "has 36 to train on; give --batch_size=7 or less." in error
    assert not pathlib.Path("new").exists()


def test_a_run_whose_checkpoints_are_gone_does_not_begin_again(tmp_path, capsys):
    command = [
        "train", "--recipe=mixture", "--data=toy:ring", f"--workdir={tmp_path}/run", "--width=4",
        "--batch_size=4", "--log_every=1", "--checkpoint_every=1", "--jit_compile=off",
    ]  # fmt: skip
    assert main._run([*command, "--steps=3"]) == 0
    (tmp_path / "run" / "checkpoints").rename(tmp_path / "elsewhere")
    figures = (tmp_path / "run" / "metrics.jsonl").read_bytes()
    assert main._run([*command, "--steps=4"]) == 2
    assert "has the figures of 3 steps and no checkpoint" in capsys.readouterr().err
    assert (tmp_path / "run" / "metrics.jsonl").read_bytes() == figures
    (tmp_path / "elsewhere").rename(tmp_path / "run" / "checkpoints")
    assert main._run([*command, "--steps=4"]) == 0
