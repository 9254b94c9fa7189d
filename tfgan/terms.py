"""Terms: what a player minimizes beside its adversarial loss.

A term is a function of one turn of the game, a weight, and the player whose loss it joins:

    loss of the player = adversarial loss + sum over its terms of weight x mean(function(turn))

Symbols: x real data, G(z) a fake, D a discriminator's outputs, f its features.
"""

import copy
import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import tensorflow as tf

from tfgan import replicas
from tfgan.typing import Batch, Latents, Outputs

PLAYERS = ("generator", "discriminator")
Kind = TypeVar("Kind", bound="Term")


class Turn:
    """One turn of the game, as a term sees it. Outputs that nobody asks for are not computed.

    Attributes:
      real: dict, the entries of the batch: `data`, float32 as networks see it, and its conditions,
        such as int32 `label` `[batch]`.
      latents: dict, what the fakes were made from.
      generated: dict, the generator's outputs by name, float32; `data` are the fakes.
      added: dict, for each player what its layers added to the loss by `add_loss`, list of scalars.
      seed: int32 `[2]`, the term's own in this turn.

    Args:
      real, latents, generated, added: as above.
      judge: function (data, purpose) -> dict of the discriminator's outputs for data under the
        conditions of `real`; the purpose, a str, decides its noise.
      stream: function purpose -> int32 `[2]` seed.
      name: str, of the turn, such as "turn 0".
    """

    seed: tf.Tensor

    def __init__(
        self,
        real: Batch,
        latents: Latents,
        generated: Outputs,
        judge: Callable[[tf.Tensor, str], Outputs],
        stream: Callable[[str], tf.Tensor],
        name: str,
        added: dict[str, list[tf.Tensor]],
    ) -> None:
        self.real = real
        self.latents = latents
        self.generated = generated
        self.added = added
        self._judge = judge
        self._stream = stream
        self._name = name
        self._purpose = name
        self._judged: dict[str, Outputs] = {}

    @property
    def fake(self) -> tf.Tensor:
        """The generator's data, float32 `[batch, ...]`."""
        return self.generated["data"]

    @property
    def real_outputs(self) -> Outputs:
        """The discriminator's outputs for the real data: dict of tensors; `logits` is one."""
        return self._outputs("real", self.real["data"])

    @property
    def fake_outputs(self) -> Outputs:
        """The discriminator's outputs for the fakes: dict of tensors; `logits` is one."""
        return self._outputs("fake", self.fake)

    def _outputs(self, side: str, data: tf.Tensor) -> Outputs:
        # Not `functools.cached_property`: until Python 3.12 its lock is one for all turns, and
        # replicas, a thread each, meet inside of the discriminator.
        if side not in self._judged:
            self._judged[side] = self._judge(data, f"on {side}, {self._name}")
        return self._judged[side]

    def critic(self, data: tf.Tensor) -> tf.Tensor:
        """The discriminator's logits for any data, under the conditions of the real examples.

        Args:
          data: float32 `[batch, ...]`.
        Returns: float32 `[batch, ...]`, differentiable with respect to the data.
        """
        return self._judge(data, self._purpose)["logits"]

    def copy(self) -> "Turn":
        """The same turn; outputs that are computed for the copy are not kept by this one."""
        turn = copy.copy(self)
        turn._judged = dict(self._judged)
        return turn

    def of_term(self, kind: str, index: int) -> "Turn":
        """This turn with a seed and a critic of one term's own.

        Args:
          kind, index: str and int, which term it is; they decide its draws.
        """
        turn = copy.copy(self)  # what is computed for one term is there for the others
        turn._purpose = f"{kind} {index}, {self._name}"
        turn.seed = self._stream(turn._purpose)
        return turn


@dataclasses.dataclass(frozen=True)
class Term:
    """An extra objective of one player.

    Attributes:
      function: `Turn` -> float32 `[batch]`, or a scalar for a figure of the whole batch. A
        `tf.Module` may own state, such as a running mean; it is saved and restored with the model.
      player: "generator" or "discriminator".
      weight: float, 0 or more; or a function, step -> such a number, for instance a
        `keras.optimizers.schedules.LearningRateSchedule`.
      every: int, k: the term is computed in every k-th step alone, with k times its weight (lazy
        regularization).
      name: str, under which its weighted mean is logged; by default the function's.
    Raises: ValueError for values out of range.
    Source: lazy regularization, Karras et al. 2020, https://arxiv.org/abs/1912.04958, appendix B.
    """

    function: Callable[[Turn], tf.Tensor]
    player: Literal["generator", "discriminator"]
    weight: float | Callable[[Any], Any] = 1.0
    every: int = 1
    name: str = ""

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
        if not self.name:
            object.__setattr__(self, "name", _name_of(self.function))

    def weight_at(self, step: int | tf.Tensor) -> tf.Tensor:
        """The weight at a step, before it is multiplied by `every`: float32 scalar tensor.

        Args:
          step: int or integer scalar tensor, generator steps taken so far.
        """
        weight = self.weight(step) if callable(self.weight) else self.weight
        return tf.cast(weight, tf.float32)

    def value(self, turn: Turn, step: tf.Tensor) -> tf.Tensor:
        """What the term adds to the loss of this replica: float32 scalar.

        Args:
          turn: `Turn` of this term.
          step: integer scalar tensor, generator steps taken so far.
        """

        def weighted() -> tf.Tensor:
            # A copy: what a branch of a condition computes must not be kept outside of it.
            return self.every * self.weight_at(step) * self._mean(turn.copy())

        if self.every == 1:
            return self.expected(turn, step)
        is_due = tf.equal(tf.math.floormod(step, self.every), 0)
        try:
            return tf.cond(is_due, weighted, lambda: tf.constant(0.0))
        except RuntimeError:
            if replicas.count() == 1:
                raise
            # Replicas cannot meet in a branch, as for a mean over the global batch.
            return tf.where(is_due, weighted(), 0.0)

    def expected(self, turn: Turn, step: tf.Tensor) -> tf.Tensor:
        """The same without regard to `every`, as if the term were computed in each step.

        Args: as of `value`.
        """
        return self.weight_at(step) * self._mean(turn)

    def evaluate(self, turn: Turn) -> tf.Tensor:
        """What the function makes of a turn."""
        return self.function(turn)

    def _mean(self, turn: Turn) -> tf.Tensor:
        each = tf.cast(self.evaluate(turn), tf.float32)
        owns_state = isinstance(self.function, tf.Module)
        if replicas.in_microbatch() and (owns_state or each.shape.rank == 0):
            raise ValueError(
                f"The term {self.name} needs the whole batch, for a figure of it or for a state of "
                "its own, which microbatches do not give: use microbatches=1."
            )
        return tf.reduce_mean(each)


def feature_matching(turn: Turn, *, features: str = "features") -> tf.Tensor:
    """The squared distance of the mean features of real examples and of fakes; for the generator.

    ||mean f(x) - mean f(G(z))||^2 over the global batch, f an output of the discriminator.

    Args:
      turn: `Turn`.
      features: str, the output that holds them, `[batch, ...]`.
    Returns: float32 scalar.
    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.1.
    """
    real, fake = (
        replicas.mean(
            tf.reduce_mean(tf.cast(outputs[features], tf.float32), axis=0), of="feature_matching"
        )
        for outputs in (turn.real_outputs, turn.fake_outputs)
    )
    return tf.reduce_sum(tf.square(tf.stop_gradient(real) - fake))


def l1(turn: Turn, *, target: str = "target") -> tf.Tensor:
    """The mean absolute difference of a fake and its target; for the generator.

    Args:
      turn: `Turn`.
      target: str, the entry of the batch that holds what G(z) should be, of its shape.
    Returns: float32 `[batch]`.
    Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, Eq. 3.
    """
    difference = tf.abs(tf.cast(turn.real[target], tf.float32) - turn.fake)
    return tf.reduce_mean(difference, axis=list(range(1, difference.shape.rank)))


def classification(
    turn: Turn, *, of: Sequence[str] = ("real", "fake"), output: str = "label"
) -> tf.Tensor:
    """The cross-entropy of the labels and what the discriminator makes of them; for either player.

    Args:
      turn: `Turn` with int32 `label` `[batch]`, 0 or more.
      of: sequence of "real" and "fake", which examples are classified; the generator's term is of
        its fakes alone.
      output: str, the discriminator's output with a logit per class, `[batch, classes]`.
    Returns: float32 `[batch]`, the sum over `of`.
    Source: Odena et al. 2017, https://arxiv.org/abs/1610.09585, section 3.
    """
    outputs = {"real": lambda: turn.real_outputs, "fake": lambda: turn.fake_outputs}
    return tf.add_n(
        [
            tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=turn.real["label"], logits=tf.cast(outputs[each]()[output], tf.float32)
            )
            for each in of
        ]
    )


def check(
    given: list[Kind] | tuple[Kind, ...] | Kind, kind: type[Kind], argument: str
) -> tuple[Kind, ...]:
    """What was given as a tuple, if all of it is of a kind; else it raises ValueError.

    Args:
      given: sequence, or one alone.
      kind: type, `Term` or a subclass.
      argument: str, what to name in the sentence.
    """
    several = given if isinstance(given, list | tuple) else (given,)
    wrong = [each for each in several if not isinstance(each, kind)]
    if wrong:
        raise ValueError(
            f"{argument} must be {kind.__module__.removeprefix('tfgan.')}.{kind.__name__} objects; "
            f"received {wrong[0]!r}."
        )
    return tuple(several)


def _name_of(function: Any) -> str:
    while isinstance(function, functools.partial):
        function = function.func
    return getattr(function, "name", None) or getattr(function, "__name__", "term")
