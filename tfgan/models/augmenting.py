"""What the discriminator of a GAN receives in training: examples through random transforms.

>>> import tensorflow as tf
>>> from tfgan import losses, modalities
>>> augmenter = of_game("diffaugment:cutout", losses.hinge(), {"data": modalities.Images()})
>>> seed = lambda purpose: tf.constant([1, 2])
>>> seen = augmenter.seen({"data": tf.ones((1, 8, 8, 1))}, None, 0, seed, "on real, turn 0")
>>> bool(tf.reduce_any(seen["data"] == 0.0))
True
"""

import dataclasses

import tensorflow as tf

from tfgan import augmentations, replicas, rng
from tfgan.models.adaptive_probability import AdaptiveProbability

_SIGNS, _SHARE = "augment_signs", "augment_share"  # in the logs of a discriminator's step


@dataclasses.dataclass(frozen=True)
class Augmenter:
    """The augmentation of a game. An evaluation applies none.

    Attributes:
      augmentation: `augmentations.Augmentation`, or None.
      transforms: dict by name of the entries that change: the kinds of transforms that apply.
      state: `AdaptiveProbability`, or None if p is a number or a function of the step.
      boundary: float, the logit above which an example is classified as real.
    """

    augmentation: augmentations.Augmentation | None = None
    transforms: dict = dataclasses.field(default_factory=dict)
    state: AdaptiveProbability | None = None
    boundary: float = 0.0

    def probability(self, step):
        """p after `step` steps: float32 scalar tensor."""
        if self.state:
            return self.state.p
        p = self.augmentation.p
        return tf.cast(p(step) if callable(p) else p, tf.float32)

    def seen(self, inputs, fake, step, stream, purpose):
        """The inputs of the discriminator by name, augmented.

        Args:
          inputs: dict of tensors `[batch, ...]`: `data` and the conditions.
          fake: float32 `[batch, ...]`, the fakes of the turn, under the same conditions.
          step: int or integer scalar tensor.
          stream: function, purpose -> int32 `[2]` seed.
          purpose: str, of the discriminator's call; each has draws of its own. A source moves with
            its data.
        """
        if not self.augmentation:
            return inputs
        p = self.probability(step)
        if self.augmentation.replaces_real:
            if not purpose.startswith("on real"):
                return inputs
            is_fake = self._is_replaced(inputs["data"], p, stream, purpose)
            fake = tf.stop_gradient(fake)
            shape = [-1] + [1] * (fake.shape.rank - 1)
            return inputs | {"data": tf.where(tf.reshape(is_fake, shape), fake, inputs["data"])}
        seed = stream(f"augmentation, {purpose}")
        return inputs | {
            name: self.augmentation(inputs[name], seed, p, kinds=kinds)
            for name, kinds in self.transforms.items()
        }

    def figures(self, real_logits, turn, step):
        """What `observed` reads of a discriminator's turn: dict of float32 scalars, or {}.

        Args:
          real_logits: float32 `[rows, ...]`.
          turn: `terms.Turn`.
          step: int or integer scalar tensor.
        """
        if not self.state:
            return {}
        signs = tf.sign(real_logits - self.boundary)
        signs = tf.reduce_mean(signs, axis=list(range(1, signs.shape.rank)))
        is_real = tf.ones_like(signs)
        if self.augmentation.replaces_real:
            purpose = f"on real, {turn.name}"
            p = self.probability(step)
            replaced = self._is_replaced(turn.real["data"], p, turn.stream, purpose)
            is_real = 1.0 - tf.cast(replaced, tf.float32)
        return {_SIGNS: tf.reduce_mean(signs * is_real), _SHARE: tf.reduce_mean(is_real)}

    def observed(self, logs):
        """The logs of a discriminator's step without `figures`, which the state counts."""
        if not self.state:
            return logs
        logs = dict(logs)
        self.state.observe(*replicas.mean([logs.pop(_SIGNS), logs.pop(_SHARE)]))
        return logs

    def finish_step(self, step, examples):
        """Moves p, and logs one that is not a number.

        Args:
          step: integer scalar tensor, the steps before this one.
          examples: int or integer scalar tensor, the real examples of this replica in this step.
        Returns: dict of float32 scalars.
        """
        if self.state:
            self.state.finish_step(step, examples * replicas.count())
        is_moving = self.augmentation and not isinstance(self.augmentation.p, int | float)
        return {"augment_p": self.probability(step)} if is_moving else {}

    def _is_replaced(self, data, p, stream, purpose):
        """Which real examples a fake takes the place of: bool `[batch]`."""
        return rng.uniform(stream(f"pseudo-real, {purpose}"), rng.count(data)) < p


def of_game(augmentation, loss, kinds, *, examples_per_logit=1, reads_latents=False):
    """The `Augmenter` of a game.

    Args:
      augmentation: `augmentations.Augmentation`, its name, or None.
      loss: `losses.AdversarialLoss`.
      kinds: dict of `modalities.Modality`: of `data` and of the conditions that have one.
      examples_per_logit: int, the examples that the discriminator receives together.
      reads_latents: bool, whether the discriminator receives latents beside the data.
    Raises: ValueError for an augmentation that does not suit the data, the loss or the networks.
    """
    value = augmentations.get(augmentation)
    if value is None:
        return Augmenter()
    adaptive = isinstance(value.p, augmentations.Adaptive)
    state = AdaptiveProbability(value.p) if adaptive else None
    boundary = _boundary(loss, value.name) if adaptive else 0.0
    if value.replaces_real:
        if examples_per_logit > 1 or reads_latents:
            raise ValueError(
                f"augmentation must be other than {value.kind} for a discriminator of packs or of "
                "data with latents, in which a fake cannot take the place of a real example; "
                f"received {value.name}."
            )
        return Augmenter(value, {}, state, boundary)
    if not _has_places(kinds["data"]):
        raise ValueError(
            f"augmentation must be none for {kinds['data'].kind}: {value.kind} changes images, "
            f"videos and masks; received {value.name}."
        )
    of_pixels = {name: ("places",) for name, kind in kinds.items() if _has_places(kind)}
    if kinds["data"].is_bounded:
        of_pixels["data"] = ("places", "colors", "values")
    return Augmenter(value, of_pixels, state, boundary)


def _has_places(kind):
    return {"height", "width"} <= set(kind.axes)


def can_adapt(loss):
    """Whether p can follow a game: whether its loss, a `losses.AdversarialLoss`, has a boundary."""
    try:
        _boundary(loss, "ada")
    except ValueError:
        return False
    return True


def _boundary(loss, name):
    """The logit that is best for an example that may equally well be real or fake: float.

    Raises: ValueError for a loss of differences of logits, to which no single logit matters.
    """
    logits = [index / 20.0 for index in range(-40, 41)]
    values = [float(loss.discriminator([[each]], [[each]])[0, 0]) for each in logits]
    best = min(values)
    if max(values) < best + 1e-5:
        raise ValueError(
            "An adaptive p needs a loss with a best logit between real and fake; this one is of "
            f"differences of logits: use a number, such as {name.partition(':')[0]}:p=0.2; "
            f"received {name}."
        )
    lowest = [each for each, value in zip(logits, values, strict=True) if value < best + 1e-5]
    return sum(lowest) / len(lowest)
