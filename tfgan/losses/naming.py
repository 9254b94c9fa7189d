"""Adversarial losses by name, as Keras resolves what `compile` takes."""

import difflib

from tfgan.losses import cross_entropy, relative, scores
from tfgan.losses.adversarial import AdversarialLoss

NAMED = {
    function.__name__: function
    for function in (
        cross_entropy.maximum_likelihood,
        cross_entropy.minimax,
        cross_entropy.non_saturating,
        relative.relativistic,
        relative.relativistic_average,
        scores.hinge,
        scores.least_squares,
        scores.wasserstein,
    )
}


def get(loss: AdversarialLoss | str) -> AdversarialLoss:
    """An adversarial loss.

    Args:
      loss: `AdversarialLoss`, or the name of one, such as "hinge".
    Returns: `AdversarialLoss`; a name gives the loss with its default arguments.
    Raises: ValueError for anything else.
    """
    if isinstance(loss, AdversarialLoss):
        return loss
    if isinstance(loss, str) and loss in NAMED:
        return NAMED[loss]()
    near = difflib.get_close_matches(loss, NAMED, n=1) if isinstance(loss, str) else []
    hint = f"; did you mean {near[0]!r}?" if near else "."
    if callable(loss):
        hint = "; make one of two functions with losses.AdversarialLoss(discriminator, generator)."
    raise ValueError(
        f"loss must be a losses.AdversarialLoss or a name, {', '.join(sorted(NAMED))}; received "
        f"{loss!r}{hint}"
    )
