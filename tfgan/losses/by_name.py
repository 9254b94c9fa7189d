"""Adversarial losses by name, as Keras resolves what `compile` takes."""

import difflib
import inspect
from collections.abc import Callable

from tfgan import losses
from tfgan.losses.adversarial import AdversarialLoss


def named() -> dict[str, Callable[..., AdversarialLoss]]:
    """The functions of `tfgan.losses` that make an adversarial loss, by name."""
    functions = {name: getattr(losses, name) for name in losses.__all__}
    return {
        name: function
        for name, function in functions.items()
        if inspect.isfunction(function)
        and inspect.signature(function).return_annotation is AdversarialLoss
        and function is not get
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
    if isinstance(loss, str) and loss in named():
        return named()[loss]()
    near = difflib.get_close_matches(loss, named(), n=1) if isinstance(loss, str) else []
    hint = f"; did you mean {near[0]!r}?" if near else "."
    if callable(loss):
        hint = "; make one of two functions with losses.AdversarialLoss(discriminator, generator)."
    raise ValueError(
        f"loss must be a losses.AdversarialLoss or a name, {', '.join(sorted(named()))}; received "
        f"{loss!r}{hint}"
    )
