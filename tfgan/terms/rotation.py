"""Rotation: the discriminator also classifies by how many quarter turns an image is rotated.

The task needs no labels, and keeps the discriminator's features while the fakes change.

Source: Chen et al. 2019 (SSGAN), https://arxiv.org/abs/1811.11212, Eqs. 3 and 4.

>>> import tensorflow as tf
>>> from tfgan.terms import rotation
>>> image = tf.reshape(tf.range(4), (1, 2, 2, 1))
>>> [view[0, ..., 0].numpy().tolist() for view in rotation.quarter_turns(image)]
[[[0, 1], [2, 3]], [[1, 3], [0, 2]], [[3, 2], [1, 0]], [[2, 0], [3, 1]]]
"""

from typing import Literal

import tensorflow as tf

from tfgan import rng
from tfgan.terms.turn import Turn, entry

_TURNS = 4


def rotation_classification(
    turn: Turn, *, of: Literal["real", "fake"], output: str = "rotation"
) -> tf.Tensor:
    """The cross-entropy of the rotation of images, for every fourth of a batch in 4 rotations.

    Only images as they are take part in the game itself. Every fourth, so that the images do not
    depend on the number of replicas; the authors turn the last quarter.

    Args:
      turn: `Turn` of square images, with a batch that is a multiple of 4, on each replica.
      of: "real" for the discriminator, "fake" for the generator.
      output: str, the discriminator's output with logits `[batch, 4]`.
    Returns: float32 `[batch]`, in nats; ln 4 where the logits say nothing.
    Raises: ValueError for images that are not square, and other batch sizes.
    """
    images = turn.fake if of == "fake" else turn.real["data"]
    count = rng.count(images)
    if images.shape.rank != 4 or images.shape[1] != images.shape[2]:
        raise ValueError(
            "rotation_classification needs square images [batch, side, side, channels]; received "
            f"examples of shape {list(images.shape[1:])}."
        )
    if isinstance(count, int) and count % _TURNS:
        raise ValueError(
            "rotation_classification needs a batch that is a multiple of 4, on each replica; "
            f"received {count} examples."
        )
    outputs = turn.outputs_for(tf.concat(quarter_turns(images[::_TURNS]), axis=0))
    label = tf.repeat(tf.range(_TURNS), count // _TURNS)
    logits = tf.cast(entry(outputs, output, "the discriminator's outputs"), tf.float32)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(label, logits)


def quarter_turns(images: tf.Tensor) -> list[tf.Tensor]:
    """Square images `[n, side, side, channels]` after 0, 1, 2 and 3 quarter turns to the left."""
    transposed = tf.transpose(images, [0, 2, 1, 3])
    flipped = images[:, ::-1]
    return [images, transposed[:, ::-1], flipped[:, :, ::-1], transposed[:, :, ::-1]]
