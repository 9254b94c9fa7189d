"""A number that moves over the first examples of a run, and what follows one."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import schedules


def values(schedule, *updates):
    return [float(schedule(update)) for update in updates]


def test_it_falls_or_rises_along_a_cosine_of_the_examples_and_stays():
    # 2,000 examples in batches of 20: 100 updates.
    falls = schedules.burn_in(2e-4, 5e-5, kimg=2, batch_size=20)
    expected = [5e-5 + 1.5e-4 * (1 + np.cos(np.pi * t)) / 2 for t in (0, 0.25, 0.5, 1, 1)]
    np.testing.assert_allclose(values(falls, 0, 25, 50, 100, 10**7), expected, rtol=1e-5)
    rises = schedules.burn_in(0.0, 500_000.0, kimg=2, batch_size=20)
    np.testing.assert_allclose(values(rises, 0, 50, 100, 200), [0, 250_000, 500_000, 500_000])


def test_twice_the_batch_takes_half_the_updates():
    one, two = (schedules.burn_in(1.0, 0.1, kimg=0.4, batch_size=size) for size in (4, 8))
    np.testing.assert_allclose(values(one, 0, 20, 60, 100), values(two, 0, 10, 30, 50), rtol=1e-6)


def test_without_a_burn_in_the_last_value_holds_from_the_start():
    assert values(schedules.burn_in(0.9, 0.99, 0, 20), 0, 5) == pytest.approx([0.99, 0.99])


def test_it_is_the_same_in_graphs_and_comes_back_from_a_file():
    schedule = schedules.burn_in(0.0, 2.0, kimg=0.1, batch_size=5)
    graph = tf.function(schedule, jit_compile=True)
    np.testing.assert_allclose(graph(tf.constant(10, tf.int64)), 1.0, rtol=1e-6)
    stored = keras.saving.serialize_keras_object(schedule)
    loaded = keras.saving.deserialize_keras_object(stored)
    assert loaded.get_config() == schedule.get_config() == {
        "first": 0.0, "last": 2.0, "examples": 100, "batch_size": 5
    }  # fmt: skip


def test_numbers_out_of_range_are_refused():
    with pytest.raises(ValueError, match="first and last must be finite; received nan and 1.0"):
        schedules.burn_in(float("nan"), 1.0, 1, 1)
    for wrong in ((-1, 1), (1, 0)):
        with pytest.raises(ValueError, match="examples must be 0 or more and batch_size 1 or more"):
            schedules.burn_in(0.0, 1.0, *wrong)
