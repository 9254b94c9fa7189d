"""Averages of the paper's formula, and averages of other widths made of saved ones."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.models import power_averages
from tfgan.models.power_averages import PowerAverages, Profile

from . import small_gan


class Weights(tf.Module):
    """A network of which only the variables are needed."""

    def __init__(self, count=2):
        super().__init__()
        self.weight = tf.Variable(tf.zeros((count,)))
        self.counter = tf.Variable(0, dtype=tf.int64)


def followed(path, widths):
    """The averages after each step on a path of weights: float array `[widths, steps, n]`."""
    network = Weights(path.shape[1])
    averages = PowerAverages([network], widths)
    after = []
    for step, value in enumerate(path):
        network.weight.assign(value)
        averages.update([network], tf.constant(step, tf.int64))
        after.append([mean for [mean] in averages.values()])
    return np.stack(after, axis=1)


def walk(steps, seed=0):
    """Weights that come to rest, with noise."""
    random = np.random.default_rng(seed)
    time = np.arange(1, steps + 1)[:, None] / steps
    return (np.exp(-3.0 * time) + 0.1 * random.normal(size=(steps, 2))).astype(np.float32)


def test_widths_of_the_paper_have_the_exponents_of_the_paper():
    exponents = [power_averages.exponent(width) for width in (0.05, 0.1)]
    np.testing.assert_allclose(exponents, [16.97, 6.94], atol=5e-3)


@pytest.mark.parametrize("width", [0.01, 0.1, 0.25])
def test_the_width_is_the_standard_deviation_of_the_profile(width):
    gamma, time = power_averages.exponent(width), (np.arange(10**6) + 0.5) / 10**6
    density = time**gamma / np.sum(time**gamma)
    mean = np.sum(time * density)
    np.testing.assert_allclose(np.sum((time - mean) ** 2 * density) ** 0.5, width, rtol=1e-4)


@pytest.mark.parametrize("width", [0.05, 0.2])
def test_an_average_weighs_each_step_by_the_integral_of_the_profile(width):
    path, power = walk(50), power_averages.exponent(width) + 1.0
    edges = (np.arange(51) / 50) ** power
    expected = np.diff(edges) @ path
    np.testing.assert_allclose(followed(path, [width])[0, -1], expected, rtol=1e-4)


def test_the_share_of_a_step_is_exact_after_ten_million_steps():
    network = Weights()
    averages = PowerAverages([network], [0.1])
    network.weight.assign([1.0, 1.0])
    averages.update([network], tf.constant(10**7, tf.int64))
    expected = (power_averages.exponent(0.1) + 1.0) / 10**7
    np.testing.assert_allclose(averages.values()[0][0], expected, rtol=1e-5)


@pytest.mark.parametrize("width", [0.03, 0.07, 0.15, 0.2])
def test_an_average_of_another_width_is_rebuilt_from_snapshots(width):
    path = walk(400)
    *saved, direct = followed(path, [*power_averages.WIDTHS, width])
    steps = range(20, 401, 20)
    profiles = [Profile(step, w) for step in steps for w in power_averages.WIDTHS]
    weights = power_averages.coefficients(profiles, Profile(400, width))
    rebuilt = weights @ np.concatenate([[saved[0][s - 1], saved[1][s - 1]] for s in steps])
    spread = np.abs(direct[-1] - path[-1]).max()
    assert np.abs(rebuilt - direct[-1]).max() < 0.02 * spread


def test_an_average_of_a_saved_width_is_the_saved_one():
    profiles = [Profile(step, w) for step in (50, 100) for w in (0.05, 0.1)]
    weights = power_averages.coefficients(profiles, Profile(100, 0.1))
    np.testing.assert_array_equal(weights, [0.0, 0.0, 0.0, 1.0])


@pytest.mark.parametrize("width", [0.04, 0.075, 0.2])
def test_the_average_of_weights_that_do_not_move_is_these_weights(width):
    steps = range(10, 101, 10)
    profiles = [Profile(step, w) for step in steps for w in power_averages.WIDTHS]
    assert np.sum(power_averages.coefficients(profiles, Profile(100, width))) == pytest.approx(1.0)


def test_a_width_that_two_averages_do_not_span_is_refused():
    profiles = [Profile(100, width) for width in power_averages.WIDTHS]
    with pytest.raises(ValueError, match=r"width 0.005 .* averages at 1 steps .* misses"):
        power_averages.coefficients(profiles, Profile(100, 0.005))


@pytest.mark.parametrize("width", [0.0, 1e-300, -0.1, 0.3, float("nan"), True, "wide"])
def test_a_width_out_of_range_is_refused(width):
    with pytest.raises(ValueError, match=r"must be 0.001 to 0.25; received"):
        power_averages.exponent(width)


def test_a_variance_is_never_negative():
    x = keras.Input((3,))
    network = keras.Model(x, keras.layers.BatchNormalization()(x))
    power_averages.assign([network], [np.full(3, -1.0) for _ in network.variables])
    np.testing.assert_array_equal(network.layers[1].moving_variance, 0.0)
    np.testing.assert_array_equal(network.layers[1].moving_mean, -1.0)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_a_model_averages_its_generator_in_every_step(jit_compile):
    model = small_gan.gan(jit_compile=jit_compile)
    model.keep_power_averages([0.2])
    path = []
    for step in range(4):
        model.train_on_batch(small_gan.batch(seed=step))
        path.append(np.array(model.generator.get_weights()[0]))
    edges = (np.arange(5) / 4) ** (power_averages.exponent(0.2) + 1.0)
    expected = np.tensordot(np.diff(edges), path, 1)
    np.testing.assert_allclose(model.power_averages.values()[0][0], expected, rtol=1e-4, atol=1e-6)


def test_a_model_samples_with_an_average_that_replaces_its_own():
    model = small_gan.gan(average_half_life=100.0)
    model.keep_power_averages()
    model.train_on_batch(small_gan.batch())
    values = [np.zeros(weight.shape) for weight in model.generator.get_weights()]
    model.use_average(values, 0.07)
    assert np.all(model.sample(3)["data"] == 0.0)
    assert model.describe_weights() == "average of width 0.07"


def test_averages_that_would_miss_the_first_steps_are_refused():
    model = small_gan.gan()
    model.train_on_batch(small_gan.batch())
    with pytest.raises(ValueError, match="must be called before the first step"):
        model.keep_power_averages()


def test_two_replicas_have_the_averages_of_one_device(two_replicas):
    data = tf.data.Dataset.from_tensors(small_gan.batch(16)).repeat()
    alone = small_gan.gan()
    with two_replicas.scope():
        together = small_gan.gan()
        together.keep_power_averages()
    alone.keep_power_averages()
    for model in (alone, together):
        model.fit(data, steps_per_epoch=3, shuffle=False, verbose=0)
    for one, two in zip(*(m.power_averages.values()[1] for m in (alone, together)), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)
