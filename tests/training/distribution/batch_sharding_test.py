"""Replicas share global batches."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.training import distribution


def test_a_batch_must_divide_among_the_replicas():
    distribution.check_batch_size(2, 8)
    with pytest.raises(ValueError, match="multiple of the 2 replicas; received 7"):
        distribution.check_batch_size(2, 7)


def test_the_pieces_of_the_replicas_laid_end_to_end_are_the_batch(two_replicas):
    rows = tf.reshape(tf.range(24), [3, 8])

    def batches(worker):
        assert worker == (0, 1)
        return tf.data.Dataset.from_tensor_slices({"data": rows})

    pieces = iter(distribution.distribute(two_replicas, 8, batches))
    for row in rows:
        each = two_replicas.experimental_local_results(next(pieces)["data"])
        assert [piece.shape for piece in each] == [(4,), (4,)]
        np.testing.assert_array_equal(np.concatenate(each), row)
