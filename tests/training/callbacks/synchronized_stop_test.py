"""Workers stop together: at one step, for one reason."""

import signal

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.training import callbacks

from ...games import linear_gan


class StopAt(keras.callbacks.Callback):
    """Wishes to stop after one step, once."""

    def __init__(self, step):
        super().__init__()
        self._step = step

    def on_train_batch_end(self, batch, logs=None):
        if batch + 1 == self._step:
            self.model.stop_training = True


class Others:
    """An exchange with one other worker, which says each of its rows in turn, then [0, 0]."""

    def __init__(self, *rows):
        self._rows = list(rows)
        self.calls = []

    def __call__(self, numbers):
        self.calls.append(numbers)
        return np.array([numbers, self._rows.pop(0) if self._rows else [0, 0]], np.int64)


def steps_taken(others, *watchers, every=3):
    """(steps, the interruption) of a run of 10 steps."""
    gan, interruption = linear_gan(), callbacks.Interruption()
    gan.fit(
        tf.data.Dataset.from_tensors({"data": tf.zeros([4, 2])}).repeat(),
        steps_per_epoch=10,
        shuffle=False,
        verbose=0,
        callbacks=[
            *watchers,
            interruption,
            callbacks.SynchronizedStop(others, interruption, every),
        ],
    )
    return gan.steps_done, interruption


def test_without_a_wish_all_steps_are_taken():
    others = Others()
    steps, interruption = steps_taken(others)
    assert (steps, interruption.signal) == (10, None)
    assert others.calls == [[0, 0]] * 4  # after steps 3, 6 and 9, and at the end


@pytest.mark.parametrize(("wished", "stopped"), [(1, 3), (3, 3), (4, 6)])
def test_a_wish_is_held_back_until_all_are_asked(wished, stopped):
    others = Others()
    steps, interruption = steps_taken(others, StopAt(wished))
    assert (steps, interruption.signal) == (stopped, None)
    assert others.calls[-1] == [1, 0]


@pytest.mark.parametrize("rows", [[[0, 0], [1, signal.SIGTERM]], [[0, 0], [0, signal.SIGTERM]]])
def test_another_worker_s_signal_stops_this_one_which_knows_it(rows):
    steps, interruption = steps_taken(Others(*rows))
    assert (steps, interruption.signal) == (6, signal.SIGTERM)


def test_another_worker_s_end_without_a_signal_stops_this_one():
    assert steps_taken(Others([1, 0]))[0] == 3


def test_a_signal_that_came_after_the_last_question_is_known_at_the_end():
    others = Others([0, 0], [0, 0], [0, 0], [0, signal.SIGTERM])
    steps, interruption = steps_taken(others)
    assert (steps, interruption.signal) == (10, signal.SIGTERM)
