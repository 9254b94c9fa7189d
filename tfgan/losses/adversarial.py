"""The pair of losses that a model is compiled with, and the check of logits."""

import dataclasses
import functools
from collections.abc import Callable

import tensorflow as tf

LossFunction = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


@dataclasses.dataclass(frozen=True)
class AdversarialLoss:
    """The losses of the two players of one game; each player minimizes its own.

    Attributes:
      discriminator: function (real_logits, fake_logits) -> float32, element-wise.
      generator: function (real_logits, fake_logits) -> float32, element-wise.
      score: function, logits -> D(x) for the logs: a probability where the loss takes logits as
        log odds, else the logit itself.
      relativistic: bool, whether the generator's loss reads the real logits; if not, a training
        step need not compute them for it.
    """

    discriminator: LossFunction
    generator: LossFunction
    score: Callable[[tf.Tensor], tf.Tensor] = tf.identity
    relativistic: bool = False

    @property
    def moves_generator(self) -> bool:
        """Whether the generator has this loss; False with the weight 0, see `weighted`."""
        return self.generator is not no_loss


def weighted(loss: AdversarialLoss, weight: float) -> AdversarialLoss:
    """A loss whose generator's part is multiplied by a weight, against its terms; 0 leaves these.

    Args:
      weight: float, 0 or more.
    """
    if not weight >= 0.0:
        raise ValueError(f"weight must be 0 or more; received {weight!r}.")
    if weight == 1.0:
        return loss
    generator = functools.partial(scaled, loss.generator, weight) if weight else no_loss
    return dataclasses.replace(loss, generator=generator)


def zero_sum(loss: AdversarialLoss) -> AdversarialLoss:
    """The game in which the generator maximizes the discriminator's loss, as in unrolled GANs.

    The loss of real examples depends on the generator where the discriminator is unrolled; it is a
    part of the generator's loss here, unlike in `minimax`.

    Source: Metz et al. 2017, https://arxiv.org/abs/1611.02163, Eqs. 5 and 6.
    """
    generator = functools.partial(scaled, loss.discriminator, -1.0)
    return dataclasses.replace(loss, generator=generator, relativistic=True)


def exchanged(loss: AdversarialLoss) -> AdversarialLoss:
    """The game in which the generator minimizes the discriminator's loss with the sides exchanged.

    For a generator with an encoder, which moves both sides: with `non_saturating()` it maximizes
    log D(G(z), z) + log(1 - D(x, E(x))), whose slopes do not vanish where D is right.

    Source: Dumoulin et al. 2017, https://arxiv.org/abs/1606.00704, section 2; Donahue et al. 2017,
      https://arxiv.org/abs/1605.09782, section 3.
    """
    generator = functools.partial(with_sides_exchanged, loss.discriminator)
    return dataclasses.replace(loss, generator=generator, relativistic=True)


def with_sides_exchanged(
    function: LossFunction, real_logits: tf.Tensor, fake_logits: tf.Tensor
) -> tf.Tensor:
    """The values of a loss function of fakes as real examples and real examples as fakes."""
    return function(fake_logits, real_logits)


def scaled(
    function: LossFunction, weight: float, real_logits: tf.Tensor, fake_logits: tf.Tensor
) -> tf.Tensor:
    """The values of a loss function times a weight."""
    return weight * function(real_logits, fake_logits)


def no_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """0 for each logit: the loss of a generator that minimizes its terms alone."""
    return 0.0 * float32_logits(real_logits, fake_logits)[1]


def float32_logits(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Both logits as float32 tensors of one shape.

    Raises: ValueError if the shapes differ; broadcasting would pair every real with every fake.
    """
    real = tf.cast(real_logits, tf.float32)
    fake = tf.cast(fake_logits, tf.float32)
    if not real.shape.is_compatible_with(fake.shape):
        raise ValueError(
            "real_logits and fake_logits must have the same shape; "
            f"received {tuple(real.shape)} and {tuple(fake.shape)}."
        )
    return real, fake
