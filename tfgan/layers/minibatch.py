"""Layers that compare the examples of a batch, against mode collapse.

>>> from tfgan import layers
>>> layers.Pack(2)(ops.reshape(ops.arange(8), (4, 2))).numpy().tolist()
[[0, 1, 2, 3], [4, 5, 6, 7]]
"""

import keras
from keras import ops

from tfgan import replicas
from tfgan.layers import nested
from tfgan.layers.minibatch_discrimination import MinibatchDiscrimination

_EPSILON = 1e-8  # inside the root, whose slope at 0 is infinite


@keras.saving.register_keras_serializable(package="tfgan")
class MinibatchStdDev(keras.layers.Layer):
    """Adds a feature map with the mean standard deviation of a group of examples.

    s = mean over all features and positions of sqrt(var over the group + 1e-8), one number per
    group, at every position of the new map. Groups are consecutive examples of the global batch.

    Args:
      group_size: int, 1 or more, examples per group; or the largest divisor of the batch below it.
      strided: bool, whether example i of n belongs to the group i mod (n / size) instead, as in the
        authors' code; on one device alone, as such groups lie across replicas.
    Raises: ValueError if a replica's batch is not static or not a multiple of the group.
    Source: Karras et al. 2018, https://arxiv.org/abs/1710.10196, section 3.
    Differs: the paper uses the whole batch.
    """

    def __init__(self, group_size=4, strided=False, **kwargs):
        if group_size < 1:
            raise ValueError(f"group_size must be 1 or more; received {group_size}.")
        super().__init__(**kwargs)
        self.group_size = group_size
        self.strided = strided

    def call(self, inputs):
        count, *example = inputs.shape
        if count is None:
            raise ValueError("MinibatchStdDev needs a static batch size.")
        whole = count * replicas.count()
        size = next(n for n in range(min(self.group_size, whole), 0, -1) if whole % n == 0)
        if count % size:
            raise ValueError(
                f"MinibatchStdDev compares groups of {size}: the examples of a replica must be a "
                f"multiple of it; received {count}."
            )
        if self.strided and replicas.count() > 1:
            raise ValueError(
                "MinibatchStdDev with strided=True needs one replica, as its groups lie across "
                f"replicas; received {replicas.count()}."
            )
        sizes = (size, count // size) if self.strided else (count // size, size)
        grouped = ops.cast(ops.reshape(inputs, (*sizes, *example)), "float32")
        spread = ops.var(grouped, axis=0 if self.strided else 1, keepdims=True)
        score = ops.mean(ops.sqrt(spread + _EPSILON), axis=tuple(range(2, len(spread.shape))))
        score = ops.reshape(ops.broadcast_to(score, sizes), (count,) + (1,) * len(example))
        plane = ops.broadcast_to(ops.cast(score, inputs.dtype), (count, *example[:-1], 1))
        return ops.concatenate([inputs, plane], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] + 1)

    def get_config(self):
        return {**super().get_config(), "group_size": self.group_size, "strided": self.strided}


def pack_size(network):
    """The examples that a network judges together, by its largest `Pack`: int, 1 without one."""
    counts = [each.count for each in nested.iterate_layers(network) if isinstance(each, Pack)]
    return max(counts, default=1)


@keras.saving.register_keras_serializable(package="tfgan")
class Pack(keras.layers.Layer):
    """Joins every `count` consecutive examples along the last axis.

    Points `[b, d]` -> `[b / count, count d]`, sequences `[b, t, d]` -> `[b / count, t, count d]`,
    images `[b, h, w, c]` -> `[b / count, h, w, count c]`, labels `[b]` -> `[b / count, count]`.

    Args:
      count: int, 1 or more, examples per pack; a divisor of the batch of a replica.
    Source: Lin et al. 2018, https://arxiv.org/abs/1712.04086, section 2.
    """

    def __init__(self, count, **kwargs):
        if count < 1:
            raise ValueError(f"count must be 1 or more; received {count}.")
        super().__init__(**kwargs)
        self.count = count

    def call(self, inputs):
        batch, *places = inputs.shape
        if batch is not None and batch % self.count:
            raise ValueError(f"The batch must be a multiple of {self.count}; received {batch}.")
        packs = ops.reshape(inputs, (-1, self.count, *places))
        rank = len(packs.shape)
        if rank > 3:  # the examples of a pack go beside the last axis
            packs = ops.transpose(packs, (0, *range(2, rank - 1), 1, rank - 1))
        return ops.reshape(packs, (-1, *self.compute_output_shape(inputs.shape)[1:]))

    def compute_output_shape(self, input_shape):
        batch, *places = input_shape
        *places, size = places or [1]
        return (None if batch is None else batch // self.count, *places, self.count * size)

    def get_config(self):
        return {**super().get_config(), "count": self.count}


def compares_rows(network):
    """Whether an output of a network for one example depends on others, in inference too: bool."""
    kinds = (MinibatchDiscrimination, MinibatchStdDev, Pack)
    return any(isinstance(layer, kinds) for layer in nested.iterate_layers(network))
