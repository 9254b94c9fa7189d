"""Two processes train one model by `tfgan train --strategy=multi_worker`, and take what comes."""

import json
import os
import re
import signal
import socket
import time

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

STEPS = 30
TIMEOUT = 240  # seconds, for a job to reach a step on a busy machine
# Of TensorFlow's C++ part, and of a worker that came first.
NOTES = re.compile(r"[IWE]\d{4} |WARNING: All log messages before absl|INFO: Waiting for worker")
# Runs `tfgan train` and leaves the weights that this process ended with, of whatever role it was.
PROGRAM = """
import sys
import tfgan.distribution.meetings.waiting
import numpy as np
from tfgan import runs
from tfgan.pipelines import main

tfgan.distribution.meetings.waiting._QUIET = 0.2  # seconds of waiting before a word of it
built = []
build = runs.Record.build
runs.Record.build = lambda record: built.append(build(record)) or built[-1]
code = main._run(sys.argv[2:])
if built:
    np.savez(sys.argv[1], *built[-1].get_weights(), step=built[-1].steps_done)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the data lie, 50 labelled images, and the runs."""
    path = tmp_path_factory.mktemp("job")
    images = np.random.default_rng(0).integers(0, 256, (50, 8, 8, 1), np.uint8)
    np.savez(path / "images.npz", data=images)
    return path


def flags(folder, run, *more):
    return [
        "train", f"--data=arrays:{folder}/images.npz", f"--workdir={folder}/{run}", "--flip",
        f"--steps={STEPS}", "--batch_size=8", "--set=width=4", "--set=latent_dim=4",
        "--set=discriminator_steps=2", "--log_every=5", "--sample_every=15",
        "--checkpoint_every=10", "--evaluate_every=15", "--evaluate_metrics=swd",
        "--evaluate_count=100", *more,
    ]  # fmt: skip


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Job:
    """Two workers, started together; none outlives the `with` block.

    Args:
      programs: `programs.Programs`.
      folder: path, where the weights go.
      arguments: list of str, of both workers.
      more: lists of str by index, of one of them; only these are started. By default both are.
    """

    def __init__(self, programs, folder, arguments, more=None):
        hosts = [f"127.0.0.1:{port}" for port in free_ports(2)]
        self.folder, self.workers = folder, []
        for index, own in (more or {0: [], 1: []}).items():
            config = {"cluster": {"worker": hosts}, "task": {"type": "worker", "index": index}}
            self.workers.append(
                programs.start(
                    f"{folder}/worker-{index}.npz",
                    *arguments,
                    *own,
                    code=PROGRAM,
                    environment={**os.environ, "TF_CONFIG": json.dumps(config)},
                )
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def end(self):
        """[(exit code, standard output, standard error) of each worker]."""
        return [worker.end() for worker in self.workers]

    def weights(self, index):
        """The weights that a worker ended with, and its step: dict of arrays."""
        with np.load(f"{self.folder}/worker-{index}.npz") as file:
            return dict(file)


def wait_for_step(workdir, step):
    """Waits until a run has logged a step."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if (workdir / "metrics.jsonl").exists():
            lines = (workdir / "metrics.jsonl").read_text().splitlines()
            if lines and json.loads(lines[-1])["step"] >= step:
                return
        time.sleep(0.02)
    raise AssertionError(f"step {step} was never reached")


def records(workdir):
    """The lines of metrics.jsonl."""
    return [json.loads(line) for line in (workdir / "metrics.jsonl").open()]


def state(workdir, step=STEPS):
    """Every value in the checkpoint of a step."""
    reader = tf.train.load_checkpoint(f"{workdir}/checkpoints/step-{step}")
    return {
        name: reader.get_tensor(name)
        for name in reader.get_variable_to_shape_map()
        if not name.startswith(("_CHECKPOINTABLE_OBJECT_GRAPH", "save_counter/", "identity/"))
    }


@pytest.fixture(scope="module")
def straight(programs, folder):
    """A job that nothing happened to: what each worker said, and the weights each ended with."""
    with Job(programs, folder, flags(folder, "straight", "--strategy=multi_worker")) as job:
        return job.end(), [job.weights(index) for index in range(2)]


def test_two_workers_end_with_one_model(straight):
    said, weights = straight
    assert [code for code, *_ in said] == [0, 0], said
    assert weights[0].keys() == weights[1].keys() and len(weights[0]) > 20
    for name, value in weights[0].items():
        np.testing.assert_array_equal(value, weights[1][name], err_msg=name)
    assert weights[0]["step"] == STEPS


def test_only_the_chief_prints_and_writes(straight, folder):
    (_, chief, _), (_, other, error) = straight[0]
    assert "on 2 devices" in chief and f"step {STEPS}/{STEPS}" in chief
    ours = [line for line in error.splitlines() if not NOTES.match(line)]
    assert other == "" and ours == []
    run = folder / "straight"
    assert len(list((run / "logs").iterdir())) == 1
    grids = {path.name for path in (run / "samples").iterdir()}
    assert grids == {f"step-{step:08d}.png" for step in (0, 15, 30)}
    steps = [record["step"] for record in records(run) if "metric" not in record]
    assert steps == list(range(5, STEPS + 1, 5))


@pytest.fixture(scope="module")
def alone(folder):
    """The directory of the same run in one process."""
    assert main._run(flags(folder, "alone")) == 0
    return folder / "alone"


def test_two_workers_take_the_steps_of_one_process(straight, alone, folder):
    wanted, got = state(alone), state(folder / "straight")
    assert wanted.keys() == got.keys()
    for name, value in wanted.items():
        # Sums over 8 examples in another order, for 30 steps of Adam.
        np.testing.assert_allclose(got[name], value, atol=1e-5, rtol=1e-5, err_msg=name)


def test_the_chief_evaluates_as_one_process_does(straight, alone, folder):
    found = [
        [record["value"] for record in records(run) if record.get("metric") == "swd"]
        for run in (folder / "straight", alone)
    ]
    assert len(found[0]) == 2
    # A pixel that rounding moves by 1 of 255 moves the distance a little.
    np.testing.assert_allclose(*found, rtol=1e-3)


def test_a_job_that_was_ended_and_lost_a_worker_ends_as_one_that_was_not(
    programs, straight, folder
):
    run, arguments = folder / "eventful", flags(folder, "eventful", "--strategy=multi_worker")
    with Job(programs, folder, arguments) as job:
        wait_for_step(run, 5)
        job.workers[1].send_signal(signal.SIGTERM)
        said = job.end()
        assert [code for code, *_ in said] == [143, 143], said
        steps = [int(job.weights(index)["step"]) for index in range(2)]
    assert steps[0] == steps[1] < STEPS
    check_equal(run, folder / "straight", steps[0])

    with Job(programs, folder, arguments) as job:
        wait_for_step(run, steps[0] + 5)
        job.workers[1].kill()
        said = job.end()
    assert [code for code, *_ in said] == [1, -signal.SIGKILL], said
    assert f"Resuming {run} at step {steps[0]}." in said[0][1]
    sentence = said[0][2].splitlines()[-1]
    assert sentence.startswith("tfgan train: Lost worker 1: it has ended"), said

    with Job(programs, folder, arguments) as job:
        said = job.end()
        assert [code for code, *_ in said] == [0, 0], said
        for name, value in job.weights(0).items():
            np.testing.assert_array_equal(value, job.weights(1)[name], err_msg=name)
    check_equal(run, folder / "straight", STEPS)


def check_equal(run, other, step):
    """Checks that two runs were in the same state after a step."""
    wanted, got = state(other, step), state(run, step)
    assert wanted.keys() == got.keys()
    for name, value in wanted.items():
        # Mostly equal to the last bit; the sums of busy workers now and then differ in it.
        np.testing.assert_allclose(got[name], value, atol=1e-6, rtol=1e-6, err_msg=name)


def alone_in_a_job(programs, folder, index, *more):
    """A worker whose peer does not come, once it has said so."""
    job = Job(programs, folder, flags(folder, "waiting"), {index: more})
    deadline = time.monotonic() + TIMEOUT
    while "Waiting for" not in job.workers[0].err.read_text():
        assert job.workers[0].poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    return job


@pytest.mark.parametrize(
    ("index", "number", "code"), [(0, signal.SIGINT, 130), (1, signal.SIGTERM, -signal.SIGTERM)]
)
def test_a_worker_whose_peer_does_not_come_says_so_and_obeys_signals(
    programs, folder, index, number, code
):
    with alone_in_a_job(programs, folder, index) as job:
        job.workers[0].send_signal(number)
        ended, _, error = job.end()[0]
    assert ended == code
    waiting = error.splitlines()[0]
    assert waiting.startswith(f"INFO: Waiting for worker {1 - index} (127.0.0.1:")
    assert waiting.endswith("s at most (--join_timeout).")


def test_a_peer_that_does_not_come_is_given_up(programs, folder):
    with alone_in_a_job(programs, folder, 0, "--join_timeout=1") as job:
        code, _, error = job.end()[0]
    assert code == 1
    assert error.splitlines()[-1].startswith(
        "tfgan train: Waited 1 s (--join_timeout) in vain for worker 1 (127.0.0.1:"
    )
    assert not (folder / "waiting" / "recipe.json").exists()


def test_workers_with_other_flags_are_refused_before_a_model_is_built(programs, folder):
    own = {0: [], 1: ["--width=8", "--checkpoint_every=5", "--steps_per_execution=2"]}
    with Job(programs, folder, flags(folder, "different"), own) as job:
        ends = job.end()
    assert [code for code, *_ in ends] == [2, 2], ends
    for _, said, error in ends:
        sentence = error.splitlines()[-1]
        assert sentence.startswith("tfgan train: The workers differ in ")
        assert "--width (worker 0 has 4, worker 1 has 8)" in sentence
        assert "--checkpoint_every (worker 0 has 10, worker 1 has 5)" in sentence
        assert "--steps_per_execution (worker 0 has 1, worker 1 has 2)" in sentence
        assert said == ""
    assert not (folder / "different" / "recipe.json").exists()


def test_workers_with_other_data_are_refused_before_a_model_is_built(programs, folder):
    np.savez(folder / "fewer.npz", data=np.zeros([40, 8, 8, 1], np.uint8))
    own = {0: [], 1: [f"--data=arrays:{folder}/fewer.npz"]}
    with Job(programs, folder, flags(folder, "other_data"), own) as job:
        ends = job.end()
    assert [code for code, *_ in ends] == [2, 2], ends
    assert all("differ in the number of examples (worker 0 has" in error for *_, error in ends)
    assert not (folder / "other_data" / "recipe.json").exists()


def test_a_worker_that_stands_still_for_longer_than_is_allowed_is_lost(programs, folder):
    run = folder / "still"
    arguments = [
        "train", "--recipe=mixture", "--data=toy:ring", f"--workdir={run}", "--steps=100000",
        "--batch_size=8", "--width=4", "--depth=1", "--log_every=5", "--worker_timeout=3",
    ]  # fmt: skip
    with Job(programs, folder, arguments) as job:
        wait_for_step(run, 5)
        job.workers[1].send_signal(signal.SIGSTOP)
        code, _, error = job.workers[0].end()
    assert code == 1
    assert "Lost worker 1: it has ended, or stood still for 3 s (--worker_timeout)." in error
