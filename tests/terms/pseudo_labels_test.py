"""Pseudo-labels: what counts, what is learned, and which pass learns it."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import terms

FIRST = np.log(np.float32([[0.98, 0.01, 0.01], [0.5, 0.4, 0.1], [0.02, 0.01, 0.97]]))
SECOND = np.log(np.float32([[0.2, 0.5, 0.3], [0.2, 0.5, 0.3], [0.25, 0.25, 0.5]]))


class Turn:
    """A turn whose two passes of the real examples give known logits."""

    def __init__(self):
        self.real = {"data": tf.zeros((3, 2))}
        self.first, self.second = tf.Variable(FIRST), tf.Variable(SECOND)

    @property
    def real_outputs(self):
        return {"label": self.first + 0.0}

    def outputs_for(self, data):
        assert data is self.real["data"]
        return {"label": self.second + 0.0}


@pytest.mark.parametrize(
    ("threshold", "loss"),
    [
        (0.95, [-np.log(0.2), 0.0, -np.log(0.5)]),
        (0.975, [-np.log(0.2), 0.0, 0.0]),
        (0.0, [-np.log(0.2), -np.log(0.2), -np.log(0.5)]),
    ],
)
def test_the_second_pass_is_to_have_the_classes_that_the_first_is_sure_of(threshold, loss):
    result = terms.pseudo_label(Turn(), threshold=threshold)
    np.testing.assert_allclose(result, loss, rtol=1e-5)


def test_the_pass_that_gives_the_classes_has_no_gradient():
    turn = Turn()
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(terms.pseudo_label(turn))
    first, second = tape.gradient(loss, [turn.first, turn.second])
    assert first is None
    np.testing.assert_allclose(second, [[-0.8, 0.5, 0.3], [0, 0, 0], [0.25, 0.25, -0.5]], atol=1e-6)


def test_the_output_with_the_logits_has_any_name():
    with pytest.raises(ValueError, match="A term needs digit among the discriminator's outputs"):
        terms.pseudo_label(Turn(), output="digit")
