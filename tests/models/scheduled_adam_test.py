"""Adam with a decay rate that follows a schedule."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import schedules
from tfgan.models.scheduled_adam import ScheduledAdam


def steps(optimizer, gradients, in_graph=False):
    """Where a variable ends that starts at 1."""
    variable = keras.Variable(np.float32([1.0]))
    optimizer.build([variable])

    def step(gradient):
        optimizer.apply_gradients([(gradient, variable)])

    take = tf.function(step) if in_graph else step
    for gradient in gradients:
        take(tf.constant([gradient]))
    return float(variable[0])


GRADIENTS = [0.5, -2.0, 1.0, 3.0]


def test_a_number_gives_the_steps_of_keras():
    one = steps(ScheduledAdam(0.1, 0.3, beta_2=0.8), GRADIENTS)
    assert one == steps(keras.optimizers.Adam(0.1, 0.3, 0.8), GRADIENTS)


@pytest.mark.parametrize("in_graph", [False, True])
def test_a_schedule_gives_the_steps_of_the_formula(in_graph):
    schedule = schedules.burn_in(0.5, 0.9, kimg=0.003, batch_size=1)  # in three updates
    value, square = 1.0, 0.0
    for t, gradient in enumerate(GRADIENTS):
        decay = 0.9 - 0.4 * (1 + np.cos(np.pi * min(t / 3, 1.0))) / 2
        square = decay * square + (1 - decay) * gradient**2
        value -= 0.1 * gradient / (np.sqrt(square / (1 - decay ** (t + 1))) + 1e-8)
    optimizer = ScheduledAdam(0.1, beta_1=0.0, beta_2=schedule, epsilon=1e-8)
    assert steps(optimizer, GRADIENTS, in_graph) == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize("beta_2", [0.95, schedules.burn_in(0.5, 0.9, kimg=2, batch_size=4)])
def test_it_comes_back_from_its_config(beta_2):
    stored = keras.saving.serialize_keras_object(ScheduledAdam(0.1, beta_2=beta_2))
    loaded = keras.saving.deserialize_keras_object(stored)
    for each in (loaded, ScheduledAdam(0.1, beta_2=beta_2)):
        each.build([])
        each.iterations.assign(250)
        assert float(each.beta_2) == pytest.approx(0.7 if callable(beta_2) else 0.95)
