"""The bare kernels of a training step: what is left of it when all but the arithmetic is free.

A step's convolutions and matrix products, forward and for the gradients of inputs and weights,
each on random inputs of its own, since equal ones would be computed once. There is no
normalization, activation, loss, optimizer or data in it.
"""

import keras
import tensorflow as tf

_LAYERS = (keras.layers.Conv2D, keras.layers.Conv2DTranspose, keras.layers.Dense)


def floor(generator, discriminator, batch_size, *, simultaneous=False, dtype="float32"):
    """A function that runs the kernels of one step of one generator against one discriminator.

    Args:
      generator, discriminator: functional `keras.Model` of convolutions and dense layers.
      batch_size: int.
      simultaneous: bool, as of `GAN.compile`.
      dtype: str, what the kernels compute in.
    Returns: (function () -> list of tensors, float: the number of multiplications and additions).
    """
    forward, on_real, on_fake = ["forward"], ["forward", "weights", "inputs"], None
    if simultaneous:
        # One backward pass for each player's loss through the discriminator on fakes.
        on_fake = ["forward", "weights", "inputs", "all inputs"]
        passes = [(generator, ["forward", "weights", "inputs"]), (discriminator, on_real)]
        passes += [(discriminator, on_fake)]
    else:
        passes = [(generator, forward), (discriminator, on_real), (discriminator, on_real)]
        passes += [(generator, on_real), (discriminator, ["forward", "all inputs"])]
    kernels, operations = [], 0.0
    for network, directions in passes:
        for place, layer in enumerate(_layers(network)):
            for direction in directions:
                if direction == "inputs" and place == 0:
                    continue  # nobody asks for the gradient of the data or the latents
                kernel, count = _kernel(layer, batch_size, direction, dtype)
                kernels.append(kernel)
                operations += count
    return tf.function(lambda: [kernel() for kernel in kernels]), operations


def _layers(network):
    return [layer for layer in network.layers if isinstance(layer, _LAYERS)]


def _kernel(layer, batch_size, direction, dtype):
    """(function () -> tensor, its multiplications and additions)."""
    x = _random((batch_size, *layer.input.shape[1:]), dtype)
    y = _random((batch_size, *layer.output.shape[1:]), dtype)
    w = _random(layer.kernel.shape, dtype)
    if isinstance(layer, keras.layers.Dense):
        return _dense(x, w, y, direction), 2.0 * batch_size * tf.size(w).numpy()
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return _convolution(y, w, x, _transposed(direction), layer), _count(w, x)
    return _convolution(x, w, y, direction, layer), _count(w, y)


def _dense(x, w, y, direction):
    if direction == "forward":
        return lambda: tf.matmul(x, w)
    if direction == "weights":
        return lambda: tf.matmul(x, y, transpose_a=True)
    return lambda: tf.matmul(y, w, transpose_b=True)


def _convolution(x, w, y, direction, layer):
    """A kernel of the convolution x -> y."""
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


def _transposed(direction):
    """The direction of the convolution that a transposed one is the gradient of."""
    return {"forward": "inputs", "weights": "weights"}.get(direction, "forward")


def _count(w, coarse):
    """Two a weight and a place of the coarser side, for each example."""
    return 2.0 * float(tf.size(w)) * float(tf.reduce_prod(tf.shape(coarse)[:3]))


def _random(shape, dtype):
    return tf.cast(tf.random.normal(shape, stddev=0.1), dtype)
