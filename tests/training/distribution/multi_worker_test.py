"""Two processes train one model by `tfgan train --strategy=multi_worker`, and take what comes."""

import re
import signal

import numpy as np
import pytest
from tfgan.pipelines import main

from .jobs import STEPS, Job, check_equal, flags, records, state, wait_for_step

# Of TensorFlow's C++ part, and of a worker that came first.
NOTES = re.compile(r"[IWE]\d{4} |WARNING: All log messages before absl|INFO: Waiting for worker")


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


def small(workdir, *more):
    """The smallest training."""
    return [
        "train", "--recipe=mixture", "--data=toy:ring", f"--workdir={workdir}", "--batch_size=8",
        "--width=4", "--depth=1", "--log_every=5", *more,
    ]  # fmt: skip


def test_a_job_that_was_ended_and_lost_a_worker_ends_as_one_that_was_not(programs, folder):
    straight, run = folder / "small", folder / "eventful"
    steps = [f"--steps={STEPS}", "--checkpoint_every=10"]
    assert main._run(small(straight, *steps)) == 0
    arguments = small(run, *steps, "--strategy=multi_worker")
    with Job(programs, folder, arguments) as job:
        wait_for_step(run, 5)
        job.workers[1].send_signal(signal.SIGTERM)
        said = job.end()
        assert [code for code, *_ in said] == [143, 143], said
        steps = [int(job.weights(index)["step"]) for index in range(2)]
    assert steps[0] == steps[1] < STEPS
    check_equal(run, straight, steps[0])

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
    check_equal(run, straight, STEPS)


def test_a_worker_that_stands_still_for_longer_than_is_allowed_is_lost(programs, folder):
    run = folder / "still"
    arguments = small(run, "--steps=100000", "--worker_timeout=3")
    with Job(programs, folder, arguments) as job:
        wait_for_step(run, 5)
        job.workers[1].send_signal(signal.SIGSTOP)
        code, _, error = job.workers[0].end()
    assert code == 1
    assert "Lost worker 1: it has ended, or stood still for 3 s (--worker_timeout)." in error
