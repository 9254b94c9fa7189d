"""Workers that wait for one that does not come, and workers that do not go together."""

import signal
import time

import numpy as np
import pytest

from .jobs import TIMEOUT, Job, flags


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
