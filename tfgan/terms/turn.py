"""One turn of the game, as terms see it."""

import copy
from collections.abc import Callable

import tensorflow as tf

from tfgan.typing import Batch, Latents, Outputs


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


def entry(entries: dict, name: str, of: str) -> tf.Tensor:
    """One of the outputs or conditions, for a term that needs it.

    Args:
      entries: dict, such as `Turn.real_outputs`.
      name: str.
      of: str, what they are, such as "the discriminator's outputs".
    Raises: ValueError, if there is none of that name.
    """
    if name not in entries:
        raise ValueError(f"A term needs {name} among {of}; there are {', '.join(entries)}.")
    return entries[name]
