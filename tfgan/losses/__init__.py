"""Adversarial losses: pairs of pure functions on logits.

`<name>_discriminator_loss` and `<name>_generator_loss` all have one form:

    Args: real_logits, fake_logits: the discriminator's output on real and on fake examples, before
      any sigmoid; any shape (`[batch, 1]`, or `[batch, height, width, 1]` for patches), the same
      for both; float16 and bfloat16 are cast to float32 first.
    Returns: float32 of that shape, one loss per logit, to be averaged and minimized.
    Raises: ValueError if the shapes differ.

Every function takes both arguments, so that a training step need not know the game. Most
generators ignore `real_logits` and say so: the real data are a constant to them. All values and
slopes are finite for logits of any size that training meets (tested up to 10,000 either way).

`<name>()` returns the pair as an `AdversarialLoss` and takes the pair's arguments.

Symbols: D(x) and D(G(z)) are the logits (`scores`, `relative`) or their sigmoid (`cross_entropy`)
on a real and on a fake example; sigma is the sigmoid; softplus(a) = log(1 + exp(a)) =
-log sigma(-a), which is how every logarithm is computed.
"""

from tfgan.losses.adversarial import AdversarialLoss
from tfgan.losses.by_name import get
from tfgan.losses.critic import (
    hinge,
    hinge_discriminator_loss,
    hinge_generator_loss,
    least_squares,
    least_squares_discriminator_loss,
    least_squares_generator_loss,
    wasserstein,
    wasserstein_discriminator_loss,
    wasserstein_generator_loss,
)
from tfgan.losses.cross_entropy import (
    maximum_likelihood,
    maximum_likelihood_generator_loss,
    minimax,
    minimax_discriminator_loss,
    minimax_generator_loss,
    non_saturating,
    non_saturating_discriminator_loss,
    non_saturating_generator_loss,
)
from tfgan.losses.relativistic import (
    relativistic,
    relativistic_average,
    relativistic_average_discriminator_loss,
    relativistic_average_generator_loss,
    relativistic_discriminator_loss,
    relativistic_generator_loss,
)

__all__ = [
    "AdversarialLoss",
    "get",
    "hinge",
    "hinge_discriminator_loss",
    "hinge_generator_loss",
    "least_squares",
    "least_squares_discriminator_loss",
    "least_squares_generator_loss",
    "maximum_likelihood",
    "maximum_likelihood_generator_loss",
    "minimax",
    "minimax_discriminator_loss",
    "minimax_generator_loss",
    "non_saturating",
    "non_saturating_discriminator_loss",
    "non_saturating_generator_loss",
    "relativistic",
    "relativistic_average",
    "relativistic_average_discriminator_loss",
    "relativistic_average_generator_loss",
    "relativistic_discriminator_loss",
    "relativistic_generator_loss",
    "wasserstein",
    "wasserstein_discriminator_loss",
    "wasserstein_generator_loss",
]
