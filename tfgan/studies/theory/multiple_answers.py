"""A question with two right answers: squared error answers with their mean, a GAN with one of them.

Given the label c the answer is +a or -a, a = 1 for c = 0 and 2 for c = 1. The answer of least mean
squared error is E[x | c] = 0, which never occurs. One network, one kind of data, two losses.
"""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, penalties, priors, rng
from tfgan.models import GAN
from tfgan.networks import mlp
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, Line
from tfgan.studies.theory.finding import at_least, at_most, experiment, near

_NOISE = 0.05
_NEAR = 0.25  # 5 deviations
_BATCH = 256


@experiment(
    "Squared error averages the answers, a GAN picks one",
    "argmin E|x - f(c)|^2 = E[x | c], here 0 between the answers +-a; there a generator's "
    "answer is distinguished from the data, so it gives one of the two.",
    "Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 1 and Figure 3",
)
def measure(steps=800):
    """Trains one network by squared error and its twin as a generator."""
    label = np.repeat(np.arange(2), 500)
    averages, generated = _by_squared_error(steps, label), _by_gan(steps, label)
    average_share, generated_share = (
        np.mean(np.abs(np.abs(x) - (1.0 + label)) < _NEAR) for x in (averages, generated)
    )
    yield at_most("squared error: largest |answer|", np.abs(averages).max(), 0.35)
    yield at_most("squared error: share near a right answer", average_share, 0.0)
    yield at_least("GAN: share near a right answer", generated_share, 0.9)
    for c in (0, 1):
        yield near(f"GAN: share of + for c = {c}", np.mean(generated[label == c] > 0.0), 0.5, 0.35)
    yield Chart(
        "1,000 answers each; right are +-1 (c = 0) and +-2 (c = 1)",
        "answer",
        "fraction of the answers",
        (_shares("squared error", averages), _shares("GAN", generated)),
    )


def _network():
    keras.utils.set_random_seed(0)
    return mlp.generator((1,), 1, classes=2, widths=(64, 64))


def _batches():
    def batch(step):
        label = rng.categorical(rng.stream(0, step, "label"), _BATCH, 2)
        sign = rng.categorical(rng.stream(0, step, "sign"), _BATCH, 2)
        noise = _NOISE * rng.normal(rng.stream(0, step, "noise"), _BATCH)
        size = 1.0 + tf.cast(label, tf.float32)
        data = (2.0 * tf.cast(sign, tf.float32) - 1) * size + noise
        return {"data": data[:, None], "label": label}

    return tf.data.Dataset.counter().map(batch)


def _by_squared_error(steps, label):
    network = _network()
    prior = priors.Normal(1)

    def example(step, batch):
        latent = prior(_BATCH, rng.stream(0, step, "latent"))
        return latent | {"label": batch["label"]}, batch["data"]

    network.compile(small_games.adam(5e-3, steps), "mse", jit_compile=True)
    pairs = tf.data.Dataset.zip(tf.data.Dataset.counter(), _batches()).map(example)
    network.fit(pairs, steps_per_epoch=steps, shuffle=False, verbose=0)
    latent = prior(len(label), rng.stream(1, 0, "latent"))
    return np.asarray(network(latent | {"label": tf.constant(label)}))[:, 0]


def _by_gan(steps, label):
    generator = _network()
    discriminator = mlp.discriminator((1,), classes=2, widths=(64, 64), activation="relu")
    model = GAN(generator, discriminator, prior=priors.Normal(1), classes=2)
    rates = {"generator": 2e-3, "discriminator": 4e-3}
    model.compile(
        losses.non_saturating(),
        {player: small_games.adam(rate, steps) for player, rate in rates.items()},
        penalties=[penalties.Penalty(penalties.r1, 0.05)],
        jit_compile=True,
    )
    model.fit(_batches(), steps_per_epoch=steps, shuffle=False, verbose=0)
    return model.sample(len(label), seed=0, label=label)["data"][:, 0]


def _shares(name, answers):
    counts, edges = np.histogram(answers, bins=100, range=(-2.5, 2.5))
    return Line(name, (edges[1:] + edges[:-1]) / 2, counts / len(answers))
