"""Spectral normalization: layers whose weight matrix has a largest singular value of 1.

W / sigma(W), sigma = v^T W u, with u and v the singular vectors that belong to the largest
singular value of W, the kernel as a matrix [everything else, output channels].

u and v are weights that follow W by power iteration. Calls never move them: `power_iteration` does,
once per training step, so D(real) and D(fake) of one step see the same weights and a generator's
step moves nothing. To the gradient u and v are constants, so that d sigma / dW = v u^T and
dL/dW = (g - <g, W / sigma> v u^T) / sigma with g the gradient with respect to W / sigma, which is
orthogonal to W.

Source: Miyato et al. 2018, https://arxiv.org/abs/1802.05957, Eqs. 8 and 12, Algorithm 1.
"""

import math

import keras
import tensorflow as tf
from keras import ops

from tfgan.layers.convolution_2d import Conv2D
from tfgan.layers.nested import iterate_layers

_FIRST_ITERATIONS = 20


class _Spectral:
    """What the three layers below share; comes before a Keras layer in the list of bases."""

    def add_weight(self, *args, **kwargs):
        # Never cast on reading: sigma is a float32 number under any precision policy.
        return super().add_weight(*args, **{**kwargs, "autocast": False})

    def build(self, input_shape):
        super().build(input_shape)
        rows, columns = self._matrix_shape()
        self.u = self._add_vector("u", columns, lambda: _first_u(self._matrix()))
        self.v = self._add_vector("v", rows, lambda: _v_of(self._matrix(), self.u))

    def _add_vector(self, name, size, start):
        return self.add_weight(
            name=name,
            shape=(size,),
            dtype="float32",
            # A function, so that it runs once the kernel has values, wherever variables are made.
            initializer=lambda shape, dtype: start(),
            trainable=False,
            aggregation="only_first_replica",  # all replicas compute it from the same kernel
        )

    def _matrix_shape(self):
        *rest, columns = self._raw_weight().shape
        return math.prod(rest), columns

    def _matrix(self):
        return ops.cast(ops.reshape(self._raw_weight(), self._matrix_shape()), "float32")

    def _raw_weight(self):
        return self.kernel

    def normalized_kernel(self):
        """W / sigma in the shape of the kernel, float32."""
        sigma = ops.sum(ops.matmul(ops.convert_to_tensor(self.v)[None], self._matrix()) * self.u)
        # A kernel of zeros has sigma = 0 and stays as it is.
        return tf.math.divide_no_nan(ops.cast(self._raw_weight(), "float32"), sigma)

    def _cast_kernel(self, inputs):
        return ops.cast(self.normalized_kernel(), inputs.dtype)

    def iterate(self, iterations):
        """Moves u and v towards the singular vectors of the kernel of now."""
        u = ops.convert_to_tensor(self.u)
        # A kernel that was zero has left u = 0, from where no iteration leads away.
        start = tf.cond(tf.reduce_any(u != 0.0), lambda: u, lambda: _longest(self._matrix()))
        u, v = _iterate(self._matrix(), start, iterations)
        self.u.assign(u)
        self.v.assign(v)

    def _with_bias(self, outputs):
        if self.use_bias:
            outputs = outputs + ops.cast(self.bias, outputs.dtype)
        return outputs if self.activation is None else self.activation(outputs)

    # Keras' Dense, Conv2D and Embedding save the weights that they know by name, without u and v.
    def save_own_variables(self, store):
        keras.layers.Layer.save_own_variables(self, store)

    def load_own_variables(self, store):
        keras.layers.Layer.load_own_variables(self, store)


@keras.saving.register_keras_serializable(package="tfgan")
class SpectralDense(_Spectral, keras.layers.Dense):
    """`keras.layers.Dense` with a kernel of spectral norm 1; the same arguments."""

    def call(self, inputs):
        return self._with_bias(ops.matmul(inputs, self._cast_kernel(inputs)))


@keras.saving.register_keras_serializable(package="tfgan")
class SpectralConv2D(_Spectral, Conv2D):
    """`keras.layers.Conv2D`, channels last, with a kernel of spectral norm 1; the same arguments.

    The norm is that of the kernel as a matrix [height * width * input channels, filters], as in the
    paper, not that of the convolution as a linear map, which may be larger.
    """

    def call(self, inputs):
        return self._with_bias(self.convolution_op(inputs, self._cast_kernel(inputs)))


@keras.saving.register_keras_serializable(package="tfgan")
class SpectralEmbedding(_Spectral, keras.layers.Embedding):
    """`keras.layers.Embedding` with a table of spectral norm 1; the same arguments."""

    def _raw_weight(self):
        return self.embeddings

    def call(self, inputs):
        return ops.cast(ops.take(self.normalized_kernel(), inputs, axis=0), self.compute_dtype)


def power_iteration(network, iterations=1):
    """Moves u and v of every spectrally normalized layer of a network.

    v <- W u / ||W u||, then u <- W^T v / ||W^T v||. Call it once before each
    discriminator update. Networks without such layers pass unchanged.

    Args:
      network: keras.Model or layer; nested models are searched too.
      iterations: int, 1 or more; 1 in the paper.
    Raises: ValueError if `iterations` is below 1.
    Source: Miyato et al. 2018, https://arxiv.org/abs/1802.05957, Algorithm 1.
    """
    if iterations < 1:
        raise ValueError(f"iterations must be 1 or more; received {iterations}.")
    for layer in dict.fromkeys(iterate_layers(network)):  # a shared layer once
        if isinstance(layer, _Spectral):
            layer.iterate(iterations)


def _first_u(matrix):
    """u of a new kernel, from the longest column: sigma is as large as that column is long."""
    return _iterate(matrix, _longest(matrix), _FIRST_ITERATIONS)[0]


def _longest(matrix):
    """The unit vector of the longest column."""
    longest = ops.argmax(ops.sum(ops.square(matrix), axis=0))
    return ops.one_hot(longest, matrix.shape[1], dtype="float32")


def _iterate(matrix, u, iterations):
    for _ in range(iterations):
        v = _v_of(matrix, u)
        u = tf.math.l2_normalize(tf.linalg.matvec(matrix, v, transpose_a=True))
    return u, v


def _v_of(matrix, u):
    return tf.math.l2_normalize(tf.linalg.matvec(matrix, u))
