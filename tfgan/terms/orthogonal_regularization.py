"""Orthogonal regularization: the filters of a layer are pushed apart, their lengths are left alone.

>>> from tfgan import terms
>>> terms.Term(terms.orthogonality, "generator", weight=1e-4).name
'orthogonality'
"""

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tfgan.terms.turn import Turn


def orthogonality(turn: Turn) -> tf.Tensor:
    """||W^T W * (1 - I)||_F^2, summed over the kernels of the term's player.

    The columns of W are the filters of a dense or convolutional layer, so the entries are the inner
    products of two of them. Embeddings, tables of gains and biases, and biases do not count. A
    generator with it makes better images from a truncated prior; the paper's weight is 1e-4.

    Returns: float32 scalar.
    Source: Brock et al. 2019, https://arxiv.org/abs/1809.11096, Eq. 3.
    """
    return of_kernels(turn.variables[turn.player])


def of_kernels(variables: Sequence[Any]) -> tf.Tensor:
    """The regularization of the variables that are kernels: float32 scalar.

    Args:
      variables: sequence of Keras variables, the kernels named "kernel", `[..., filters]`.
    """
    kernels = [tf.convert_to_tensor(each) for each in variables if each.name == "kernel"]
    return tf.add_n([tf.zeros(()), *map(_of_kernel, kernels)])


def _of_kernel(kernel: tf.Tensor) -> tf.Tensor:
    w = tf.cast(tf.reshape(kernel, (-1, kernel.shape[-1])), tf.float32)
    gram = tf.matmul(w, w, transpose_a=True)
    return tf.reduce_sum(tf.square(gram - tf.linalg.diag(tf.linalg.diag_part(gram))))
