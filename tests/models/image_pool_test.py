"""The pool of fakes: none is lost, half of the answers are new, and replicas have one pool."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import replicas, rng
from tfgan.models.image_pool import ImagePool, ImagePools


def numbered(first, count):
    """Images that hold their number."""
    return tf.reshape(tf.range(first, first + count, dtype=tf.float32), [count, 1, 1, 1])


def seed(number):
    return rng.stream(0, number, "pool")


def contents(pool):
    return np.array(tf.convert_to_tensor(pool.images)).ravel()[
        : int(tf.convert_to_tensor(pool.count))
    ]


def query(pool, number, batch):
    return np.array(pool.query(numbered(number * batch, batch), seed(number))).ravel()


def test_the_first_images_pass_through_and_fill_the_pool_in_order():
    pool = ImagePool(50, (1, 1, 1))
    for number in range(10):
        returned = query(pool, number, 5)
        np.testing.assert_array_equal(returned, 5 * number + np.arange(5))
    np.testing.assert_array_equal(contents(pool), np.arange(50))


@pytest.mark.parametrize(("size", "batch"), [(50, 1), (6, 4), (2, 5), (1, 1)])
def test_no_image_is_lost_or_doubled(size, batch):
    """Also in the batch that completes the pool, and where a batch is larger than the pool."""
    pool = ImagePool(size, (1, 1, 1))
    for number in range(60):
        before, new = set(contents(pool)), range(number * batch, (number + 1) * batch)
        returned = set(query(pool, number, batch))
        after = set(contents(pool))
        filling = set(new[: size - len(before)])
        assert len(returned) == batch and len(after) == int(pool.count)
        assert len(after) == min(size, len(before) + batch)
        assert after | returned == before | set(new)
        assert after & returned == filling  # stored and passed on, both at once


def test_half_of_the_images_of_a_full_pool_are_new_and_every_place_is_used():
    pool, share, used = ImagePool(50, (1, 1, 1)), [], np.zeros(50, int)
    for number in range(250):
        before = np.array(pool.images)
        returned = query(pool, number, 10)
        if number >= 5:
            share.append(np.mean(returned >= 10 * number))
            used += (np.array(pool.images) != before).ravel()
    assert abs(np.mean(share) - 0.5) < 0.04  # 4 standard deviations of 2,450 coins
    # 24.5 exchanges are expected of each place; within 5 standard deviations of a binomial.
    assert used.min() > 4 and used.max() < 50


def test_the_draws_are_those_of_the_seed():
    pools = [ImagePool(6, (1, 1, 1)) for _ in range(3)]
    for pool, start in zip(pools, (0, 0, 100), strict=True):
        for number in range(8):
            pool.query(numbered(4 * number, 4), seed(start + number))
    one, same, other = map(contents, pools)
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


def test_xla_makes_the_same_exchanges():
    pools = [ImagePool(6, (1, 1, 1)) for _ in range(2)]
    compiled = tf.function(pools[1].query, autograph=False, jit_compile=True)
    for number in range(6):
        plain = query(pools[0], number, 4)
        np.testing.assert_array_equal(
            compiled(numbered(4 * number, 4), seed(number)), plain.reshape(4, 1, 1, 1)
        )
    np.testing.assert_array_equal(contents(pools[0]), contents(pools[1]))


def test_replicas_share_one_pool(two_replicas):
    alone = ImagePool(6, (1, 1, 1))
    with two_replicas.scope():
        together = ImagePool(6, (1, 1, 1))

    def of_replica(number):
        rows = numbered(0, 2) + tf.cast(4 * number + 2 * replicas.index(), tf.float32)
        return together.query(rows, seed(number))

    step = tf.function(lambda number: two_replicas.run(of_replica, (number,)), autograph=False)
    for number in range(8):
        returned = two_replicas.experimental_local_results(step(tf.constant(number)))
        np.testing.assert_array_equal(np.ravel(np.concatenate(returned)), query(alone, number, 4))
    np.testing.assert_array_equal(contents(together), contents(alone))


def test_no_gradient_flows_through_a_pool():
    fakes = numbered(0, 4)
    with tf.GradientTape() as tape:
        tape.watch(fakes)
        returned = ImagePool(6, (1, 1, 1)).query(fakes, seed(0))
    assert tape.gradient(returned, fakes) is None


def test_every_domain_has_a_pool_of_its_own():
    pools = ImagePools(6, {"data": (1, 1, 1), "source": (2, 2, 3)})
    pools.query("source", tf.ones((4, 2, 2, 3)), seed(0))
    assert [int(pool.count) for pool in pools.by_domain.values()] == [0, 4]
    assert sorted(v.shape.rank for v in pools.variables) == [0, 0, 4, 4]


def test_a_pool_refuses_what_it_cannot_hold():
    with pytest.raises(ValueError, match="size must be a number of images from 1; received 0"):
        ImagePool(0, (1, 1, 1))
    pool = ImagePool(6, (1, 1, 1))
    with (
        replicas.microbatch(0, 4),
        pytest.raises(
            ValueError, match="pool needs the whole batch.*microbatches=1 or pool_size=0"
        ),
    ):
        pool.query(numbered(0, 2), seed(0))
