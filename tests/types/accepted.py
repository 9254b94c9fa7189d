"""What users write against the typed seams. Pyright reads this file; nothing runs it."""

import dataclasses

import numpy as np
import tensorflow as tf

import tfgan
from tfgan import losses, penalties, priors, rng, terms
from tfgan.data.sources.source import Source
from tfgan.typing import Batch, Critic, Latents

every_prior: list[priors.Prior] = [
    priors.Categorical(10),
    priors.Joint([priors.Normal(8), priors.Categorical(10)]),
    priors.Mixture(8),
    priors.Normal(8),
    priors.Sphere(8),
    priors.SwissRoll(8),
    priors.TruncatedNormal(8, 2.0),
    priors.Uniform(8),
]
of_classes: list[priors.ClassPrior] = [
    priors.Categorical(10),
    priors.Joint([priors.Normal(8), priors.Categorical(10)]),
    priors.Mixture(8),
    priors.SwissRoll(8),
]


@dataclasses.dataclass(frozen=True)
class Signs:
    """A prior of a user's own."""

    size: int
    classes: int | None = None
    truncation_range: tuple[float, float] | None = None

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {"latent": (self.size,)}

    def __call__(
        self, count: int | tf.Tensor, seed: tf.Tensor, truncation: tf.Tensor | None = None
    ) -> Latents:
        return {"latent": tf.sign(rng.normal(seed, count, (self.size,)))}

    def truncated(self, threshold: float) -> "Signs":
        raise priors.TruncationError("Signs have no outer parts.")


own_prior: priors.Prior = Signs(8)


def brightness(turn: terms.Turn) -> tf.Tensor:
    """A term of a user's own."""
    return tf.reduce_mean(turn.fake - turn.real["data"], axis=[1, 2, 3])


def lipschitz(critic: Critic, real: tf.Tensor, fake: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """A penalty of a user's own."""
    return tf.square(critic(real) - critic(fake))


def margin(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """A loss of a user's own."""
    return tf.nn.relu(1.0 - real_logits + fake_logits)


every_term: list[terms.Term] = [
    terms.Term(brightness, "generator", 0.1, every=4),
    terms.Term(terms.feature_matching, "generator", weight=lambda step: step / 100),
    penalties.Penalty(penalties.r1, 5.0, every=16),
    penalties.Penalty(lipschitz, 1.0),
]
every_loss: list[losses.AdversarialLoss] = [
    losses.hinge(),
    losses.non_saturating(real_target=0.9),
    losses.AdversarialLoss(margin, losses.wasserstein_generator_loss, relativistic=True),
]


def sizes(source: Source) -> list[int]:
    """How a source is read."""
    batches: list[dict[str, np.ndarray]] = list(source.examples(100))
    shape: tuple[int, ...] = source.spec.shape
    return [len(batch["data"]) for batch in batches] + [*shape]


def turned(batch: Batch) -> Batch:
    """A batch is a dict of tensors."""
    return batch | {"data": tf.reverse(batch["data"], [2])}


def shown(config: tfgan.TrainConfig) -> np.ndarray | None:
    """Training as a function, and the run that it leaves."""
    run: tfgan.Run | None = tfgan.train(config, steps=100, width=16)
    best = tfgan.open_run("runs/a", weights="last", state="best")
    values: list[float] = [result.score.value for result in best.evaluate(["swd"])]
    return None if run is None or not values else run.sample(4, label=3)["data"]
