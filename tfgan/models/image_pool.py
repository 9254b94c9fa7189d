"""A pool of earlier fakes, of which a discriminator gets some in place of the newest.

While the pool fills, fakes are stored and passed on. In a full one, with probability 1/2, an image
is exchanged: the stored one is passed on, and the new one takes its place.

>>> import tensorflow as tf
>>> pool = ImagePool(50, (1, 1, 1))
>>> fakes = tf.ones((4, 1, 1, 1))
>>> bool(tf.reduce_all(pool.query(fakes, seed=tf.constant([0, 0])) == fakes)), int(pool.count)
(True, 4)

Source: Shrivastava et al. 2017, https://arxiv.org/abs/1612.07828; in this form Zhu et al. 2017,
https://arxiv.org/abs/1703.10593, section 4.
"""

import tensorflow as tf

from tfgan import replicas, rng

_SHARE_OF_EXCHANGES = 0.5


class ImagePool(tf.Module):
    """A pool of fakes; its variables are equal on all replicas.

    A batch of one behaves as in the paper. Several examples of a batch never get the same place,
    so their order has no effect. Examples of a batch for which no place is left are passed on.

    Attributes:
      size: int, of the full pool.
      count: int64 scalar variable, the number of images in the pool.
      images: float32 variable `[size, *shape]`.

    Args:
      size: int, 1 or more.
      shape: tuple, of one image.
    Raises: ValueError for a size below 1.
    """

    def __init__(self, size, shape):
        super().__init__(name="image_pool")
        if size < 1:
            raise ValueError(f"size must be a number of images from 1; received {size}.")
        self.size = size
        shared = {"trainable": False, "aggregation": tf.VariableAggregation.ONLY_FIRST_REPLICA}
        self.count = tf.Variable(tf.zeros((), tf.int64), name="count", **shared)
        self.images = tf.Variable(tf.zeros((size, *shape)), name="images", **shared)

    def query(self, fakes, seed):
        """Images for the discriminator, in place of fakes, which the pool may store.

        Args:
          fakes: float32 `[batch, *shape]`, those of this replica; replicas have equally many.
          seed: int32 `[2]`, equal on all replicas.
        Returns: float32 `[batch, *shape]`; no gradient flows through it.
        Raises: ValueError in a microbatch.
        """
        if replicas.in_microbatch():
            raise ValueError(
                "An image pool needs the whole batch, as every part of it would change the pool: "
                "use microbatches=1 or pool_size=0."
            )
        fakes = tf.stop_gradient(fakes)
        new = replicas.gather(fakes)
        stored, filled = tf.convert_to_tensor(self.images), tf.cast(self.count, tf.int32)
        places, is_exchanged, is_stored = self._places(rng.count(new), filled, seed)
        is_written = is_stored & (places == tf.range(self.size)[:, None])  # [size, batch]
        written = tf.gather(new, tf.argmax(is_written, axis=1))
        returned = tf.where(_column(is_exchanged, new), tf.gather(stored, places), new)
        self.images.assign(tf.where(_column(tf.reduce_any(is_written, 1), stored), written, stored))
        self.count.assign(tf.cast(tf.minimum(filled + rng.count(new), self.size), tf.int64))
        first = replicas.index() * rng.count(fakes)
        return returned[first : first + rng.count(fakes)]

    def _places(self, batch, filled, seed):
        """Where each example of a global batch belongs.

        Args:
          batch: int or int32 scalar tensor.
          filled: int32 scalar tensor, the images in the pool.
          seed: int32 `[2]`.
        Returns: (place in the pool, int32; whether it is exchanged with the image there, bool;
          whether it is stored, bool), each `[batch]`.
        """
        order_key = rng.shared_uniform(rng.fold(seed, 0), (self.size,))
        is_filled = tf.range(self.size) < filled
        order = tf.argsort(tf.where(is_filled, order_key, 2.0))  # the filled places come first
        coin = rng.shared_uniform(rng.fold(seed, 1), (batch,))
        following = filled + tf.range(batch)
        is_filling = following < self.size
        rank = following - self.size  # among the examples that do not fill
        place = tf.where(is_filling, following, tf.gather(order, rank % self.size))
        is_exchanged = ~is_filling & (rank < filled) & (coin < _SHARE_OF_EXCHANGES)
        return place, is_exchanged, is_filling | is_exchanged


class ImagePools(tf.Module):
    """One pool per domain.

    Args:
      size: int, of each.
      shapes: dict of tuples, the shape of an image of each domain.
    Raises: see `ImagePool`.
    """

    def __init__(self, size, shapes):
        super().__init__(name="image_pools")
        self.by_domain = {domain: ImagePool(size, shape) for domain, shape in shapes.items()}

    def query(self, domain, fakes, seed):
        """As `ImagePool.query`, of the pool of a domain."""
        return self.by_domain[domain].query(fakes, seed)


def _column(values, like):
    """`[n]` as `[n, 1, ..., 1]`, of the rank of another tensor."""
    return tf.reshape(values, [-1] + [1] * (like.shape.rank - 1))
