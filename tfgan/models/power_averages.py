"""Power-function averages of weights, of which one of any width is made after the training.

Such an average at step t weighs the weights of step s by s^gamma, up to t. Its width is the
standard deviation of these weights of steps, relative to t; it moves with every step, so that
averages of two widths, saved now and then, span those of other widths.

>>> round(exponent(0.05), 2), round(exponent(0.1), 2)
(16.97, 6.94)

Source: Karras et al. 2024, https://arxiv.org/abs/2312.02696, section 3.1 and appendix C.
"""

import dataclasses
import numbers

import numpy as np
import tensorflow as tf

from tfgan import layers

WIDTHS = (0.05, 0.1)
MIN_WIDTH, MAX_WIDTH = 0.001, 0.25
_MAX_ERROR = 0.1


@dataclasses.dataclass(frozen=True)
class Profile:
    """The density of the weights of steps in an average.

    Attributes:
      step: int, at least 1, the step of the average.
      width: float, relative to the step.
    """

    step: int
    width: float


class PowerAverages(tf.Module):
    """Averages of networks in training, updated in every step.

    Args:
      networks: sequence of `keras.Layer`; their variables of floating point are averaged, those
        that no gradient trains too.
      widths: sequence of floats.
    """

    def __init__(self, networks, widths=WIDTHS):
        super().__init__(name="power_averages")
        self.widths = tuple(widths)
        self._exponents = [exponent(width) for width in self.widths]
        variables = float_variables(networks)
        self.means = [[_variable_like(v) for v in variables] for _ in self.widths]

    def update(self, networks, step):
        """Moves the averages towards the weights.

        Args:
          networks: those of the constructor.
          step: int64 scalar, the number of earlier updates.
        """
        past = tf.math.log1p(-1.0 / (tf.cast(step, tf.float32) + 1.0))  # -inf in the first step
        values = [tf.convert_to_tensor(v) for v in float_variables(networks)]
        for gamma, means in zip(self._exponents, self.means, strict=True):
            share = -tf.math.expm1((gamma + 1.0) * past)
            for mean, value in zip(means, values, strict=True):
                mean.assign_add(share * (tf.cast(value, tf.float32) - mean))

    def values(self):
        """The averages: list of float32 arrays by width."""
        return [[mean.numpy() for mean in means] for means in self.means]


def float_variables(networks):
    """The variables of networks that are averaged: list."""
    variables = [variable for network in networks for variable in network.variables]
    return [v for v in variables if tf.as_dtype(v.dtype).is_floating]


def assign(networks, values):
    """Gives networks the values of an average, in the order of `PowerAverages`.

    A combination with negative coefficients could make a variance negative; it becomes 0 then.
    """
    for variable, value in zip(float_variables(networks), values, strict=True):
        is_variance = variable.path.endswith("variance")
        variable.assign(np.maximum(value, 0.0) if is_variance else value)
    for network in networks:
        layers.power_iteration(network)


def _variable_like(variable):
    return tf.Variable(
        tf.zeros(variable.shape),
        trainable=False,
        aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
    )


def check_width(width):
    """Raises ValueError for a width out of range."""
    is_number = isinstance(width, numbers.Real) and not isinstance(width, bool)
    if not (is_number and MIN_WIDTH <= width <= MAX_WIDTH):
        raise ValueError(
            f"The width of an average must be {MIN_WIDTH:g} to {MAX_WIDTH:g}; received {width}."
        )


def exponent(width):
    """gamma of a profile s^gamma: float.

    It solves width^2 = (gamma + 1) / ((gamma + 2)^2 (gamma + 3)), the variance of the profile.

    Raises: ValueError for a width out of range.
    """
    check_width(width)
    roots = np.roots([1.0, 7.0, 16.0 - width**-2, 12.0 - width**-2])
    return float(roots.real.max())


def coefficients(profiles, target):
    """The linear combination of averages that is nearest to another one, by least squares.

    The coefficients sum to 1, so that the average of weights that do not move is these weights.

    Args:
      profiles: sequence of `Profile`, of the averages at hand.
      target: Profile, at the step of the last of them.
    Returns: float64 `[n]`.
    Raises: ValueError, if the nearest is not near: the error is above a tenth of the target's norm.
    """
    if target in profiles:
        return np.array([float(profile == target) for profile in profiles])
    products = _inner_products(profiles, profiles)
    with_target = _inner_products(profiles, [target])[:, 0]
    # With the multiplier of the constraint.
    ones = np.ones((len(profiles), 1))
    system = np.block([[products, ones], [ones.T, np.zeros((1, 1))]])
    weights = np.linalg.lstsq(system, np.append(with_target, 1.0), rcond=None)[0][:-1]
    squared = _inner_products([target], [target])[0, 0]
    rest = squared - 2.0 * weights @ with_target + weights @ products @ weights
    error = np.sqrt(max(rest, 0.0) / squared)
    if error > _MAX_ERROR:
        count = len({profile.step for profile in profiles})
        raise ValueError(
            f"No average of width {target.width:g} can be made of averages at {count} steps up to "
            f"step {target.step}: the nearest misses {error:.1%} of it. Try a width nearer to "
            f"{WIDTHS[0]:g} and {WIDTHS[1]:g}, or save averages more often."
        )
    return weights


def _inner_products(left, right):
    """The integrals of products of two profiles: float64 `[n, m]`."""
    a, s = (x[:, None] for x in _exponents_and_steps(left))
    b, t = (x[None, :] for x in _exponents_and_steps(right))
    least, most = np.minimum(s, t), np.maximum(s, t)
    return (a + 1) * (b + 1) / (a + b + 1) * (least / s) ** a * (least / t) ** b / most


def _exponents_and_steps(profiles):
    known = {width: exponent(width) for width in {profile.width for profile in profiles}}
    exponents = [known[profile.width] for profile in profiles]
    return np.array(exponents), np.array([float(profile.step) for profile in profiles])
