"""One turn of the game, the input of terms."""

import copy
import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tfgan import replicas
from tfgan.typing import Batch, Latents, Outputs


@dataclasses.dataclass(eq=False)
class Turn:
    """One turn of the game. The discriminator's outputs are computed when they are first used.

    Attributes:
      real: dict, the entries of the batch: `data`, float32 as networks take it, and its conditions,
        such as int32 `label` `[batch]`.
      latents: dict, the latents of the fakes.
      generated: dict, the generator's outputs by name, float32; `data` are the fakes.
      discriminate: function (data, purpose) -> dict of the discriminator's outputs for data under
        the conditions of `real`; the purpose, a str, decides its noise. With `rows`, a slice, for
        data under the conditions of these rows; with `again`, losses of its layers do not count.
      stream: function purpose -> int32 `[2]` seed.
      name: str, of the turn, such as "turn 0".
      added: dict, per player the list of scalars that its layers added to the loss by `add_loss`.
      variables: dict, per player the list of its trainable variables.
      generate: function latents -> dict of the generator's outputs for other latents, under the
        conditions and the noise of the fakes; no statistic of its layers moves. Conditions among
        the latents replace those of the fakes, such as for other numbers of examples.
      seed: int32 `[2]`, of the term in this turn.
      player: str, whose loss the term joins.
    """

    real: Batch
    latents: Latents
    generated: Outputs
    discriminate: Callable[..., Outputs]
    stream: Callable[[str], tf.Tensor]
    name: str
    added: dict[str, list[tf.Tensor]]
    variables: dict[str, list[Any]] = dataclasses.field(default_factory=dict)
    generate: Callable[[Latents], Outputs] = dataclasses.field(init=False)
    seed: tf.Tensor = dataclasses.field(init=False)
    player: str = dataclasses.field(init=False)
    _computed: dict[str, Outputs] = dataclasses.field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._purpose = self.name

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
        # Not `functools.cached_property`: until Python 3.12 all turns share its lock, and replicas,
        # each in a thread, wait for each other inside the discriminator.
        if side not in self._computed:
            self._computed[side] = self.discriminate(data, f"on {side}, {self.name}")
        return self._computed[side]

    def critic(self, data: tf.Tensor) -> tf.Tensor:
        """Logits `[batch, ...]` of any data, under the conditions of the real examples."""
        return self.outputs_for(data)["logits"]

    def outputs_for(self, data: tf.Tensor) -> Outputs:
        """The discriminator's outputs by name for any data, under the conditions as in `critic`."""
        return self.discriminate(data, self._purpose)

    def real_outputs_near(self, data: tf.Tensor) -> Outputs:
        """As `real_outputs` for other data, with the same noise and augmentation."""
        return self._outputs_near("real", data)

    def fake_outputs_near(self, data: tf.Tensor) -> Outputs:
        """As `fake_outputs` for other data, with the same noise and augmentation."""
        return self._outputs_near("fake", data)

    def _outputs_near(self, side: str, data: tf.Tensor) -> Outputs:
        return self.discriminate(data, f"on {side}, {self.name}", again=True)

    def copy(self) -> "Turn":
        """The same turn; outputs that the copy computes stay its own."""
        turn = copy.copy(self)
        turn._computed = dict(self._computed)
        return turn

    def part(self, stride: int, of: str) -> "Turn":
        """The turn of every `stride`-th example of the global batch, or pack of examples.

        Outputs that are computed already are not computed again.

        Args:
          stride: int, 1 or more.
          of: str, the name of the term that needs it, for the error.
        Raises: ValueError for a replica or a microbatch whose examples are not a multiple of it.
        """
        count = self.fake.shape[0]
        if (replicas.count() > 1 or replicas.in_microbatch()) and (not count or count % stride):
            raise ValueError(
                f"The examples of each replica, or microbatch, must be a multiple of {stride} for "
                f"the share 1/{stride} of {of}; received {count}."
            )
        rows = slice(None, None, stride)
        turn = self.copy()
        turn.real, turn.latents, turn.generated = (
            {name: value[rows] for name, value in entries.items()}
            for entries in (self.real, self.latents, self.generated)
        )
        turn.discriminate = functools.partial(self.discriminate, rows=rows)
        turn._computed = {
            side: {name: value[rows] for name, value in outputs.items()}
            for side, outputs in self._computed.items()
        }
        return turn

    def of_term(self, kind: str, index: int, player: str = "") -> "Turn":
        """This turn with the seed and the critic of one term.

        Args:
          kind: str, such as "penalty".
          index: int, of the term in its kind; both decide its draws.
          player: str, whose loss it joins.
        """
        turn = copy.copy(self)  # with the outputs that are computed already
        turn.player = player
        turn._purpose = f"{kind} {index}, {self.name}"
        turn.seed = self.stream(turn._purpose)
        return turn


def entry(entries: dict, name: str, of: str) -> tf.Tensor:
    """An entry by name; ValueError, with what they are entries `of`, if there is none of it."""
    if name not in entries:
        raise ValueError(f"A term needs {name} among {of}; there are {', '.join(entries)}.")
    return entries[name]
