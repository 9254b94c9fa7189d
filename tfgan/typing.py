"""The types of what passes between the floors, for annotations.

Shapes stand in docstrings: a tensor's type says neither its shape nor its dtype.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # flags are read without TensorFlow
    import tensorflow as tf

# One batch of examples: `data` `[batch, ...]`, and its conditions, such as int32 `label` `[batch]`.
Batch: TypeAlias = "dict[str, tf.Tensor]"

# The outputs of a network by name: `data` of a generator, `logits` of a discriminator, and more.
Outputs: TypeAlias = "dict[str, tf.Tensor]"

# What the inputs of a generator are, by name: float32 `[count, size]` each.
Latents: TypeAlias = "dict[str, tf.Tensor]"

# Examples `[batch, ...]` -> logits `[batch, ...]`, every condition bound.
Critic: TypeAlias = "Callable[[tf.Tensor], tf.Tensor]"

# What TensorFlow takes for a number: a Python one or a scalar tensor.
Scalar: TypeAlias = "float | tf.Tensor"

# A number of examples: a Python one or an int32 scalar tensor.
Count: TypeAlias = "int | tf.Tensor"

# A threshold for each row of a draw of a prior, float32 `[count]`, 0 for none.
Truncation: TypeAlias = "tf.Tensor | None"

# Where something lies: a path or an address such as "gs://bucket/run".
Path: TypeAlias = str | os.PathLike[str]

# A state of a run: "last", "best" or the step of a checkpoint.
State: TypeAlias = str | int
