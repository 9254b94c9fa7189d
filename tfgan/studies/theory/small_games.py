"""Small games in one or two dimensions, played by the library's own `GAN`.

A fixed generator has the learning rate 0, and its distribution a closed form.
"""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, priors, rng
from tfgan.models import GAN
from tfgan.networks import mlp


def generator_losses():
    """The library's three losses of the original game: dict of `AdversarialLoss` by name."""
    return {
        "minimax": losses.minimax(),
        "non-saturating": losses.non_saturating(),
        "maximum likelihood": losses.maximum_likelihood(),
    }


def gaussian(mean, deviation, dimensions=1):
    """Points of N(mean, deviation^2 I): function (count, seed) -> float32 `[count, dimensions]`."""
    return lambda count, seed: mean + deviation * rng.normal(seed, count, (dimensions,))


def affine_generator(mean, deviation, dimensions=1):
    """G(z) = mean + deviation z, so that p_g is N(mean, deviation^2 I) for z ~ N(0, I)."""
    network = mlp.generator((dimensions,), dimensions, widths=())
    network.set_weights([deviation * np.eye(dimensions), np.broadcast_to(mean, [dimensions])])
    return network


def adam(learning_rate, steps):
    """Adam without momentum, whose learning rate falls to 0 over `steps`."""
    schedule = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    return keras.optimizers.Adam(schedule, beta_1=0.0, beta_2=0.99)


def train(
    generator,
    discriminator,
    real,
    loss,
    optimizers,
    steps,
    *,
    batch_size=256,
    prior=None,
    on_step=None,
    every=1,
    **settings,
):
    """Trains a GAN for some steps: GAN.

    Args:
      generator: network.
      discriminator: network.
      real: function (count, seed) -> real points, in TensorFlow.
      loss: `losses.AdversarialLoss`.
      optimizers: the generator's and the discriminator's.
      steps: int.
      batch_size: int, of each discriminator step.
      prior: of z; by default N(0, I) of the size that the generator takes.
      on_step: function (step, logs), called after every `every`-th step.
      every: int.
      **settings: of `GAN.compile`, such as `penalties`.
    """
    prior = prior or priors.Normal(generator.inputs[0].shape[-1])
    model = GAN(generator, discriminator, prior=prior)
    players = dict(zip(("generator", "discriminator"), optimizers, strict=True))
    model.compile(loss, players, jit_compile=True, **settings)
    count = batch_size * model.discriminator_steps
    batches = tf.data.Dataset.counter().map(
        lambda step: {"data": real(count, rng.stream(0, step, "data"))}
    )

    def after_batch(batch, logs):
        if (batch + 1) % every == 0:
            on_step(batch + 1, logs)

    hooks = [keras.callbacks.LambdaCallback(on_train_batch_end=after_batch)] if on_step else []
    model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=hooks)
    return model


def train_discriminator(
    real, fake, loss, steps, *, learning_rate, batch_size=256, penalty=None, **network
):
    """Trains a discriminator between two fixed normal distributions N(mean, deviation^2 I).

    Args: those of `train`, and
      real: (mean, deviation) of the data; the size of the mean is the number of dimensions.
      fake: (mean, deviation) of the generator.
      learning_rate: float, at the start.
      penalty: `penalties.Penalty`, or None.
      **network: of `networks.mlp.discriminator`.
    """
    keras.utils.set_random_seed(0)
    dimensions = np.size(real[0])
    model = train(
        affine_generator(*fake, dimensions),
        mlp.discriminator((dimensions,), **network),
        gaussian(*real, dimensions),
        loss,
        (keras.optimizers.SGD(0.0), adam(learning_rate, steps)),
        steps,
        batch_size=batch_size,
        penalties=[penalty] if penalty else [],
    )
    return model.discriminator


def logits(discriminator, points):
    """D's logits, float64 `[n]`, at points `[n]` or `[n, d]`."""
    points = np.asarray(points, np.float32)
    points = points[:, None] if points.ndim == 1 else points
    return np.asarray(discriminator({"data": points}, training=False), np.float64)[:, 0]


def sigmoid(values):
    """1 / (1 + exp(-a)), float64, without overflow."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(values, np.float64)))


def weighted_rms(values, weights):
    """sqrt(sum w v^2 / sum w): float."""
    return float(np.sqrt(np.sum(weights * np.square(values)) / np.sum(weights)))
