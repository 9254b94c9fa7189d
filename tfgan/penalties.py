"""Penalties on a critic's gradient with respect to its input, and WGAN's weight clipping.

All have one form, (critic, real, fake, seed) -> float32 `[batch]`, before the weight:

    critic: function, examples `[batch, ...]` -> logits `[batch, ...]`, with its condition bound.
      The logits of one example (patches) are summed. The logits of an example must depend on that
      example alone, which excludes batch normalization. With one logit per pack of m examples, g
      is the gradient with respect to the whole pack, and the result is `[batch / m]`.
    real: `[batch, ...]`, such as points `[batch, d]` or images; cast to float32.
    fake: the same.
    seed: int32 `[2]`, stateless; one seed, one set of points.

g(x) below is the gradient of the critic at x and ||.|| the Euclidean norm over all axes but the
first. The result has derivatives with respect to the critic's weights, also where g is 0.

>>> import tensorflow as tf
>>> from tfgan import penalties
>>> x = tf.constant([[3.0, 4.0]])
>>> penalties.r1(lambda x: tf.reduce_sum(x**2, axis=1), x, x, seed=None).numpy()  # ||2 x||^2
array([100.], dtype=float32)
"""

from collections.abc import Callable
from typing import Any, cast

import keras
import tensorflow as tf

from tfgan import replicas, rng, terms
from tfgan.typing import Critic

_EPSILON = 1e-12  # inside the root, whose slope at 0 is infinite; moves a norm by 1e-6 at most


class Penalty(terms.Term):
    """A penalty as a term of the discriminator's loss; their sum is logged as `penalty`.

    Args:
      function: (critic, real, fake, seed) -> float32 `[batch]`.
      weight, every, share: see `terms.Term`.
    """

    function: Callable[..., tf.Tensor]  # of the critic and examples, not of a turn
    kind = "penalty"

    def __init__(
        self,
        function: Callable[[Critic, tf.Tensor, tf.Tensor, tf.Tensor], tf.Tensor],
        weight: float | Callable[[Any], Any],
        every: int = 1,
        share: float = 1.0,
    ) -> None:
        super().__init__(cast(Any, function), "discriminator", weight, every, "penalty", share)

    def evaluate(self, turn: terms.Turn) -> tf.Tensor:
        """The penalty at the turn's real examples and fakes."""
        return self.function(turn.critic, turn.real["data"], turn.fake, turn.seed)


def wasserstein_gradient_penalty(
    critic: Critic,
    real: tf.Tensor,
    fake: tf.Tensor,
    seed: tf.Tensor,
    *,
    target: float = 1.0,
    one_sided: bool = False,
) -> tf.Tensor:
    """Pulls the critic's gradient norm to `target` between real and fake examples.

    (||g(x)|| / target - 1)^2 at x = real + a (fake - real), a ~ U[0, 1) per example.

    Args:
      target: float above 0, the norm that costs nothing.
      one_sided: bool, whether smaller norms cost nothing either.
    Returns: float32 `[batch]`, before the weight (10 in the paper).
    Source: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, Eq. 3 and section 4.
    """
    if not target > 0.0:
        raise ValueError(f"target must be above 0; received {target!r}.")
    real, fake = tf.cast(real, tf.float32), tf.cast(fake, tf.float32)
    if not real.shape.is_compatible_with(fake.shape):
        raise ValueError(
            "real and fake must have the same shape; "
            f"received {tuple(real.shape)} and {tuple(fake.shape)}."
        )
    excess = _gradient_norm(critic, real + _share(seed, real) * (fake - real)) / target - 1.0
    return tf.square(tf.nn.relu(excess) if one_sided else excess)


def dragan(
    critic: Critic, real: tf.Tensor, fake: tf.Tensor, seed: tf.Tensor, *, scale: float = 0.5
) -> tf.Tensor:
    """Pulls the critic's gradient norm to 1 in the neighborhood of real examples.

    (||g(x)|| - 1)^2 at x = real + a scale s u, a ~ U[0, 1) per example, u ~ U[0, 1) per number,
    s = standard deviation of all numbers in `real`, over all replicas. Ignores `fake`.

    Args:
      scale: float, size of the neighborhood in standard deviations of the data.
    Returns: float32 `[batch]`, before the weight (10 in the paper).
    Source: Kodali et al. 2017, https://arxiv.org/abs/1705.07215.
    Differs: the noise is that of the authors' code; the paper's formula has normal noise.
    """
    real = tf.cast(real, tf.float32)
    noise = rng.uniform(rng.fold(seed, 1), rng.count(real), tuple(real.shape[1:]))
    step = scale * _deviation(real) * noise
    return tf.square(_gradient_norm(critic, real + _share(rng.fold(seed, 0), real) * step) - 1.0)


def r1(critic: Critic, real: tf.Tensor, fake: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Flattens the critic at real examples: ||g(real)||^2. Ignores `fake` and `seed`.

    Source: Mescheder et al. 2018, https://arxiv.org/abs/1801.04406, Eq. 9.
    Differs: without the factor gamma / 2: the paper's gamma of 10 is a weight of 5.
    """
    return _squared_gradient_norm(critic, real)


def r2(critic: Critic, real: tf.Tensor, fake: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Flattens the critic at fake examples: ||g(fake)||^2. Ignores `real` and `seed`.

    Source: Mescheder et al. 2018, https://arxiv.org/abs/1801.04406, Eq. 10.
    Differs: without the factor gamma / 2, as in `r1`.
    """
    return _squared_gradient_norm(critic, fake)


@keras.saving.register_keras_serializable(package="tfgan")
class ClipWeights(keras.constraints.Constraint):
    """Keeps every weight in [-limit, limit] after each update.

    The paper clips all weights: it is the `kernel_constraint` and `bias_constraint` of each layer.

    Args:
      limit: float above 0 (0.01 in the paper).
    Source: Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Algorithm 1.
    """

    def __init__(self, limit: float) -> None:
        if not limit > 0.0:
            raise ValueError(f"limit must be above 0; received {limit!r}.")
        self.limit = limit

    def __call__(self, w: Any) -> Any:
        return keras.ops.clip(w, -self.limit, self.limit)

    def get_config(self) -> dict[str, float]:
        return {"limit": self.limit}


def _squared_gradient_norm(critic: Critic, points: tf.Tensor) -> tf.Tensor:
    points = tf.cast(points, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(points)
        logits = critic(points)
    gradient = tape.gradient(logits, points)
    if gradient is None:
        raise ValueError(
            "critic must be a differentiable function of its examples; received one whose logits "
            "do not depend on them."
        )
    squares = tf.square(tf.convert_to_tensor(gradient))
    of_examples = tf.reduce_sum(squares, axis=tuple(range(1, len(points.shape))))
    pack = rng.count(points) // rng.count(logits)
    return tf.reduce_sum(tf.reshape(of_examples, (-1, pack)), axis=1)


def _gradient_norm(critic: Critic, points: tf.Tensor) -> tf.Tensor:
    return tf.sqrt(_squared_gradient_norm(critic, points) + _EPSILON)


def _deviation(numbers: tf.Tensor) -> tf.Tensor:
    """The standard deviation of all numbers of the global batch, a scalar."""
    middle = replicas.mean(tf.reduce_mean(numbers), of="The penalty dragan")
    return tf.sqrt(replicas.mean(tf.reduce_mean(tf.square(numbers - middle))))


def _share(seed: tf.Tensor, examples: tf.Tensor) -> tf.Tensor:
    """One number of U[0, 1) per example, shaped to multiply `examples`."""
    return rng.uniform(seed, rng.count(examples), (1,) * (len(examples.shape) - 1))
