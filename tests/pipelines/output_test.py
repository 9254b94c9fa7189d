"""A reader that has gone, or a full disk under a log, never decides over a run."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from tfgan.pipelines import output

# A program that says something first, in a pipe whose reader has gone.
WITHOUT_READER = (
    "import os\n"
    "reading, writing = os.pipe()\n"
    "os.dup2(writing, 1), os.dup2(writing, 2), os.close(writing), os.close(reading)\n"
    "from tfgan.pipelines import main\n"
    "main.main()\n"
)
STEPS = 10**6  # never reached


@pytest.fixture(scope="module")
def arrays(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "images.npz"
    np.savez(path, data=np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8))
    return path


def command(arrays, workdir):
    return [
        "train", f"--data=arrays:{arrays}", f"--workdir={workdir}", f"--steps={STEPS}",
        "--set=width=2", "--set=latent_dim=2", "--batch_size=4", "--log_every=5",
    ]  # fmt: skip


def checkpoints(workdir):
    return [path.stem for path in (workdir / "checkpoints").glob("step-*.index")]


def test_a_training_that_nobody_reads_saves_and_ends_with_141(programs, arrays, tmp_path):
    """As `tfgan train 2>&1 | head -1`."""
    run = tmp_path / "run"
    assert programs.start(*command(arrays, run), code=WITHOUT_READER).wait() == 141
    assert checkpoints(run) == ["step-1"]


def test_ctrl_c_that_takes_the_reader_first_saves_and_ends_with_141(programs, arrays, tmp_path):
    """As Ctrl-C on `tfgan train 2>&1 | tee log`: the message about the signal has no reader."""
    run = tmp_path / "run"
    code = (
        "import keras, os, signal\n"
        "reading, writing = os.pipe()\n"
        "os.dup2(writing, 1), os.dup2(writing, 2), os.close(writing)\n"
        "from tfgan.training import callbacks\n"
        "begin = callbacks.Interruption.on_train_begin\n"
        "def interrupted(self, logs=None):\n"
        "    begin(self, logs)\n"
        "    os.close(reading)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "callbacks.Interruption.on_train_begin = interrupted\n"
        "from tfgan.pipelines import main\n"
        "main.main()\n"
    )
    assert programs.start(*command(arrays, run), code=code).wait() == 141
    assert checkpoints(run) == ["step-1"]


@pytest.mark.parametrize(
    ("code", "met", "ends_with"),
    [
        (0, [], 0),
        (0, [BrokenPipeError()], 141),
        (130, [BrokenPipeError()], 141),
        (1, [BrokenPipeError()], 1),
        (2, [BrokenPipeError()], 2),
        (0, [OSError(28, "No space left on device")], 1),
        (143, [OSError(28, "No space left on device")], 143),
    ],
)
def test_the_exit_code_tells_what_became_of_the_words(monkeypatch, code, met, ends_with):
    monkeypatch.setattr(output, "_errors", met)
    assert output.exit_code(code) == ends_with


def test_a_log_on_a_full_disk_is_one_sentence_in_the_end():
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tfgan", "recipes"], stdout=full, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "tfgan: The output cannot be written: No space left on device.\n"


def test_the_streams_of_a_test_or_a_notebook_are_left_alone(capsys):
    before = sys.stdout, sys.stderr
    with output.recording_errors():
        assert (sys.stdout, sys.stderr) == before
        assert not output.is_recording_errors()
    assert signal.SIGPIPE == 13 and output.stop_signal() is None
