"""What a terminal shows of `tfgan train`, whatever its width, and what a pipe receives."""

import fcntl
import os
import pty
import re
import struct
import termios
import threading

import numpy as np
import pytest


@pytest.fixture(scope="module")
def arrays(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "images.npz"
    np.savez(path, data=np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8))
    return path


def command(arrays, workdir, steps):
    return [
        "train", f"--data=arrays:{arrays}", f"--workdir={workdir}", f"--steps={steps}",
        "--set=width=2", "--set=latent_dim=2", "--batch_size=4", "--log_every=10",
    ]  # fmt: skip


def shown(programs, columns, arguments, **environment):
    """What a program writes to a terminal of so many columns: str."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    received = []

    def read():
        try:
            while part := os.read(master, 65536):
                received.append(part)
        except OSError:  # nobody has the terminal open any more
            pass

    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    program = programs.start(
        *arguments,
        environment=inherited | {"TERM": "xterm-256color"} | environment,
        terminal=os.ttyname(slave),
    )
    reader = threading.Thread(target=read)
    reader.start()
    code = program.wait()
    os.close(slave)
    reader.join()
    os.close(master)
    said = b"".join(received).decode()
    assert code == 0, said
    return said


def bars(said):
    """Every drawing of the bar."""
    return [each for each in re.split(r"[\r\n]+", said) if re.match(r"\d+/\d+ \|", each)]


def test_the_bar_fits_80_and_40_columns_and_goes_on_where_the_run_was(programs, arrays, tmp_path):
    begun = shown(programs, 80, command(arrays, tmp_path / "run", 20), NO_COLOR="1")
    assert "\x1b" not in begun  # nothing is colored
    resumed = shown(programs, 40, command(arrays, tmp_path / "run", 50))
    for said, columns, first, last in (
        (begun, 80, "0/20", "20/20"),
        (resumed, 40, "20/50", "50/50"),
    ):
        drawn = bars(said)
        assert drawn[0].startswith(f"{first} |")
        assert drawn[-1].startswith(f"{last} |")
        assert all(len(each) <= columns for each in drawn)
        # A line feed ends the last drawing, and no other.
        assert re.findall(r"(\d+/\d+) \|[^\r\n]*\r*\n", said) == [last]
        assert "left" in drawn[-1]
    assert re.search(
        r"left, [\d,]+ img/s, d_loss [\d.]+, g_loss [\d.]+, 0\.1 kimg", bars(begun)[-1]
    )


def test_a_dumb_terminal_gets_lines(programs, arrays, tmp_path):
    said = shown(programs, 80, command(arrays, tmp_path / "run", 20), TERM="dumb")
    assert bars(said) == []
    assert re.findall(r"^step (\d+/20) d_", said, re.MULTILINE) == ["10/20", "20/20"]


@pytest.fixture(scope="module")
def piped(programs, arrays, tmp_path_factory):
    """What a pipe receives of a run whose directory has an odd name: (the directory, str)."""
    run = tmp_path_factory.mktemp("runs") / "my run; rm *"
    code, out, err = programs.start(*command(arrays, run, 20)).end()
    assert (code, err) == (0, "")
    return run, out


def test_a_pipe_gets_lines_of_text_and_nothing_else(piped):
    _, out = piped
    assert "\r" not in out and "\x1b" not in out
    assert re.findall(r"^step (\d+/20) d_", out, re.MULTILINE) == ["10/20", "20/20"]


def test_the_next_command_can_be_pasted_into_a_shell(piped):
    run, out = piped
    assert f"Next:       tfgan evaluate '--workdir={run}'" in out
    assert f"TensorBoard: tensorboard '--logdir={run}/logs'" in out
