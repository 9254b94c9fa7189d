"""What is decided about labels and the held-out part, in the words and files that a user sees."""

import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import data
from tfgan.data import reading_rules
from tfgan.data.sources import by_name
from tfgan.runs import run_data


def photos(folder, **counts):
    """Images of 8 x 8 pixels in folders; an underscore in the name of a folder is a slash."""
    for name, count in counts.items():
        place = folder / name.replace("_", "/")
        place.mkdir(parents=True)
        for index in range(count):
            image = np.full((8, 8, 1), index, np.uint8)
            (place / f"{index}.png").write_bytes(tf.io.encode_png(image).numpy())
    return folder


def train(workdir, folder, *more):
    return main._run(
        ["train", "--recipe=cgan", f"--data=images:{folder}", f"--workdir={workdir}", "--steps=1",
         "--set=width=4", "--set=latent_dim=4", "--batch_size=4", "--jit_compile=off", *more]
    )  # fmt: skip


def recorded(workdir):
    return json.loads((workdir / "recipe.json").read_text())


@pytest.fixture
def of_before(monkeypatch):
    """Function: what a release did that recorded no decisions."""

    def call(function, *arguments):
        with monkeypatch.context() as patch:
            patch.setattr(run_data, "rules_of", lambda record: reading_rules.BEFORE)
            patch.setattr(by_name, "_rules", lambda folder: reading_rules.BEFORE)
            return function(*arguments)

    return call


def test_what_is_decided_is_said_and_recorded_and_a_run_resumes_with_it(tmp_path, caplog):
    caplog.set_level("INFO")
    folder = photos(tmp_path / "in", bird=1, cat=60, dog=60)
    (folder / "stray.png").write_bytes((folder / "cat" / "1.png").read_bytes())
    assert train(tmp_path / "run", folder) == 0
    lines = [line for line in caplog.records if line.name.startswith("tfgan.data")]
    said = [line.getMessage().partition(": ")[2] for line in lines]
    assert said == [
        "3 classes: bird (1), cat (60), dog (60) (one per folder).",
        "1 image is left out (stray.png), outside the folders of the classes; --labels=none uses "
        "all, without labels.",
        "held out is one example in ten of each class.",
    ]
    decided = {"labels": "folders", "left_out": 1, "held_out": "each class"}
    assert recorded(tmp_path / "run")["data"]["decided"] == decided
    assert train(tmp_path / "run", folder, "--steps=2") == 0
    assert main._run(["evaluate", f"--workdir={tmp_path}/run", "--metrics=swd", "--count=8"]) == 0


def test_a_run_of_before_goes_on_with_the_labels_that_it_had(tmp_path, of_before, capsys):
    folder = photos(tmp_path / "in", **{str(number): 4 for number in range(12)})
    workdir = tmp_path / "run"
    assert of_before(train, workdir, folder) == 0
    old = recorded(workdir)
    assert "decided" not in old["data"] and old["spec"]["class_names"][2] == "10"
    assert train(workdir, folder, "--steps=2") == 0
    assert f"Resuming {workdir} at step 1" in capsys.readouterr().out
    assert {**recorded(workdir), "flags": old["flags"], "history": []} == old
    assert main._run(["evaluate", f"--workdir={workdir}", "--metrics=swd", "--count=8"]) == 0
    assert train(tmp_path / "new", folder) == 0
    assert recorded(tmp_path / "new")["spec"]["class_names"][2] == "2"


def test_a_set_of_before_is_gone_on_with_and_a_new_one_records_what_is_decided(
    tmp_path, of_before, capsys
):
    folder = photos(tmp_path / "in", **{str(number): 4 for number in range(12)})

    def prepare(out):
        return main._run(["prepare", f"--data=images:{folder}", f"--out={tmp_path}/{out}"])

    assert of_before(prepare, "old") == prepare("old") == 0
    assert "old is finished already" in capsys.readouterr().out
    assert prepare("new") == prepare("new") == 0
    made_from = json.loads((tmp_path / "new" / "index.json").read_text())["made_from"]
    assert made_from["decided"] == {"labels": "folders", "held_out": "each class"}
    names = [
        data.open_source(f"tfrecord:{tmp_path}/{out}").spec.class_names for out in ("old", "new")
    ]
    assert (names[0][2], names[1][2]) == ("10", "2")


def test_the_splits_of_a_folder_are_trained_on_and_held_out(tmp_path):
    folder = photos(tmp_path / "in", train_cat=6, train_dog=6, val_cat=2, val_dog=1)
    assert train(tmp_path / "run", folder) == 0
    record = recorded(tmp_path / "run")
    assert record["spec"]["class_names"] == ["cat", "dog"]
    assert record["data"]["decided"]["held_out"] == "val"


def test_labels_of_a_file_are_part_of_what_a_run_is(tmp_path, capsys):
    folder = photos(tmp_path / "in", all=12)
    table = tmp_path / "labels.csv"
    table.write_text("file,label\n" + "".join(f"all/{n}.png,{'ab'[n % 2]}\n" for n in range(12)))
    command = (tmp_path / "run", folder, f"--labels={table}")
    assert train(*command) == 0
    assert recorded(tmp_path / "run")["spec"]["class_names"] == ["a", "b"]
    assert train(*command, "--steps=2") == 0
    assert main._run(["evaluate", f"--workdir={tmp_path}/run", "--metrics=swd", "--count=8"]) == 0
    table.write_text(table.read_text().replace("0.png,a", "0.png,b"))
    assert train(*command, "--steps=3") == 2
    assert "data.fingerprint" in capsys.readouterr().err


def test_a_parameter_called_labels_is_no_file_of_labels(tmp_path, capsys):
    command = [
        "train",
        "--recipe=aae",
        "--set=prior=mixture",
        "--set=labels=true",
        "--dry_run=recipe",
    ]
    assert main._run(command) == 0
    assert json.loads(capsys.readouterr().out)["parameters"]["labels"] is True


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        ("--labels=nowhere.csv", "--labels: there is no file nowhere.csv"),
        (
            "--labels=folders",
            "--labels=folders needs two or more folders with images, one per class",
        ),
        ("--labels=none", "cgan needs labels"),
    ],
)
def test_labels_that_are_not_there_are_refused(tmp_path, capsys, flag, sentence):
    assert train(tmp_path / "run", photos(tmp_path / "in", all=12), flag) == 2
    assert sentence in capsys.readouterr().err and not (tmp_path / "run").exists()


@pytest.mark.parametrize("kind", ["pairs", "unpaired"])
def test_a_run_keeps_the_order_of_its_domains(tmp_path, kind):
    folder = photos(tmp_path / "in", a=12, B=12)
    before = data.open_source(f"{kind}:{folder}", rules=reading_rules.CAPITALS_FIRST)
    record = run_data.to_record(f"{kind}:{folder}") | {"decided": before.decisions}
    assert before.decisions["domains"] == "B, a"
    assert run_data.open_source(record).fingerprint == before.fingerprint
    today = data.open_source(f"{kind}:{folder}")
    assert today.decisions["domains"] == "a, B" and today.fingerprint != before.fingerprint
    record = run_data.to_record(f"{kind}:{folder}") | {"decided": today.decisions}
    assert run_data.open_source(record).fingerprint == today.fingerprint
