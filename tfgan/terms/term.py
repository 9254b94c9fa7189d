"""A function of a turn with its weight and its player."""

import dataclasses
import functools
import math
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import tensorflow as tf

from tfgan import replicas
from tfgan.terms.historical_averaging import HistoricalAveraging
from tfgan.terms.staged import Staged
from tfgan.terms.turn import Turn

PLAYERS = ("generator", "discriminator")
Kind = TypeVar("Kind", bound="Term")


@dataclasses.dataclass(frozen=True)
class Term:
    """An extra objective of one player.

    Attributes:
      function: `Turn` -> float32 `[batch, ...]`, whose mean is the objective, or another shape,
        such as a scalar, for statistics of the whole batch. A `tf.Module` may own state, such as a
        running mean; it is saved and restored with the model.
      player: "generator" or "discriminator".
      weight: float, 0 or more; or a function of the step, such as a Keras learning rate schedule.
      every: int, k: lazy regularization, computed in every k-th step with k times the weight.
      share: float, 1 / k for an integer k: the function sees every k-th example of the global batch
        alone, which costs a k-th and leaves the expectation of a mean over examples as it is.
      name: str, of its weighted mean in the logs; by default the function's.
    Source: lazy regularization, Karras et al. 2020, https://arxiv.org/abs/1912.04958, appendix B.
    """

    function: Callable[[Turn], tf.Tensor]
    player: Literal["generator", "discriminator"]
    weight: float | Callable[[Any], Any] = 1.0
    every: int = 1
    name: str = ""
    share: float = 1.0

    kind = "term"

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise ValueError(f"function must be a function of a turn; received {self.function!r}.")
        if self.player not in PLAYERS:
            raise ValueError(f"player must be {' or '.join(PLAYERS)}; received {self.player!r}.")
        if not callable(self.weight) and not self.weight >= 0.0:
            raise ValueError(
                f"weight must be 0 or more, or a function of the step; received {self.weight!r}."
            )
        if not (isinstance(self.every, int) and self.every >= 1):
            raise ValueError(f"every must be a number of steps from 1; received {self.every!r}.")
        if not (0.0 < self.share <= 1.0 and math.isclose(1.0 / self.share, self._stride)):
            raise ValueError(
                f"share must be 1 divided by a whole number, such as 0.25; received {self.share!r}."
            )
        if not self.name:
            object.__setattr__(self, "name", name_of(self.function))

    def build(self, variables: dict[str, Sequence[Any]]) -> None:
        """Makes the state of a function that depends on the player's variables, by player."""
        if isinstance(self.function, HistoricalAveraging):
            self.function.build(variables[self.player])

    def weight_at(self, step: int | tf.Tensor) -> tf.Tensor:
        """The weight after `step` generator steps, without `every`: float32 scalar tensor."""
        weight = self.weight(step) if callable(self.weight) else self.weight
        return tf.cast(weight, tf.float32)

    def value(self, turn: Turn, step: tf.Tensor) -> tf.Tensor:
        """What the term adds to this replica's loss after `step` steps: float32 scalar."""

        def weighted() -> tf.Tensor:
            # A copy: tensors of a branch must not be used outside of it.
            return self.every * self.weight_at(step) * self._mean(turn.copy())

        if self.every == 1:
            return self.expected(turn, step)
        is_due = tf.equal(tf.math.floormod(step, self.every), 0)
        if isinstance(self.function, Staged):
            return self._value_in_stages(self.function, turn, step, is_due)
        try:
            return tf.cond(is_due, weighted, lambda: tf.constant(0.0), self._branch_name)
        except RuntimeError:
            if replicas.count() == 1:
                raise
            # Replicas cannot communicate in a branch, as for a mean over the global batch.
            return tf.where(is_due, weighted(), 0.0)

    def _value_in_stages(
        self, function: Staged, turn: Turn, step: tf.Tensor, is_due: tf.Tensor
    ) -> tf.Tensor:
        self._check_batch_is_whole(is_of_batch=True)
        if self.share < 1.0:
            turn = turn.part(self._stride, self.name)
        measured = tf.cond(
            is_due,
            lambda: function.measure(turn.copy()),
            lambda: function.skipped(turn),
            self._branch_name,
        )
        mean = tf.reduce_mean(function.conclude(measured, is_due))
        return tf.where(is_due, self.every * self.weight_at(step) * mean, 0.0)

    def expected(self, turn: Turn, step: tf.Tensor) -> tf.Tensor:
        """As `value`, for `every` of 1."""
        return self.weight_at(step) * self._mean(turn)

    def evaluate(self, turn: Turn) -> tf.Tensor:
        """The function's value for a turn."""
        return self.function(turn)

    @property
    def _branch_name(self) -> str:
        """Of an operation that runs every k steps; a count of operations reads k from it."""
        return f"every_{self.every}"

    @property
    def _stride(self) -> int:
        return round(1.0 / self.share)

    def _mean(self, turn: Turn) -> tf.Tensor:
        if self.share < 1.0:
            turn = turn.part(self._stride, self.name)
        with replicas.every(self._stride):
            each = self.evaluate(turn)
        if each is None:
            raise ValueError(f"The function of the term {self.name} returned None.")
        each = tf.cast(each, tf.float32)
        is_of_batch = each.shape[:1] != turn.fake.shape[:1] or isinstance(self.function, tf.Module)
        self._check_batch_is_whole(is_of_batch)
        return tf.reduce_mean(each)

    def _check_batch_is_whole(self, is_of_batch: bool) -> None:
        if replicas.in_microbatch() and is_of_batch:
            raise ValueError(
                f"The term {self.name} needs the whole batch, for a statistic of it or for a "
                "state of its own, which microbatches do not give: use microbatches=1."
            )


def check(
    terms: list[Kind] | tuple[Kind, ...] | Kind, kind: type[Kind], argument: str
) -> tuple[Kind, ...]:
    """Terms as a tuple.

    Args:
      terms: sequence, or one alone.
      kind: type, `Term` or a subclass.
      argument: str, its name in the message.
    Raises: ValueError for another type, or a name that the game itself logs.
    """
    several = terms if isinstance(terms, list | tuple) else (terms,)
    wrong = [each for each in several if not isinstance(each, kind)]
    if wrong:
        raise ValueError(
            f"{argument} must be {kind.__module__.removeprefix('tfgan.')}.{kind.__name__} objects; "
            f"received {wrong[0]!r}."
        )
    reserved = [each.name for each in several if each.name in FIGURES]
    if reserved:
        raise ValueError(f"{reserved[0]} is logged by the game itself; give the term another name.")
    return tuple(several)


FIGURES = ("d_loss", "g_loss", "d_real", "d_fake")  # logged by a game itself


def logged_name(term: Term, terms: Sequence[Term]) -> str:
    """A term's name in the logs, with the player's initial if terms of both players share it."""
    is_shared = any(x.name == term.name and x.player != term.player for x in terms)
    return f"{term.player[0]}_{term.name}" if is_shared else term.name


def states(terms: Sequence[Term]) -> tf.Module | None:
    """The functions of terms that own variables, in a module that checkpoints track; or None."""
    owners = [term.function for term in terms if isinstance(term.function, tf.Module)]
    return _States(owners) if owners else None


class _States(tf.Module):
    def __init__(self, functions: list[tf.Module]) -> None:
        super().__init__(name="term_states")
        self.functions = functions


def name_of(function: Any) -> str:
    """The name of the function of a term, of a `functools.partial` that of the function in it."""
    while isinstance(function, functools.partial):
        function = function.func
    return getattr(function, "name", None) or getattr(function, "__name__", "term")
