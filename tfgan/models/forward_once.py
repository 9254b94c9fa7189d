"""A forward pass that is computed once and differentiated later, when other weights have moved.

>>> import keras
>>> import tensorflow as tf
>>> w, judge = keras.Variable(3.0), keras.Variable(1.0)
>>> square = once(lambda: {"data": w * w}, [w])
>>> _ = judge.assign(5.0)
>>> with tf.GradientTape() as tape:
...     loss = judge * square()["data"]
>>> tape.gradient(loss, w).numpy().item()  # 5 * 2 w
30.0
"""

import tensorflow as tf


def once(function, variables):
    """Calls a function now, and returns one that repeats its result without computing it.

    Args:
      function: function () -> structure of tensors, which depends on the variables.
      variables: list of Keras variables; they do not change until the gradient is taken.
    Returns: function () -> the structure. Under a `tf.GradientTape` its gradients with respect to
      the variables are those of the call; they may be taken once.
    """
    variables = [each.value for each in variables]  # for others an unconnected one is an error
    with tf.GradientTape() as tape:
        result = function()
    flat = tf.nest.flatten(result)
    differentiable = [each for each in flat if each.dtype.is_floating]

    @tf.custom_gradient
    def repeat(*_):
        def gradient(*slopes):
            zero = tf.UnconnectedGradients.ZERO
            return tape.gradient(differentiable, variables, slopes, unconnected_gradients=zero)

        return [tf.identity(each) for each in differentiable], gradient

    def again():
        repeated = iter(repeat(*map(tf.convert_to_tensor, variables)))
        both = [next(repeated) if each.dtype.is_floating else each for each in flat]
        return tf.nest.pack_sequence_as(result, both)

    return again
