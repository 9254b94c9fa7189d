"""Types of values that several packages exchange, for annotations.

Shapes are in docstrings, as a tensor's type includes neither shape nor dtype.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # flags are parsed without TensorFlow
    import tensorflow as tf

# One batch of examples: `data` `[batch, ...]`, and conditions, such as int32 `label` `[batch]`.
Batch: TypeAlias = "dict[str, tf.Tensor]"

# The outputs of a network by name: `data` of a generator, `logits` of a discriminator, and more.
Outputs: TypeAlias = "dict[str, tf.Tensor]"

# The inputs of a generator by name: float32 `[count, size]` each, int32 for seeds.
Latents: TypeAlias = "dict[str, tf.Tensor]"

# Examples `[batch, ...]` -> logits `[batch, ...]`, with all conditions bound.
Critic: TypeAlias = "Callable[[tf.Tensor], tf.Tensor]"

# A number: a Python one or a scalar tensor.
Scalar: TypeAlias = "float | tf.Tensor"

# A number of examples: a Python one or an int32 scalar tensor.
Count: TypeAlias = "int | tf.Tensor"

# A threshold for each row of a draw of a prior, float32 `[count]`, 0 for no truncation.
Truncation: TypeAlias = "tf.Tensor | None"

# A local path or a URL such as "gs://bucket/run".
Path: TypeAlias = str | os.PathLike[str]

# A state of a run: "last", "best" or the step of a checkpoint.
State: TypeAlias = str | int
