"""Unrolled discriminators: a generator that anticipates how the discriminator will answer.

theta_0 are the discriminator's weights, and theta_k+1 = theta_k + the step of its optimizer on its
loss at theta_k. The generator descends its loss at theta_K, through all K steps; the weights stay
theta_0. In the paper that is the loss of `losses.zero_sum`.

Source: Metz et al. 2017, https://arxiv.org/abs/1611.02163, Eqs. 5 to 7.
"""

import contextlib

import keras
import tensorflow as tf

from tfgan import replicas


def _slope_of_update(op, slope):
    """The gradient that TensorFlow lacks of what it makes, under XLA, of that of a slice.

    A penalty on a gradient through a concatenation, anticipated, has a third derivative.
    """
    whole, update, begin = op.inputs
    part = tf.slice(slope, begin, tf.shape(update))
    margins = tf.stack([begin, tf.shape(whole) - begin - tf.shape(update)], axis=1)
    return slope - tf.pad(part, margins), part, None


with contextlib.suppress(KeyError):  # another TensorFlow may have it
    tf.RegisterGradient("XlaDynamicUpdateSlice")(_slope_of_update)


def check(steps, optimizer, terms):
    """Raises ValueError unless steps of a discriminator can be anticipated.

    Args:
      steps: the argument `unrolled_steps` of `compile`.
      optimizer: Keras optimizer of the discriminator.
      terms: sequence of `terms.Term`, all that the model has.
    """
    if not isinstance(steps, int) or steps < 0:
        raise ValueError(f"unrolled_steps must be a number of steps from 0; received {steps!r}.")
    if not steps:
        return
    _rule(optimizer)
    for term in terms:
        if term.player == "discriminator" and isinstance(term.function, tf.Module):
            raise ValueError(
                "unrolled_steps must be 0 with a discriminator term that keeps a state, which "
                f"anticipated steps would change; received {steps} and {term.name}."
            )


def anticipated(loss, variables, optimizer, steps):
    """The values that variables will have after steps of an optimizer, as functions of the loss.

    Args:
      loss: function of the number of the step, 0 to `steps` - 1 -> float32 scalar, the mean loss
        over this replica's examples; it reads the variables.
      variables: list of trainable Keras variables; they do not change.
      optimizer: Keras SGD or Adam that has been built for them; its state does not change.
      steps: int, 1 or more.
    Returns: list of (variable, tensor), for `keras.StatelessScope`; differentiable with respect to
      all that the loss depends on.
    """
    values = [tf.convert_to_tensor(variable.value) for variable in variables]
    update = _rule(optimizer)(optimizer, variables)
    for step in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(values)
            with keras.StatelessScope(list(zip(variables, values, strict=True))):
                value = loss(step)
        gradients = _global_mean(tape.gradient(value, values))
        values = update(step, values, gradients)
        values = [_constrained(*pair) for pair in zip(variables, values, strict=True)]
    return list(zip(variables, values, strict=True))


def _global_mean(gradients):
    """Gradients of the global batch; None stays None."""
    connected = [tf.convert_to_tensor(each) for each in gradients if each is not None]
    means = iter(replicas.mean(connected, of="An unrolled discriminator") if connected else [])
    return [each if each is None else next(means) for each in gradients]


def _constrained(variable, value):
    return value if variable.constraint is None else variable.constraint(value)


def _rule(optimizer):
    """The class of the update of an optimizer."""
    rules = {keras.optimizers.SGD: _SGD, keras.optimizers.Adam: _Adam}
    unsupported = ("clipnorm", "clipvalue", "global_clipnorm", "weight_decay", "amsgrad")
    used = [name for name in unsupported if getattr(optimizer, name, None)]
    if type(optimizer) not in rules or used or optimizer.gradient_accumulation_steps:
        received = f"{type(optimizer).__name__}{''.join(f' with {name}' for name in used)}"
        raise ValueError(
            "unrolled_steps needs a discriminator that is trained by keras.optimizers.SGD or Adam, "
            "without clipping, weight decay, amsgrad or accumulation; "
            f"received {received}."
        )
    return rules[type(optimizer)]


class _Rule:
    """The update of an optimizer on tensors, from its present state; called in order.

    Args:
      optimizer: Keras optimizer.
      variables: list of the variables that it moves.
    """

    def __init__(self, optimizer, variables):
        self.optimizer = optimizer
        self.count = tf.convert_to_tensor(optimizer.iterations.value)
        self.states = [self.slots(optimizer._get_variable_index(v)) for v in variables]

    def __call__(self, step, values, gradients):
        """The values after a step; those without a gradient, None, do not change."""
        rate = self.optimizer._learning_rate
        rate = rate(self.count + step) if callable(rate) else rate
        rate = tf.cast(tf.convert_to_tensor(rate), tf.float32)
        moved = []
        for index, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
            if gradient is not None:
                change, self.states[index] = self.change(step, gradient, rate, self.states[index])
                value = value + tf.cast(change, value.dtype)
            moved.append(value)
        return moved


class _SGD(_Rule):
    def slots(self, index):
        momenta = self.optimizer.momentum and self.optimizer.momentums
        return tf.convert_to_tensor(momenta[index].value) if momenta else None

    def change(self, step, gradient, rate, momentum):
        if momentum is None:
            return -rate * gradient, None
        decay = self.optimizer.momentum
        momentum = decay * momentum - rate * gradient
        nesterov = self.optimizer.nesterov
        return (decay * momentum - rate * gradient if nesterov else momentum), momentum


class _Adam(_Rule):
    def slots(self, index):
        of = (self.optimizer._momentums, self.optimizer._velocities)
        return [tf.convert_to_tensor(each[index].value) for each in of]

    def change(self, step, gradient, rate, moments):
        b1, b2 = self.optimizer.beta_1, self.optimizer.beta_2
        count = tf.cast(self.count + step + 1, tf.float32)
        mean = moments[0] + (1.0 - b1) * (gradient - moments[0])
        square = moments[1] + (1.0 - b2) * (tf.square(gradient) - moments[1])
        rate = rate * tf.sqrt(1.0 - tf.pow(b2, count)) / (1.0 - tf.pow(b1, count))
        return -rate * mean / (_root(square) + self.optimizer.epsilon), [mean, square]


def _root(x):
    """The square root, whose slope at 0 is 0 instead of infinite."""
    is_positive = x > 0.0
    return tf.where(is_positive, tf.sqrt(tf.where(is_positive, x, 1.0)), 0.0)
