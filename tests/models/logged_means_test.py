"""Means of logged scalars over the batches of an epoch."""

import pytest
import tensorflow as tf

from tfgan.models.logged_means import LoggedMeans


def test_means_are_weighted_and_batches_are_counted():
    means = LoggedMeans()
    assert means.read() == {} and int(means.batches) == 0
    means.add(["a", "b"], tf.constant([1.0, 10.0]), weight=3.0)
    means.add(["a", "b"], tf.constant([5.0, 30.0]))
    assert means.read() == {"a": pytest.approx(2.0), "b": pytest.approx(15.0)}
    assert int(means.batches) == 2


def test_a_reset_begins_again():
    means = LoggedMeans(capacity=1)
    means.add(["a"], tf.constant([1.0]))
    means.reset()
    assert means.read() == {} and int(means.batches) == 0
    means.add(["a"], tf.constant([7.0]))
    assert means.read() == {"a": 7.0}
