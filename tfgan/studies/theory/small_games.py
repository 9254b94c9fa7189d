"""Small games in one or two dimensions, played by the library's own `GAN`.

Where the theory speaks of a fixed generator, the generator stands still: its optimizer has the
learning rate 0, and its weights make its distribution known in closed form.
"""

import keras
import numpy as np
import tensorflow as tf

from tfgan import priors, rng
from tfgan.models import GAN
from tfgan.networks import mlp


def gaussian(mean, deviation, dimensions=1):
    """A source of points of N(mean, deviation^2 I).

    Args:
      mean: float, or floats `[dimensions]`.
      deviation: float.
      dimensions: int.
    Returns: function (count, seed) -> float32 `[count, dimensions]`.
    """
    return lambda count, seed: mean + deviation * rng.normal(seed, count, (dimensions,))


def affine_generator(mean, deviation, dimensions=1):
    """G(z) = mean + deviation z, so that p_g is N(mean, deviation^2 I) for z ~ N(0, I)."""
    network = mlp.generator((dimensions,), dimensions, widths=())
    kernel = deviation * np.eye(dimensions)
    network.set_weights([kernel, np.broadcast_to(mean, [dimensions])])
    return network


def moments_of(generator):
    """(mean, deviation) of a one-dimensional `affine_generator`, as floats."""
    kernel, bias = generator.get_weights()
    return float(bias[0]), float(np.abs(kernel[0, 0]))


def still():
    """An optimizer for a player that does not move."""
    return keras.optimizers.SGD(0.0)


def adam(learning_rate, steps):
    """Adam without momentum, whose learning rate falls to 0 over `steps`."""
    schedule = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    return keras.optimizers.Adam(schedule, beta_1=0.0, beta_2=0.99)


def play(
    generator,
    discriminator,
    draw,
    loss,
    optimizers,
    steps,
    *,
    batch_size=256,
    prior=None,
    watch=None,
    every=1,
    **settings,
):
    """Trains a GAN for some steps.

    Args:
      generator, discriminator: networks.
      draw: function (count, seed) -> real points, in TensorFlow.
      loss: `losses.AdversarialLoss`.
      optimizers: the generator's and the discriminator's.
      steps: int.
      batch_size: int, of each discriminator step.
      prior: of z; by default N(0, I) of the size that the generator takes.
      watch: function (step, logs), called after every `every`-th step.
      every: int.
      **settings: of `GAN.compile`, such as `penalties`.
    Returns: GAN.
    """
    prior = prior or priors.Normal(generator.inputs[0].shape[-1])
    model = GAN(generator, discriminator, prior=prior)
    generator_optimizer, discriminator_optimizer = optimizers
    model.compile(
        loss,
        {"generator": generator_optimizer, "discriminator": discriminator_optimizer},
        jit_compile=True,
        **settings,
    )
    count = batch_size * model.discriminator_steps
    batches = tf.data.Dataset.counter().map(
        lambda step: {"data": draw(count, rng.stream(0, step, "data"))}
    )
    model.fit(
        batches,
        steps_per_epoch=steps,
        shuffle=False,
        verbose=0,
        callbacks=[_Watch(watch, every)] if watch else [],
    )
    return model


def logits(discriminator, points):
    """D's logits, float64 `[n]`, at points `[n]` or `[n, d]`."""
    points = np.asarray(points, np.float32)
    points = points[:, None] if points.ndim == 1 else points
    found = discriminator({"data": points}, training=False)
    return np.asarray(found, np.float64)[:, 0]


def sigmoid(values):
    """1 / (1 + exp(-a)), float64, without overflow."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(values, np.float64)))


def weighted_rms(values, weights):
    """sqrt(sum w v^2 / sum w): float."""
    return float(np.sqrt(np.sum(weights * np.square(values)) / np.sum(weights)))


class _Watch(keras.callbacks.Callback):
    def __init__(self, function, every):
        super().__init__()
        self._function = function
        self._every = every

    def on_train_batch_end(self, batch, logs=None):
        if (batch + 1) % self._every == 0:
            self._function(batch + 1, logs)
