"""`tfgan.train` from Python: what `tfgan train` does, bit for bit, and what it refuses."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import failures, files, runs

# Whose rates do not depend on the length of the run.
SMALL = {
    "recipe": "mixture", "data": "toy:ring", "width": 4, "depth": 1, "batch_size": 8,
    "decay_steps": 100, "r1_decay_steps": 100,
}  # fmt: skip
CADENCE = {"log_every": 2, "checkpoint_every": 2, "sample_every": 0, "jit_compile": False}
ON_THE_COMMAND_LINE = [
    "train", "--recipe=mixture", "--data=toy:ring", "--width=4", "--depth=1", "--batch_size=8",
    "--decay_steps=100", "--r1_decay_steps=100", "--log_every=2", "--checkpoint_every=2",
    "--sample_every=0", "--jit_compile=off",
]  # fmt: skip


def train(workdir, **more):
    return tfgan.train(**SMALL, **CADENCE, workdir=workdir, **more)


def state(workdir):
    model, _ = runs.open_model(str(workdir))
    optimizers = [player.optimizer for player in model.players.values()]
    slots = [variable for optimizer in optimizers for variable in optimizer.variables]
    return [np.array(variable) for variable in [*model.variables, *slots]]


def figures(workdir):
    """The lines of metrics.jsonl without what a clock decides."""
    lines = [json.loads(line) for line in (workdir / "metrics.jsonl").open()]
    return [{k: v for k, v in line.items() if k != "images_per_second"} for line in lines]


def assert_equal(one, other):
    for a, b in zip(state(one), state(other), strict=True):
        np.testing.assert_array_equal(a, b)
    assert figures(one) == figures(other)


def test_the_function_and_the_program_leave_the_same_run_bit_for_bit(tmp_path):
    train(tmp_path / "function", steps=6)
    assert main._run([*ON_THE_COMMAND_LINE, "--steps=6", f"--workdir={tmp_path}/program"]) == 0
    assert_equal(tmp_path / "function", tmp_path / "program")
    one, other = (
        json.loads((tmp_path / name / "recipe.json").read_text())
        for name in ("function", "program")
    )
    assert one == other
    names = [
        {path.name for path in (tmp_path / name).iterdir()} for name in ("function", "program")
    ]
    assert names[0] == names[1]


def test_what_the_function_began_the_program_ends_as_if_it_had_begun_it(tmp_path):
    train(tmp_path / "straight", steps=6)
    train(tmp_path / "parts", steps=4)
    assert main._run(["train", f"--workdir={tmp_path}/parts", "--steps=6"]) == 0
    assert_equal(tmp_path / "straight", tmp_path / "parts")


def test_rates_follow_the_schedule_that_a_field_names(tmp_path):
    train(tmp_path / "run", steps=2, learning_rate_schedule="linear:0.5")
    model, record = runs.open_model(str(tmp_path / "run"))
    assert record.parameters["learning_rate_schedule"] == "linear:0.5"
    rates = [float(player.optimizer.learning_rate) for player in model.players.values()]
    assert rates == pytest.approx([1e-3] * 2)


def test_the_directory_alone_goes_on_with_a_run(tmp_path, capsys):
    train(tmp_path, steps=2)
    run = tfgan.train(workdir=tmp_path, steps=4)
    assert f"Resuming {tmp_path} at step 2." in capsys.readouterr().out
    assert run.step == 4 and [line["step"] for line in figures(tmp_path)] == [2, 4]


def test_a_finished_run_is_given_back_as_it_is(tmp_path):
    first = train(tmp_path, steps=2).sample(3)["data"]
    again = tfgan.train(workdir=tmp_path)
    np.testing.assert_array_equal(again.sample(3)["data"], first)


def test_fewer_steps_than_before_are_said(tmp_path, caplog):
    train(tmp_path, steps=3)
    with caplog.at_level("INFO", logger="tfgan"):
        assert tfgan.train(workdir=tmp_path, steps=2).step == 3
    assert "From step 3 on the run is one of 2 steps (was 3)" in caplog.text


@pytest.mark.parametrize("count, augment", [(999, "none"), (1000, "none"), (999, "diffaugment")])
def test_augmentation_is_advised_for_few_images_without_one(tmp_path, capsys, count, augment):
    images = np.zeros((count, 8, 8, 1), np.uint8)
    np.savez(tmp_path / "images.npz", data=images)
    tfgan.train(
        recipe="dcgan", data=f"arrays:{tmp_path}/images.npz", workdir=tmp_path / "run",
        augment=augment, width=2, batch_size=4, steps=1, **CADENCE,
    )  # fmt: skip
    is_advised = "--augment=diffaugment or --augment=ada" in capsys.readouterr().out
    assert is_advised == (count < 1000 and augment == "none")


def test_an_adaptive_augmentation_is_not_advised_for_a_loss_that_refuses_it(tmp_path, capsys):
    np.savez(tmp_path / "images.npz", data=np.zeros((20, 8, 8, 1), np.uint8))
    tfgan.train(
        recipe="r3gan", data=f"arrays:{tmp_path}/images.npz", workdir=tmp_path / "run", width=4,
        max_width=4, group_width=4, latent_dim=2, batch_size=4, steps=1, **CADENCE,
    )  # fmt: skip
    assert "--augment=diffaugment or --augment=ada:p=0.2 may" in capsys.readouterr().out


def test_a_config_and_fields_together_are_the_config_with_these_fields(tmp_path):
    config = tfgan.TrainConfig(
        recipe="mixture", data="toy:ring", parameters={"width": 4, "depth": 1}, **CADENCE
    )
    run = tfgan.train(config, workdir=tmp_path, steps=1, batch_size=8, width=5)
    assert run.record.parameters["width"] == 5 and run.record.parameters["batch_size"] == 8
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.steps = 3


def test_the_run_that_comes_back_samples_as_the_one_that_is_opened(tmp_path):
    run = train(tmp_path, steps=2)
    np.testing.assert_array_equal(
        run.sample(5, seed=3)["data"], tfgan.open_run(tmp_path).sample(5, seed=3)["data"]
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"wdith": 4}, "received 'wdith'. Did you mean 'width'"),
        ({"width": 0}, "width must be a whole number from 1 to 65,536"),
        (
            {"recipe": "mixtur"},
            "recipe must be one of .*; received 'mixtur'. Did you mean 'mixture'",
        ),
        ({"change": {"width": 8}}, "--change is for an existing run"),
        ({"stop_after": 2}, "counts evaluations"),
        ({"data": "arrays:/nowhere.npz"}, "arrays:/nowhere.npz: there is no such file"),
        ({"steps_per_execution": 2, "steps": 3}, "must divide the 3 steps"),
        ({"pack": 3, "batch_size": 8}, "^batch_size must be a multiple of 3, so .*; received 8.$"),
        (
            {"pack": 4, "batch_size": 12, "microbatches": 2},
            "^microbatches must divide the 12 examples .* whole packs of 4; received 2.$",
        ),
        ({"unrolled_steps": 1, "microbatches": 2}, "^microbatches must be 1 with unrolled_steps"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_a_value_error_and_leaves_no_run(tmp_path, fields, sentence):
    with pytest.raises(ValueError, match=sentence):
        tfgan.train(**SMALL | CADENCE | fields, workdir=tmp_path / "run")
    assert not (tmp_path / "run" / "recipe.json").exists()


def test_a_directory_in_use_is_refused(tmp_path):
    with files.locked(str(tmp_path), "tfgan train"), pytest.raises(files.Locked, match="in use by"):
        train(tmp_path, steps=2)


def test_other_values_than_the_run_s_are_refused(tmp_path):
    train(tmp_path, steps=1)
    with pytest.raises(ValueError, match="other values .seed: 0 -> 1"):
        train(tmp_path, steps=1, seed=1)
    with pytest.raises(ValueError, match="data.flip: False -> True"):
        train(tmp_path, steps=1, flip=True)


def test_a_place_that_cannot_be_written_is_a_failure(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(failures.Failure, match="file/run cannot be written"):
        train(tmp_path / "file" / "run", steps=1)


def test_losses_that_are_not_finite_are_a_failure(tmp_path):
    with pytest.raises(failures.Failure, match="a lower learning rate or another loss may help"):
        tfgan.train(
            recipe="lsgan", data="mnist5k", workdir=tmp_path, width=4, latent_dim=4, batch_size=4,
            steps=100, learning_rate=1e18, beta_1=0.0,
        )  # fmt: skip


@pytest.fixture
def obeying():
    """SIGINT is that of a terminal; a job in the background of a shell ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_signal_saves_the_state_and_is_a_keyboard_interrupt(tmp_path, obeying):
    calls = []

    def stops():
        calls.append(1)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt) as caught:
        train(tmp_path, steps=1000, poll_signal=stops)
    assert caught.value.signal == signal.SIGINT
    assert 0 < tfgan.open_run(tmp_path).step < 1000
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_thread_may_train(tmp_path):
    found = []
    thread = threading.Thread(target=lambda: found.append(train(tmp_path, steps=2)))
    thread.start()
    thread.join()
    assert found[0].step == 2


def test_an_evaluation_is_reported_and_its_best_state_opens(tmp_path):
    told = []
    train(
        tmp_path, steps=2, evaluate_every=1, evaluate_count=50, evaluate_metrics=["fd"],
        report=lambda name, value, step: told.append((name, step)),
    )  # fmt: skip
    assert told == [("fd_points", 1), ("fd_points", 2)]
    assert tfgan.open_run(tmp_path, state="best").step in (1, 2)


def test_a_run_is_mirrored_or_not_as_it_was_recorded(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, data=np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8))
    small = {"recipe": "gan", "data": f"arrays:{path}", "batch_size": 4, "jit_compile": False}
    small |= {"generator_width": 4, "discriminator_width": 4}
    tfgan.train(**small, workdir=tmp_path / "straight", steps=4, flip=True)
    tfgan.train(**small, workdir=tmp_path / "parts", steps=2, flip=True)
    record = json.loads((tmp_path / "parts" / "recipe.json").read_text())
    assert record["data"]["flip"] is True and "flip" not in record["flags"]
    tfgan.train(workdir=tmp_path / "parts", steps=4)
    for a, b in zip(state(tmp_path / "straight"), state(tmp_path / "parts"), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_package_offers_them_and_imports_no_tensorflow_before_they_are_asked_for():
    code = (
        "import sys, tfgan\n"
        "assert {'train', 'TrainConfig', 'open_run', 'Run'} <= set(dir(tfgan))\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)\n"
        "assert not hasattr(tfgan, 'trian')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
