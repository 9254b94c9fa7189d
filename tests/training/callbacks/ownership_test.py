"""A run whose directory another process has taken over writes nothing more."""

import pytest
import tensorflow as tf

from tfgan import files
from tfgan.training import callbacks
from tfgan.training.callbacks import ownership

from ...games import linear_gan


def fit(lock, steps):
    batches = tf.data.Dataset.from_tensors({"data": tf.ones([4, 2])}).repeat()
    watching = [callbacks.Ownership(lock), Writing()]
    gan = linear_gan()
    gan.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=watching)
    return watching[1]


class Writing(callbacks.periodic.EveryNSteps):
    """Counts what it would write; at its second step another process takes the lock."""

    written, taken = 0, None

    def __init__(self):
        super().__init__(1)

    def act(self, step, logs):
        Writing.written += 1
        if step == 2 and Writing.taken:
            Writing.taken.write_text(Writing.taken.read_text().replace('"token": "', '"token": "x'))


@pytest.mark.parametrize("seconds", [0.0, 1000.0])
def test_nothing_is_written_once_the_lock_is_anothers(tmp_path, monkeypatch, seconds):
    """It is noticed at the next look, and at the latest before the end."""
    monkeypatch.setattr(ownership, "_INTERVAL", seconds)
    monkeypatch.setattr(Writing, "written", 0)
    monkeypatch.setattr(Writing, "taken", tmp_path / files.locks.NAME)
    taken_over = pytest.raises(files.Locked, match="was taken over by")
    with files.locked(str(tmp_path), "tfgan train") as lock, taken_over:
        fit(lock, steps=4)
    assert Writing.written == (2 if seconds == 0.0 else 4)


def test_a_run_that_keeps_its_lock_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(ownership, "_INTERVAL", 0.0)
    monkeypatch.setattr(Writing, "written", 0)
    with files.locked(str(tmp_path), "tfgan train") as lock:
        fit(lock, steps=4)
    assert Writing.written == 4
