"""Logits, all pairs of losses, and the slopes of one."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses

# The logits of TF-GAN's own loss tests.
REAL = np.array([-5.0, 1.4, 12.5, 2.7], np.float32)
FAKE = np.array([10.0, 4.4, -5.5, 3.6], np.float32)
PAIRS = {
    "minimax": losses.minimax(),
    "minimax, smoothed": losses.minimax(real_target=0.9),
    "non_saturating": losses.non_saturating(),
    "non_saturating, smoothed": losses.non_saturating(real_target=0.9),
    "maximum_likelihood": losses.maximum_likelihood(),
    "least_squares": losses.least_squares(),
    "wasserstein": losses.wasserstein(),
    "hinge": losses.hinge(),
    "relativistic": losses.relativistic(),
    "relativistic_average": losses.relativistic_average(),
}
FUNCTIONS = {
    f"{name}, {player}": getattr(pair, player)
    for name, pair in PAIRS.items()
    for player in ("discriminator", "generator")
}
every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, np.float64)))


def slopes(function, real, fake):
    """d function / d real and d function / d fake, each float32 or None."""
    real, fake = tf.constant(real, tf.float32), tf.constant(fake, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch((real, fake))
        loss = function(real, fake)
    return tape.gradient(loss, (real, fake))
