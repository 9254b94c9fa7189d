"""Consistency: a discriminator should have equal outputs for an example and a changed copy.

CR, bCR and zCR with the weights of their papers' code, T a change of an image, n ~ N(0, I):

  CR    10 (D(x) - D(T x))^2                     Term(consistency, "discriminator", 10.0)
  bCR   and 10 (D(G(z)) - D(T G(z)))^2           the same with
                                                 functools.partial(consistency, of=("real", "fake"))
  zCR   20 (D(G(z)) - D(G(z + .05 n)))^2         Term(latent_consistency, "discriminator", 20.0)
        -.5 mean (G(z) - G(z + .05 n))^2         Term(latent_diversity, "generator", 0.5)

>>> import tensorflow as tf
>>> flip_and_shift(tf.zeros((2, 8, 8, 1)), seed=tf.constant([0, 0])).shape
TensorShape([2, 8, 8, 1])

Source: CR, Zhang et al. 2020, https://arxiv.org/abs/1910.12027; bCR and zCR, Zhao et al. 2021,
https://arxiv.org/abs/2002.04724.
"""

from collections.abc import Callable, Sequence
from typing import cast

import tensorflow as tf

from tfgan import rng
from tfgan.terms.turn import Turn, entry

_LARGEST_SHIFT = 8  # the part of a side by which an image is moved at most


def flip_and_shift(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Images mirrored left to right with probability 1/2, and moved by whole pixels.

    They move by up to an eighth of each side, in both directions; reflections fill the border.

    Args:
      images: float32 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
    Returns: float32, the same shape; differentiable.
    Raises: ValueError for another rank.
    """
    if images.shape.rank != 4:
        raise ValueError(
            "flip_and_shift changes images [batch, height, width, channels], and other data need a "
            f"change of their own; received shape {tuple(images.shape)}."
        )
    count, (height, width) = rng.count(images), cast("tuple[int, int]", images.shape[1:3])
    margins = height // _LARGEST_SHIFT, width // _LARGEST_SHIFT
    padded = tf.pad(images, [[0, 0], *([each, each] for each in margins), [0, 0]], "REFLECT")
    draws = rng.uniform(rng.fold(seed, 0), count, (3,))
    corners = [tf.cast(draws[:, i] * (2.0 * margins[i] + 1.0), tf.int32) for i in range(2)]
    rows, columns = (
        corner[:, None] + tf.range(side)
        for corner, side in zip(corners, (height, width), strict=True)
    )
    moved = tf.gather(tf.gather(padded, rows, batch_dims=1), columns, axis=2, batch_dims=1)
    is_flipped = draws[:, 2, None, None, None] < 0.5
    return tf.where(is_flipped, tf.reverse(moved, [2]), moved)


def consistency(
    turn: Turn,
    *,
    of: Sequence[str] = ("real",),
    change: Callable[[tf.Tensor, tf.Tensor], tf.Tensor] = flip_and_shift,
    outputs: Sequence[str] = ("logits",),
) -> tf.Tensor:
    """The squared difference of the outputs for examples and changed copies; for the discriminator.

    Args:
      of: of "real" and "fake", the examples that are changed.
      change: function (data, seed) -> data of the same shape.
      outputs: sequence of str, the outputs that are compared, by the mean over their numbers.
    Returns: float32 `[batch]`, the sum over `of` and `outputs`.
    """
    sides = {
        "real": lambda: (turn.real["data"], turn.real_outputs),
        "fake": lambda: (turn.fake, turn.fake_outputs),
    }
    total = []
    for index, side in enumerate(of):
        data, straight = sides[side]()
        changed = turn.outputs_for(change(data, rng.fold(turn.seed, index)))
        total += [_distance(straight, changed, name) for name in outputs]
    return tf.add_n(total)


def latent_consistency(turn: Turn, *, deviation: float = 0.05) -> tf.Tensor:
    """(D(G(z)) - D(G(z + deviation n)))^2; for the discriminator.

    Args:
      deviation: float, of the noise on each latent.
    Returns: float32 `[batch]`.
    """
    fake = turn.generate(_noisy(turn, deviation))["data"]
    return _distance(turn.fake_outputs, turn.outputs_for(fake), "logits")


def latent_diversity(turn: Turn, *, deviation: float = 0.05) -> tf.Tensor:
    """-mean (G(z) - G(z + deviation n))^2, below 0; for the generator.

    Args:
      deviation: float, of the noise on each latent.
    Returns: float32 `[batch]`, the mean over an example.
    """
    fake = turn.generate(_noisy(turn, deviation))["data"]
    return -_mean_per_row(tf.square(turn.fake - fake))


def _noisy(turn: Turn, deviation: float) -> dict[str, tf.Tensor]:
    if not turn.latents:
        raise ValueError("A term of latents needs a game whose prior has some; there are none.")
    noisy = {}
    for index, (name, latent) in enumerate(sorted(turn.latents.items())):
        seed = rng.fold(turn.seed, index)
        noise = rng.normal(seed, rng.count(latent), tuple(latent.shape[1:]))
        noisy[name] = latent + deviation * noise
    return noisy


def _distance(one: dict, other: dict, name: str) -> tf.Tensor:
    pair = (entry(each, name, "the discriminator's outputs") for each in (one, other))
    first, second = (tf.cast(each, tf.float32) for each in pair)
    return _mean_per_row(tf.square(first - second))


def _mean_per_row(values: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(values, axis=list(range(1, values.shape.rank)))
