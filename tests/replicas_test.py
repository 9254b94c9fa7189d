"""Sums and means over replicas, and what they are where there is one."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import replicas


def test_outside_of_a_replica_there_is_one(two_replicas):
    assert replicas.count() == 1
    np.testing.assert_array_equal(replicas.mean(tf.constant([1.0, 2.0])), [1.0, 2.0])
    with two_replicas.scope():
        assert replicas.count() == 1


def test_every_replica_receives_the_mean_and_the_sum_of_all(two_replicas):
    def of_replica():
        rank = tf.distribute.get_replica_context().replica_id_in_sync_group
        own = tf.cast(rank + 1, tf.float32) * tf.constant([1.0, 10.0])
        return replicas.count(), replicas.mean(own), replicas.total([own])[0]

    count, mean, total = two_replicas.run(tf.function(of_replica))
    for each, wanted in ((count, 2), (mean, [1.5, 15.0]), (total, [3.0, 30.0])):
        for got in two_replicas.experimental_local_results(each):
            np.testing.assert_allclose(got, wanted)


def test_a_gradient_through_the_mean_is_that_of_one_device(two_replicas):
    """d/dx of the mean over i of (x_i - m)^2 x_i, with m the mean of all x."""
    x = tf.constant([0.5, -1.0, 2.0, 3.0])

    def slope(x, share):
        with tf.GradientTape() as tape:
            tape.watch(x)
            middle = replicas.mean(tf.reduce_mean(x))
            value = share * tf.reduce_mean(tf.square(x - middle) * x)
        return tape.gradient(value, x)

    def of_replica():
        first = 2 * tf.distribute.get_replica_context().replica_id_in_sync_group
        return slope(x[first:][:2], 0.5)

    got = two_replicas.experimental_local_results(two_replicas.run(tf.function(of_replica)))
    np.testing.assert_allclose(np.concatenate(got), slope(x, 1.0), rtol=1e-6)


@pytest.mark.parametrize("is_static", [True, False])
def test_every_replica_receives_the_rows_of_all_in_order(two_replicas, is_static):
    def of_replica(rows):
        own = rows[2 * replicas.index() :][:2]
        return replicas.gather(tf.ensure_shape(own, [2 if is_static else None, 3]))

    rows = tf.reshape(tf.range(12.0), (4, 3))
    step = tf.function(lambda: two_replicas.run(of_replica, (rows,)), autograph=False)
    for got in two_replicas.experimental_local_results(step()):
        np.testing.assert_array_equal(got, rows)
    np.testing.assert_array_equal(replicas.gather(rows), rows)


def test_rows_of_the_whole_batch_are_refused_in_a_microbatch_if_a_part_will_not_do():
    rows = tf.ones((2, 3))
    with replicas.microbatch(0, 4):
        np.testing.assert_array_equal(replicas.gather(rows), rows)
        with pytest.raises(ValueError, match="A term needs the examples of the whole batch"):
            replicas.gather(rows, of="A term")


def test_every_second_example_of_a_microbatch_has_its_place_among_every_second_of_all():
    with replicas.every(2):
        assert replicas.global_rows(3) is None
    with replicas.microbatch(4, 8):
        with replicas.every(2):
            assert replicas.global_rows(2) == (2, 4)
        assert replicas.global_rows(4) == (4, 8)
