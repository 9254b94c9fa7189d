"""PatchNCE: a place of a translation should resemble the same place of its source most.

Features at some places of an image classify the place of its source that they belong to, among the
others of the same image. Symbols: q, k features of unit length, t a temperature.

>>> import tensorflow as tf
>>> equal = tf.ones((2, 256, 8))
>>> [round(float(loss), 3) for loss in patch_nce(equal, equal)]  # ln 256
[5.545, 5.545]
"""

import tensorflow as tf

from tfgan import rng


def patch_nce(queries: tf.Tensor, keys: tf.Tensor, *, temperature: float = 0.07) -> tf.Tensor:
    """The cross-entropy of the place of each query among the keys of its image.

    -log (exp(q_i k_i / t) / sum over j of exp(q_i k_j / t)), the mean over places i.

    Args:
      queries: float `[batch, places, d]`, features of translations.
      keys: the same of their sources, at the same places; they get no gradient.
      temperature: float, t.
    Returns: float32 `[batch]`, in nats; ln(places) at chance.
    Source: Park et al. 2020, https://arxiv.org/abs/2007.15651, Eqs. 2 and 3.
    """
    q, k = (tf.math.l2_normalize(tf.cast(x, tf.float32), -1, 1e-14) for x in (queries, keys))
    logits = tf.matmul(q, tf.stop_gradient(k), transpose_b=True) / temperature
    own = tf.linalg.diag_part(logits)
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=-1) - own, axis=-1)


def places(seed: tf.Tensor, count: int, size: int) -> tf.Tensor:
    """Different places of a map, the same for all examples and on all replicas.

    Args:
      seed: int32 `[2]`.
      count: int, how many places; all of them, if there are fewer.
      size: int, the places of the map.
    Returns: int32 `[min(count, size)]`.
    """
    return tf.argsort(rng.shared_uniform(seed, (size,)))[: min(count, size)]


def at_places(features: tf.Tensor, indices: tf.Tensor) -> tf.Tensor:
    """The features of a map `[batch, h, w, d]` at places in 0 .. h w - 1: `[batch, places, d]`."""
    flat = tf.reshape(features, [tf.shape(features)[0], -1, features.shape[3]])
    return tf.gather(flat, indices, axis=1)
