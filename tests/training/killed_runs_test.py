"""A run that was killed and run again equals, bit for bit, the run that was not."""

import random
import signal
import time

import numpy as np
import pytest
import tensorflow as tf

STEPS = 200


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A small set of images in a file: 300 examples, so that 200 steps are several epochs."""
    path = tmp_path_factory.mktemp("data") / "images.npz"
    images = np.random.default_rng(0).integers(0, 256, (300, 8, 8, 1), np.uint8)
    np.savez(path, data=images)
    return path


def command(recipe, data, workdir, *more):
    return [
        "train", *(flag.replace("FILE", str(data)) for flag in recipe), f"--workdir={workdir}",
        f"--steps={STEPS}", "--batch_size=8", "--set=width=4", "--checkpoint_every=20",
        "--log_every=10", *more,
    ]  # fmt: skip


def state(workdir):
    """Every value in the last checkpoint of a run: weights, averages, optimizer slots, step."""
    path = tf.train.latest_checkpoint(f"{workdir}/checkpoints")
    assert path.endswith(f"step-{STEPS}")
    reader = tf.train.load_checkpoint(path)
    return {
        name: reader.get_tensor(name)
        for name in reader.get_variable_to_shape_map()
        if name not in ("_CHECKPOINTABLE_OBJECT_GRAPH", "save_counter/.ATTRIBUTES/VARIABLE_VALUE")
    }


def steps_saved(workdir):
    names = [path.stem for path in (workdir / "checkpoints").glob("step-*.index")]
    return max((int(name.split("-")[1]) for name in names), default=0)


def run_to_the_end(programs, arguments):
    code, _, error = programs.start(*arguments).end()
    assert code == 0, error


# `tfgan` that a thread of its own kills: a busy machine that stops the one stops the other.
KILLED = """
import os, pathlib, signal, threading, time
from tfgan.pipelines import main

def watch():
    while not pathlib.Path({checkpoint!r}).exists():
        time.sleep(0.005)
    time.sleep({delay})
    os.kill(os.getpid(), signal.SIGKILL)

threading.Thread(target=watch, daemon=True).start()
main.main()
"""


def kill_at_an_arbitrary_moment(programs, arguments, workdir, after):
    """Starts a run and kills it -9 at a random moment after step `after` has been saved."""
    checkpoint = str(workdir / "checkpoints" / f"step-{after}.index")
    code = KILLED.format(checkpoint=checkpoint, delay=random.uniform(0.0, 0.15))
    ended, _, error = programs.start(*arguments, code=code).end()
    assert ended == -signal.SIGKILL, error


DCGAN = ["--recipe=dcgan", "--set=latent_dim=4", "--data=arrays:FILE"]
WGAN_GP = ["--recipe=wgan_gp", "--set=discriminator_steps=2", *DCGAN[1:]]
PIX2PIX = [
    "--recipe=pix2pix", "--set=depth=3", "--set=discriminator_width=4",
    "--set=discriminator_layers=1", "--set=average_half_life=100", "--jitter", "--flip",
    "--data=edges:arrays:FILE",
]  # fmt: skip


@pytest.mark.parametrize(
    "recipe",
    [DCGAN, *(pytest.param(each, marks=pytest.mark.slow) for each in (WGAN_GP, PIX2PIX))],
    ids=lambda recipe: recipe[0],
)
def test_a_run_killed_twice_ends_bit_equal_to_one_that_was_not(programs, recipe, data, tmp_path):
    straight, killed = tmp_path / "straight", tmp_path / "killed"
    run_to_the_end(programs, command(recipe, data, straight))
    kill_at_an_arbitrary_moment(programs, command(recipe, data, killed), killed, after=20)
    first = steps_saved(killed)
    kill_at_an_arbitrary_moment(programs, command(recipe, data, killed), killed, after=first + 20)
    assert steps_saved(killed) < STEPS, "killed too late to prove anything"
    run_to_the_end(programs, command(recipe, data, killed))
    wanted, got = state(straight), state(killed)
    assert wanted.keys() == got.keys()
    assert any("optimizer" in name for name in wanted)
    assert any("average" in name for name in wanted)
    for name, value in wanted.items():
        np.testing.assert_array_equal(value, got[name], err_msg=name)


def test_sigterm_saves_the_step_it_came_at_and_exits_143(programs, data, tmp_path):
    arguments = command(DCGAN, data, tmp_path / "run", "--checkpoint_every=1000000")
    process = programs.start(*arguments, "--steps=1000000")
    while "\nstep " not in process.out.read_text():
        assert process.poll() is None, "the run ended before it could be told to"
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 143
    assert steps_saved(tmp_path / "run") >= 10
