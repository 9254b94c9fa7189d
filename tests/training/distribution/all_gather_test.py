"""Replicas exchange numbers, and lost workers are named."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.training import distribution


def test_the_numbers_of_all_replicas_are_exchanged(two_replicas):
    said = distribution.AllGather(two_replicas)([3, 2**40])
    np.testing.assert_array_equal(said, [[3, 2**40]] * 2)


@pytest.mark.parametrize(
    ("error", "who"),
    [
        (tf.errors.UnavailableError(None, None, "Connection reset by peer"), "another worker"),
        (
            tf.errors.UnavailableError(
                None, None, "Collective ops is aborted by: /job:worker/replica:0/task:1 is down"
            ),
            "worker 1",
        ),
        (
            tf.errors.InternalError(
                None, None, "Collective ops is aborted by: target /job:chief/replica:0/task:0"
            ),
            "chief 0",
        ),
        (tf.errors.InvalidArgumentError(None, None, "shapes differ"), None),
        (ValueError("Collective ops is aborted"), None),
    ],
)
def test_a_lost_worker_is_told_from_other_errors(error, who):
    assert distribution.lost_worker(error) == who
