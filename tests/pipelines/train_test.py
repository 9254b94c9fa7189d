"""`tfgan train` from flags to a run directory, and what it refuses."""

import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

SMALL = ["--set=width=4", "--set=latent_dim=4", "--batch_size=8"]


@pytest.fixture(scope="module")
def arrays(tmp_path_factory):
    """40 images of 8x8 with labels 0, 1, 2."""
    path = tmp_path_factory.mktemp("data") / "images.npz"
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(path, data=images, label=np.arange(40) % 3)
    return path


@pytest.fixture(scope="module")
def trained(arrays, tmp_path_factory):
    """(workdir, output) of a run of 4 steps."""
    workdir = tmp_path_factory.mktemp("runs") / "run"
    with pytest.MonkeyPatch.context() as patch:
        printed = []
        patch.setattr(
            "builtins.print", lambda *words, **_: printed.append(" ".join(map(str, words)))
        )
        code = main._run(["train", *flags(arrays, workdir)])
    assert code == 0
    return workdir, "\n".join(printed)


def flags(arrays, workdir, *more):
    return [
        f"--data=arrays:{arrays}", f"--workdir={workdir}", "--steps=4", "--log_every=2",
        "--sample_every=2", "--checkpoint_every=2", *SMALL, *more,
    ]  # fmt: skip


def refused(capsys, *argv):
    """The sentence and exit code of a command that is refused."""
    code = main._run(["train", *argv])
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1, err
    return code, err


def test_a_run_leaves_record_checkpoints_logs_samples_and_metrics(trained):
    workdir, _ = trained
    assert {path.name for path in workdir.iterdir()} == {
        "recipe.json", "checkpoints", "logs", "samples", "metrics.jsonl"
    }  # fmt: skip
    record = json.loads((workdir / "recipe.json").read_text())
    assert record["recipe"] == "dcgan"
    assert record["parameters"]["width"] == 4
    assert record["spec"]["shape"] == [8, 8, 1]
    assert record["versions"]["tensorflow"] == tf.__version__
    steps = [json.loads(line)["step"] for line in (workdir / "metrics.jsonl").open()]
    assert steps == [2, 4]
    grids = {path.name for path in (workdir / "samples").iterdir()}
    assert grids == {f"step-{step:08d}.png" for step in (0, 2, 4)}


def test_the_last_lines_name_the_grid_the_run_and_the_next_command(trained):
    workdir, printed = trained
    last = printed.splitlines()[-3:]
    assert f"{workdir}/samples/step-00000004.png" in last[0]
    assert str(workdir) in last[1]
    assert f"tfgan evaluate --workdir={workdir}" in last[2]


def test_a_finished_run_says_how_to_go_on(trained, arrays, capsys):
    workdir, _ = trained
    assert main._run(["train", *flags(arrays, workdir)]) == 0
    assert "is at step 4 already; a larger --steps goes on" in capsys.readouterr().out


def test_more_steps_make_a_run_longer(trained, arrays, capsys):
    workdir, _ = trained
    assert main._run(["train", *flags(arrays, workdir, "--steps=6")]) == 0
    assert f"Resuming {workdir} at step 4." in capsys.readouterr().out
    steps = [json.loads(line)["step"] for line in (workdir / "metrics.jsonl").open()]
    assert steps == [2, 4, 6]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("--seed=1", "seed: 0 -> 1"),
        ("--set=width=8", "parameters.width: 4 -> 8"),
        ("--flip", "data.flip: False -> True"),
        ("--recipe=lsgan", "recipe: dcgan -> lsgan"),
    ],
)
def test_a_run_with_other_values_is_not_resumed(trained, arrays, capsys, change, named):
    workdir, _ = trained
    before = {path: path.read_bytes() for path in workdir.rglob("*") if path.is_file()}
    code, err = refused(capsys, *flags(arrays, workdir, change))
    assert code == 2
    assert f"holds a run with other values ({named})" in err
    assert before == {path: path.read_bytes() for path in workdir.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--recipe=dgcan"], "received 'dgcan'. Did you mean 'dcgan'"),
        (["--data=mnist"], "received 'mnist'. Did you mean 'mnist5k'?"),
        (["--data=images:/nowhere"], "images:/nowhere: there is no such folder"),
        (["--data=arrays:/nowhere.npz"], "arrays:/nowhere.npz: there is no such file"),
        (
            ["--set=wdith=4"],
            "received 'wdith'. Did you mean 'width'",
        ),
        (["--set=width=wide"], "Recipe dcgan: width must be a whole number from 1 to 65,536"),
        (["--batch_size=37"], "has 36 to train on; give --batch_size=36 or less"),
        (["--image_size=50"], "received shape (50, 50, 1), to which --image_size=48 is nearest"),
        (["--image_size=big"], "--image_size takes 32 or 48x64"),
        (["--data=toy:ring", "--recipe=dcgan"], "received shape (2,)"),
    ],
    ids=str,
)
def test_bad_input_gets_one_sentence_and_leaves_no_run(
    arrays, tmp_path, capsys, arguments, sentence
):
    code, err = refused(capsys, *flags(arrays, tmp_path / "run", *arguments))
    assert code == 2
    assert sentence in err
    assert not (tmp_path / "run").exists()


def test_labels_out_of_range_are_named_by_row(tmp_path, capsys):
    np.savez(tmp_path / "a.npz", data=np.zeros((9, 8, 8), np.uint8), label=[0, 1, -2] * 3)
    code, err = refused(capsys, *flags(tmp_path / "a.npz", tmp_path / "run"))
    assert code == 2
    assert "row 2 has -2" in err


def test_arrays_of_objects_are_never_loaded(tmp_path, capsys):
    np.savez(tmp_path / "a.npz", data=np.array([print], object))
    code, err = refused(capsys, *flags(tmp_path / "a.npz", tmp_path / "run"))
    assert code == 2
    assert "holds Python objects, which are never loaded" in err


def test_a_conditional_recipe_needs_labels(tmp_path, capsys):
    np.savez(tmp_path / "a.npz", data=np.zeros((9, 8, 8), np.uint8))
    arguments = flags(tmp_path / "a.npz", tmp_path / "run", "--recipe=cgan")
    code, err = refused(capsys, *arguments)
    assert (code, err) == (2, "tfgan train: cgan needs labels; the data has none.\n")


def test_a_work_directory_that_cannot_be_written_is_refused(arrays, tmp_path, capsys):
    (tmp_path / "file").write_text("not a directory")
    code, err = refused(capsys, *flags(arrays, tmp_path / "file" / "run"))
    assert code == 1
    assert f"{tmp_path}/file/run cannot be written" in err


def test_data_that_prove_broken_in_the_middle_of_a_run_end_it_with_one_sentence(tmp_path, capsys):
    with tf.io.TFRecordWriter(f"{tmp_path}/a.tfrecord") as writer:
        for side in [8] * 30 + [12]:  # opening looks at the first record of a file only
            image = tf.io.encode_png(np.zeros((side, side, 1), np.uint8)).numpy()
            value = tf.train.Feature(bytes_list=tf.train.BytesList(value=[image]))
            features = tf.train.Features(feature={"image": value})
            writer.write(tf.train.Example(features=features).SerializeToString())
    arguments = flags("", tmp_path / "run", f"--data=tfrecord:{tmp_path}/a.tfrecord", "--steps=20")
    code, err = refused(capsys, *arguments)
    assert code == 1
    assert "The images have several sizes; give --image_size and --channels." in err


def test_a_disk_that_fills_up_ends_the_run_with_one_sentence(arrays, tmp_path, capsys, monkeypatch):
    def full(self):
        raise tf.errors.ResourceExhaustedError(None, None, "step-2; No space left on device")

    monkeypatch.setattr("tfgan.runs.Checkpoints.save", full)
    code, err = refused(capsys, *flags(arrays, tmp_path / "run"))
    assert (code, err) == (
        1,
        f"tfgan train: {tmp_path}/run cannot be written: step-2; No space left on device\n",
    )


def test_a_damaged_record_is_refused(arrays, tmp_path, capsys):
    (tmp_path / "recipe.json").write_text('{"recipe": "dcg')
    code, err = refused(capsys, *flags(arrays, tmp_path))
    assert code == 2
    assert "recipe.json is not the record of a tfgan run" in err


def test_a_diverging_run_stops_with_the_figures_and_keeps_its_last_checkpoint(
    arrays, tmp_path, capsys
):
    arguments = flags(arrays, tmp_path / "run", "--recipe=lsgan", "--steps=200")
    code, err = refused(capsys, *arguments, "--set=learning_rate=1e18", "--set=beta_1=0")
    assert code == 1
    assert "finite at step" in err
    assert "a lower learning rate or another loss may help" in err


def test_a_dry_run_prints_every_resolved_value_and_touches_nothing(arrays, tmp_path, capsys):
    code = main._run(["train", *flags(arrays, tmp_path / "run", "--dry_run=recipe")])
    plan = json.loads(capsys.readouterr().out)
    assert code == 0
    assert plan["parameters"]["width"] == 4
    assert plan["steps"] == 4
    assert not (tmp_path / "run").exists()


def test_gradient_norms_are_logged_on_request(arrays, tmp_path):
    assert main._run(["train", *flags(arrays, tmp_path / "run", "--gradient_norms")]) == 0
    record = json.loads((tmp_path / "run" / "metrics.jsonl").open().readline())
    assert record["d_gradient_norm"] > 0
    assert record["g_gradient_norm"] > 0


def test_tiny_images_are_evaluated_while_they_are_trained_on(tmp_path, capsys):
    random = np.random.default_rng(0)
    np.savez(tmp_path / "a.npz", data=random.integers(0, 256, (40, 4, 4, 1), np.uint8))
    settings = ["--set=generator_width=8", "--set=discriminator_width=10", "--batch_size=4"]
    command = ["train", "--recipe=gan", f"--data=arrays:{tmp_path}/a.npz", "--steps=1", *settings]
    assert main._run([*command, f"--workdir={tmp_path}/run", "--evaluate_every=1"]) == 0
    assert "parzen_nats" in capsys.readouterr().out


def test_a_tensorboard_directory_that_cannot_be_written_is_refused_in_one_sentence(
    tmp_path, capsys
):
    (tmp_path / "file").write_text("a file, and not a directory")
    settings = ["--set=width=8", "--set=depth=1", "--batch_size=4", "--steps=1"]
    command = ["train", "--recipe=mixture", f"--workdir={tmp_path}/run", *settings]
    assert main._run([*command, f"--tensorboard_dir={tmp_path}/file/logs"]) == 1
    [sentence] = capsys.readouterr().err.splitlines()
    assert f"{tmp_path}/file/logs cannot be written: " in sentence
