"""Spectral normalization of any layer: the largest singular value of its weight matrix is 1.

    W / sigma(W),  sigma = v^T W u

W is the kernel as a matrix [all other axes, last axis], as in the paper; the convolution as a
linear map may have a larger norm. u and v are the singular vectors of the largest singular value.

u and v are weights that follow W by `power_iteration`, once per training step; calls never change
them. The gradient takes them as constants: d sigma / dW = v u^T, and with g = dL / d(W / sigma)
dL/dW = (g - <g, W / sigma> v u^T) / sigma.

Source: Miyato et al. 2018, https://arxiv.org/abs/1802.05957, Eqs. 8 and 12, Algorithm 1.
"""

import functools
import inspect
import math
import types

import keras
import tensorflow as tf
from keras import ops

from tfgan.layers.convolution_2d import Conv2D, Conv2DTranspose
from tfgan.layers.convolution_3d import Conv3D, Conv3DTranspose
from tfgan.layers.nested import iterate_layers

_FIRST_ITERATIONS = 20
_FAST = {fast.__base__: fast for fast in (Conv2D, Conv2DTranspose, Conv3D, Conv3DTranspose)}


@functools.cache
def spectrally_normalized(layer_class):
    """The class of a layer with a spectrally normalized kernel; it takes the same arguments.

    >>> import numpy as np
    >>> layer = spectrally_normalized(keras.layers.Dense)(2, use_bias=False)
    >>> layer(np.ones((1, 3))).shape
    TensorShape([1, 2])
    >>> power_iteration(layer, 30)
    >>> float(np.linalg.norm(layer.normalized_kernel(), 2).round(3))
    1.0

    Args:
      layer_class: subclass of `keras.Layer` that is called with one tensor, channels last, and has
        a weight `kernel`, such as a dense or (transposed) convolutional layer; or `Embedding`.
        Keras' convolutions become those of this package, see `cpu_kernels`.
    Returns: class Spectral<name>, a `SpectralNormalization`. Saved models with classes other than
      those of Keras' dense, convolutional and embedding layers need a call before they are loaded.
    Raises: ValueError for a class without a kernel, when a layer is built.
    """
    layer_class = _FAST.get(layer_class, layer_class)
    weight = "embeddings" if issubclass(layer_class, keras.layers.Embedding) else "kernel"
    is_ours = layer_class.__module__.startswith(("keras.", "tfgan."))
    register = keras.saving.register_keras_serializable(
        package="tfgan" if is_ours else layer_class.__module__
    )
    members = {"__module__": __name__, "_layer_class": layer_class, "_weight": weight}
    bases = (SpectralNormalization, layer_class)
    return register(type(f"Spectral{layer_class.__name__}", bases, members))


class _View:
    """A layer, as its own methods see it, with other values of some attributes."""

    def __init__(self, layer, values):
        self._layer = layer
        self.__dict__ |= values

    @property
    def __class__(self):
        return type(self._layer)  # for `super()` in the layer's methods

    def __getattr__(self, name):
        value = getattr(self._layer, name)
        is_method = inspect.ismethod(value) and value.__self__ is self._layer
        return types.MethodType(value.__func__, self) if is_method else value


class SpectralNormalization:
    """A layer with a spectrally normalized kernel; base of what `spectrally_normalized` returns."""

    _layer_class: type
    _weight: str

    def add_weight(self, *args, **kwargs):
        # Never cast on reading: sigma is float32 under every precision policy.
        return super().add_weight(*args, **{**kwargs, "autocast": False})

    def build(self, input_shape):
        super().build(input_shape)
        if not hasattr(self, self._weight):
            name = self._layer_class.__name__
            raise ValueError(f"spectrally_normalized takes layers with a kernel; received {name}.")
        *rest, columns = getattr(self, self._weight).shape
        self.u = self._add_vector("u", columns, lambda: _first_u(self._matrix()))
        self.v = self._add_vector("v", math.prod(rest), lambda: _v_of(self._matrix(), self.u))

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

    def _matrix(self):
        kernel = getattr(self, self._weight)
        return ops.cast(ops.reshape(kernel, (-1, kernel.shape[-1])), "float32")

    def normalized_kernel(self):
        """W / sigma in the shape of the kernel, float32; zeros for a kernel of zeros."""
        sigma = ops.sum(ops.matmul(ops.convert_to_tensor(self.v)[None], self._matrix()) * self.u)
        return tf.math.divide_no_nan(ops.cast(getattr(self, self._weight), "float32"), sigma)

    def call(self, inputs):
        kernel = self.normalized_kernel()
        if not hasattr(self, "use_bias"):  # such as an Embedding, which casts its output itself
            return self._layer_class.call(_View(self, {self._weight: kernel}), inputs)
        # The bias is added here, as a sum: the gradient of Keras' BiasAdd rounds differently.
        linear = {"use_bias": False, "bias": None, "activation": keras.activations.linear}
        view = _View(self, {self._weight: ops.cast(kernel, self.compute_dtype), **linear})
        outputs = self._layer_class.call(view, inputs)
        if self.use_bias:
            outputs = outputs + ops.cast(self.bias, outputs.dtype)
        return outputs if self.activation is None else self.activation(outputs)

    def iterate(self, iterations):
        """Moves u and v towards the singular vectors of the current kernel."""
        u = ops.convert_to_tensor(self.u)
        # A kernel that was zero has left u = 0, from where no iteration leads away.
        start = tf.cond(tf.reduce_any(u != 0.0), lambda: u, lambda: _longest(self._matrix()))
        u, v = _iterate(self._matrix(), start, iterations)
        self.u.assign(u)
        self.v.assign(v)

    # Keras' layers save only the weights that they created, without u and v.
    def save_own_variables(self, store):
        keras.layers.Layer.save_own_variables(self, store)

    def load_own_variables(self, store):
        keras.layers.Layer.load_own_variables(self, store)


def power_iteration(network, iterations=1):
    """Moves u and v of every spectrally normalized layer; once before each discriminator update.

    v <- W u / ||W u||, then u <- W^T v / ||W^T v||.

    Args:
      network: keras.Model or layer; nested models are searched too.
      iterations: int, 1 or more; 1 in the paper.
    """
    if iterations < 1:
        raise ValueError(f"iterations must be 1 or more; received {iterations}.")
    for layer in dict.fromkeys(iterate_layers(network)):  # a shared layer once
        if isinstance(layer, SpectralNormalization):
            layer.iterate(iterations)


def _first_u(matrix):
    """u of a new kernel, from the longest column: sigma is at least that column's length."""

    def step(u):
        return [_iterate(matrix, u, 1)[0]]

    # A loop, because unrolling it makes a graph of all its steps for every layer.
    start, forever = [_longest(matrix)], lambda u: tf.constant(True)
    return tf.while_loop(forever, step, start, maximum_iterations=_FIRST_ITERATIONS)[0]


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


for _name in ("Dense", "Embedding", "Conv1D", "Conv1DTranspose"):
    spectrally_normalized(getattr(keras.layers, _name))  # registers the classes of saved models
for _class in _FAST:
    spectrally_normalized(_class)
