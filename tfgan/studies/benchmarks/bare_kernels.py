"""The bare kernels of a training step: what remains of it when all but the arithmetic is free.

The convolutions and matrix products, forward and for the gradients of inputs and weights, each on
random inputs of its own, because equal ones would be computed once.
"""

import itertools

import keras
import tensorflow as tf

# A transposed convolution is the gradient of a convolution, whose directions are these.
_TRANSPOSED = {"forward": "inputs", "weights": "weights", "inputs": "forward"}
_LAYERS = (keras.layers.Conv2D, keras.layers.Conv2DTranspose, keras.layers.Dense)


def floor(generator, discriminator, batch_size, *, simultaneous=False, dtype="float32"):
    """The kernels of one step: (function () -> list of tensors, multiplications and additions).

    Args:
      generator: functional `keras.Model` of convolutions and dense layers.
      discriminator: the same.
      batch_size: int.
      simultaneous: bool, see `GAN.compile`.
      dtype: str, what the kernels compute in.
    """
    trained = ["forward", "weights", "inputs"]
    if simultaneous:
        # On fakes each player's loss has a backward pass through the discriminator.
        passes = [(generator, trained), (discriminator, trained)]
        passes += [(discriminator, [*trained, "all inputs"])]
    else:
        passes = [(generator, ["forward"]), (discriminator, trained), (discriminator, trained)]
        passes += [(generator, trained), (discriminator, ["forward", "all inputs"])]
    kernels, operations = [], 0.0
    for network, directions in passes:
        layers = [layer for layer in network.layers if isinstance(layer, _LAYERS)]
        for layer, direction in itertools.product(layers, directions):
            if direction == "inputs" and layer is layers[0]:
                continue  # no step needs the gradient of the data or the latents
            direction = direction.removeprefix("all ")
            kernel, count = _kernel(layer, batch_size, direction, dtype)
            kernels.append(kernel)
            operations += count
    return tf.function(lambda: [kernel() for kernel in kernels]), operations


def _kernel(layer, batch_size, direction, dtype):
    """(function () -> tensor, its multiplications and additions)."""
    x = _random((batch_size, *layer.input.shape[1:]), dtype)
    y = _random((batch_size, *layer.output.shape[1:]), dtype)
    w = _random(layer.kernel.shape, dtype)
    if isinstance(layer, keras.layers.Dense):
        return _dense(x, w, y, direction), 2.0 * batch_size * tf.size(w).numpy()
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return _convolution(y, w, x, _TRANSPOSED[direction], layer), _count(w, x)
    return _convolution(x, w, y, direction, layer), _count(w, y)


def _dense(x, w, y, direction):
    if direction == "forward":
        return lambda: tf.matmul(x, w)
    if direction == "weights":
        return lambda: tf.matmul(x, y, transpose_a=True)
    return lambda: tf.matmul(y, w, transpose_b=True)


def _convolution(x, w, y, direction, layer):
    settings = {"strides": [1, *layer.strides, 1], "padding": layer.padding.upper()}
    if direction == "forward":
        return lambda: tf.raw_ops.Conv2D(input=x, filter=w, **settings)
    if direction == "weights":
        return lambda: tf.raw_ops.Conv2DBackpropFilter(
            input=x, filter_sizes=tf.shape(w), out_backprop=y, **settings
        )
    return lambda: tf.raw_ops.Conv2DBackpropInput(
        input_sizes=tf.shape(x), filter=w, out_backprop=y, **settings
    )


def _count(w, coarse):
    """Two operations per weight, example and position of the coarser side."""
    return 2.0 * float(tf.size(w)) * float(tf.reduce_prod(tf.shape(coarse)[:3]))


def _random(shape, dtype):
    return tf.cast(tf.random.normal(shape, stddev=0.1), dtype)
