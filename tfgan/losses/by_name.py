"""Adversarial losses by name, as Keras resolves what `compile` takes."""

import inspect
from collections.abc import Callable

from tfgan import losses, words
from tfgan.losses.adversarial import AdversarialLoss


def named() -> dict[str, Callable[..., AdversarialLoss]]:
    """The functions of `tfgan.losses` that return an adversarial loss, by name."""
    others = ("exchanged", "get", "weighted", "zero_sum")  # which take a loss
    functions = {name: getattr(losses, name) for name in losses.__all__ if name not in others}
    return {
        name: function
        for name, function in functions.items()
        if inspect.isfunction(function)
        and inspect.signature(function).return_annotation is AdversarialLoss
    }


def get(loss: AdversarialLoss | str) -> AdversarialLoss:
    """An adversarial loss.

    Args:
      loss: `AdversarialLoss`, or the name of one with its default arguments, such as "hinge".
    """
    if isinstance(loss, AdversarialLoss):
        return loss
    if isinstance(loss, str):
        if loss not in named():
            raise words.unknown("loss", loss, named())
        return named()[loss]()
    hint = " of two functions" if callable(loss) else ""
    raise ValueError(
        f"loss must be a losses.AdversarialLoss(discriminator, generator){hint} or a name, "
        f"{', '.join(sorted(named()))}; received {loss!r}."
    )
