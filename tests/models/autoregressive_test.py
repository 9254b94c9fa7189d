"""Autoregressive models: exact likelihoods, and samples that follow them."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.models import Autoregressive, binary_pixels
from tfgan.networks import made, pixelcnn

KINDS = {
    "made": (lambda shape: made.network(shape, widths=(20, 15)), made.cached_sampler),
    "plain": (lambda shape: pixelcnn.plain(shape, width=4, depth=2), pixelcnn.cached_sampler),
    "gated": (lambda shape: pixelcnn.gated(shape, width=4, depth=2), pixelcnn.cached_sampler),
}


def network(kind, shape):
    keras.utils.set_random_seed(0)
    made_now = KINDS[kind][0](shape)
    random = np.random.default_rng(1)
    made_now.set_weights([w + 0.3 * random.normal(size=w.shape) for w in made_now.get_weights()])
    return made_now


def model(kind, shape=(3, 3, 1)):
    return Autoregressive(network(kind, shape), cached_sampler=KINDS[kind][1])


def all_images(height, width):
    """Every binary image, as raw data: uint8 `[2 ** (height * width), height, width, 1]`."""
    pixels = list(itertools.product([0, 255], repeat=height * width))
    return np.array(pixels, np.uint8).reshape(-1, height, width, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_probabilities_of_all_images_sum_to_one(kind):
    found = model(kind).log_prob(all_images(3, 3))
    assert found.kind == "exact" and found.nats.shape == (512,)
    assert found.nats.std() > 0.5  # no uniform distribution
    assert np.exp(found.nats).sum() == pytest.approx(1.0, abs=1e-6)


def test_log_prob_is_the_sum_over_the_pixels():
    one = model("gated")
    images = all_images(3, 3)[[7, 300]]
    x = images / 255.0
    logits = np.asarray(one.average({"data": tf.constant(x, tf.float32)}), np.float64)
    chance = 1.0 / (1.0 + np.exp(-logits))
    wanted = np.log(np.where(x == 1.0, chance, 1.0 - chance)).sum(axis=(1, 2, 3))
    np.testing.assert_allclose(one.log_prob(images).nats, wanted, atol=1e-6)


def test_a_gray_image_is_rated_the_same_in_any_batch():
    one = model("made")
    grays = np.random.default_rng(0).integers(0, 256, (130, 3, 3, 1), np.uint8)
    found = one.log_prob(grays, seed=5).nats
    np.testing.assert_array_equal(one.log_prob(grays[:3], seed=5).nats, found[:3])
    assert np.abs(one.log_prob(grays, seed=6).nats - found).max() > 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_samples_are_those_of_a_full_pass_for_every_pixel(kind):
    fast = model(kind, (4, 5, 1))
    slow = Autoregressive(fast.network)
    made_now = fast.sample(60, seed=3)["data"]
    assert made_now.dtype == np.uint8 and set(np.unique(made_now)) == {0, 255}
    np.testing.assert_array_equal(made_now, slow.sample(60, seed=3)["data"])


@pytest.mark.parametrize("kind", KINDS)
def test_sampling_compiles_under_xla(kind):
    one = model(kind)
    uniforms = tf.random.stateless_uniform((6, 3, 3), [0, 1])

    def draw():
        return binary_pixels.draw(one.cached_sampler(one.average), uniforms)

    compiled = tf.function(draw, jit_compile=True)()
    np.testing.assert_array_equal(compiled, tf.function(draw)())


def test_images_are_sampled_as_often_as_they_are_probable():
    one = model("plain", (2, 2, 1))
    images = all_images(2, 2)
    chance = np.exp(one.log_prob(images).nats)
    made_now = one.sample(4000, seed=1)["data"].reshape(-1, 4)
    counts = np.array([(made_now == image.reshape(4)).all(axis=1).sum() for image in images])
    error = np.sqrt(chance * (1.0 - chance) / 4000)
    assert (np.abs(counts / 4000 - chance) < 4.0 * error + 1e-3).all()


def test_sample_i_of_a_seed_does_not_depend_on_how_many_are_drawn():
    one = model("made")
    many = one.sample(130, seed=4)["data"]
    np.testing.assert_array_equal(one.sample(3, seed=4)["data"], many[:3])
    np.testing.assert_array_equal(one.sample(4, seed=4, start=110)["data"], many[110:114])
    assert (one.sample(130, seed=5)["data"] != many).any()


def test_averages_are_used_unless_the_last_weights_are_asked_for():
    one = model("made")
    one.step.assign(1)  # before the first step the average follows the network
    one.network.set_weights([np.zeros_like(value) for value in one.network.get_weights()])
    images = all_images(3, 3)[:9]
    averaged, drawn = one.log_prob(images).nats, one.sample(50)["data"]
    one.use_weights("last")
    np.testing.assert_allclose(one.log_prob(images).nats, 9 * np.log(0.5), atol=1e-6)
    assert np.abs(averaged - 9 * np.log(0.5)).min() > 1e-3
    assert (one.sample(50)["data"] != drawn).any()


def test_what_it_cannot_do_is_refused():
    one = model("made")
    assert one.sampling_steps == 9
    with pytest.raises(ValueError, match="takes no labels"):
        one.sample(1, label=1)
    with pytest.raises(ValueError, match="no prior whose tails"):
        one.sample(1, truncation=0.5)
    with pytest.raises(ValueError, match="average_half_life must be 0 or more, .*received -1"):
        one.compile(keras.optimizers.SGD(), average_half_life=-1)
    data = keras.Input((4, 4, 3), name="data")
    with pytest.raises(ValueError, match=r"one binary channel; received \(4, 4, 3\)"):
        Autoregressive(keras.Model({"data": data}, keras.layers.Dense(3)(data)))
