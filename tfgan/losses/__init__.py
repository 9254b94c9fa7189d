"""Adversarial losses: pairs of pure functions on logits.

`<name>_discriminator_loss` and `<name>_generator_loss` all have one form:

    Args:
      real_logits: the discriminator's output on real examples, before any sigmoid; any shape, such
        as `[batch, 1]`, or `[batch, height, width, 1]` for patches; cast to float32.
      fake_logits: the same on fake examples, of the same shape.
    Returns: float32 of that shape, one loss per logit, to be averaged and minimized.
    Raises: ValueError if the shapes differ.

Most generators ignore `real_logits`; their docstrings say so. Values and slopes are finite for all
logits that occur in training (tested up to 10,000 in magnitude).

`<name>()` takes the pair's arguments and returns the pair as an `AdversarialLoss`.

Symbols: D(x) and D(G(z)) are the logits (`critic`, `relativistic`) or their sigmoid
(`cross_entropy`) of a real and of a fake example; sigma is the sigmoid; softplus(a) =
log(1 + exp(a)) = -log sigma(-a), by which every logarithm is computed.

>>> from tfgan import losses
>>> losses.hinge_discriminator_loss([[2.0]], [[-0.5]]).numpy()
array([[0.5]], dtype=float32)
>>> losses.get("hinge") == losses.hinge()
True
"""

from tfgan.losses.adversarial import (
    AdversarialLoss,
    exchanged,
    no_loss,
    scaled,
    weighted,
    with_sides_exchanged,
    zero_sum,
)
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
    "AdversarialLoss", "exchanged", "get", "hinge", "hinge_discriminator_loss",
    "hinge_generator_loss", "least_squares", "least_squares_discriminator_loss",
    "least_squares_generator_loss", "maximum_likelihood", "maximum_likelihood_generator_loss",
    "minimax", "minimax_discriminator_loss", "minimax_generator_loss", "no_loss", "non_saturating",
    "non_saturating_discriminator_loss", "non_saturating_generator_loss", "relativistic",
    "relativistic_average", "relativistic_average_discriminator_loss",
    "relativistic_average_generator_loss", "relativistic_discriminator_loss",
    "relativistic_generator_loss", "scaled", "wasserstein", "wasserstein_discriminator_loss",
    "wasserstein_generator_loss", "weighted", "with_sides_exchanged", "zero_sum",
]  # fmt: skip
