"""A run's directory: what its record may not decide, and who writes there."""

import json
import os
import pathlib
import shutil

import pytest
from tfgan.pipelines import main

from tfgan import files
from tfgan.files import names

from .commands import POINTS, record, train


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
    code, out, _ = train(capsys, "--workdir=points", "--dry_run=recipe")
    assert code == 0 and json.loads(out)["flags"]["extractor"] == "points"


def test_nothing_is_expanded_in_what_a_record_holds(place, monkeypatch, capsys):
    monkeypatch.setenv("SECRET", "secret")
    content = record()
    content["data"]["source"] = "arrays:$SECRET/x.npz"
    content["data"]["labels"] = "~/$SECRET.csv"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, out, _ = train(capsys, "--workdir=points", "--dry_run=recipe")
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


def test_a_directory_that_another_process_trains_in_is_refused_and_may_be_read(place, capsys):
    with files.locked("points", "tfgan train"):
        before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        code, _, error = train(capsys, "--workdir=points", "--steps=6")
        assert code == 1 and len(error.splitlines()) == 1
        assert "points is in use by tfgan train, process" in error
        assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        assert train(capsys, "--workdir=points", "--dry_run=recipe")[0] == 0
        assert main._run(["sample", "--workdir=points", "--count=1", "--out=a.npz"]) == 0


def test_what_killed_processes_left_is_gone_when_the_run_goes_on(place, capsys):
    (place / "points" / "best").mkdir(exist_ok=True)
    (place / "cache" / "features").mkdir(parents=True)
    (place / "foreign").mkdir()
    (place / "points" / "evaluation").symlink_to(place / "foreign")
    places = ["points", "points/samples", "points/best", "cache", "cache/features"]
    left = [pathlib.Path(names.part_of(f"{each}/a.png")) for each in places]
    kept = [pathlib.Path(names.part_of(f"{each}/a.png")) for each in ("foreign", "cache")]
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
