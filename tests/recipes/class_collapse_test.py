"""The classifier of AC-GAN makes overlapping classes narrow; that of ADC-GAN does not.

Three normal classes on a line, N(0, 1), N(3, 2^2) and N(6, 3^2), overlap: no classifier is right
about all points. A generator that is rewarded for clear labels moves its samples away from the
other classes. The margins of ReACGAN do not prevent it here.
"""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import mlp
from tfgan.recipes import acgan

MEANS, DEVIATIONS = np.float32([0.0, 3.0, 6.0]), np.float32([1.0, 2.0, 3.0])


def batches(seed, size=256):
    """Batches of points with labels, in units in which the whole has a deviation near 1."""
    means, deviations = tf.constant(MEANS - 3.0) / 3.0, tf.constant(DEVIATIONS) / 3.0

    def draw(step):
        label = tf.random.stateless_uniform([size], [seed, step], maxval=3, dtype=tf.int32)
        noise = tf.random.stateless_normal([size], [seed + 1, step])
        points = tf.gather(means, label) + tf.gather(deviations, label) * noise
        return {"data": points[:, None], "label": label}

    return tf.data.Dataset.range(10**6, output_type=tf.int32).map(draw)


def sample_deviations(classifier, seed, steps=3000):
    """The deviations of 10,000 samples of each class after training, over the true ones."""
    keras.utils.set_random_seed(seed)
    network, objectives = acgan.game(classifier, mlp.discriminator((1,), widths=(64, 64)), 3)
    generator = mlp.generator((1,), 4, classes=3, widths=(64, 64))
    model = GAN(generator, network, prior=priors.Normal(4), classes=3)
    model.compile(
        loss=losses.non_saturating(),
        optimizers={
            player: keras.optimizers.Adam(1e-3, 0.0, 0.99)
            for player in ("generator", "discriminator")
        },
        terms=objectives,
        average_half_life=50_000.0,
        seed=seed,
        jit_compile=True,
        steps_per_execution=100,
    )
    model.fit(batches(seed), steps_per_epoch=steps, verbose=0)
    labels = np.repeat(np.arange(3, dtype=np.int32), 10_000)
    points = model.sample(len(labels), seed=1, label=labels)["data"].reshape(3, -1)
    return 3.0 * points.std(axis=1) / DEVIATIONS


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_middle_class_keeps_its_deviation_with_the_classifier_of_adc_alone(seed):
    ratios = {name: sample_deviations(name, seed) for name in ("acgan", "adc", "reacgan")}
    for name, ratio in ratios.items():
        print(f"\n{name} seed {seed}: deviation of the samples over the true one", ratio.round(3))
    assert ratios["acgan"][1] < 0.8 and ratios["reacgan"][1] < 0.8
    np.testing.assert_allclose(ratios["adc"], 1.0, atol=0.1)
