"""Autoregressive networks: who sees whom, and walks that give what full passes give."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import made, pixelcnn
from tfgan.networks.cached_sampling import UncachedSampler

SIDE = 5
SHAPE = (SIDE, SIDE, 1)
NETWORKS = {
    "made": (functools.partial(made.network, widths=(60,)), made.cached_sampler),
    "made deep": (
        functools.partial(made.network, widths=(70, 40), activation="tanh", direct=False),
        made.cached_sampler,
    ),
    "made narrow": (functools.partial(made.network, widths=(10,)), made.cached_sampler),
    "plain": (functools.partial(pixelcnn.plain, width=6, depth=2), pixelcnn.cached_sampler),
    "plain shallow": (functools.partial(pixelcnn.plain, width=6, depth=0), pixelcnn.cached_sampler),
    "gated": (functools.partial(pixelcnn.gated, width=6, depth=1), pixelcnn.cached_sampler),
    "gated deep": (functools.partial(pixelcnn.gated, width=6, depth=3), pixelcnn.cached_sampler),
}


def network(name, shape=SHAPE, **more):
    """A network whose weights, biases too, are random."""
    keras.utils.set_random_seed(3)
    made_now = NETWORKS[name][0](shape, **more)
    random = np.random.default_rng(0)
    made_now.set_weights([w + 0.2 * random.normal(size=w.shape) for w in made_now.get_weights()])
    return made_now


def seen(net):
    """Which pixels (columns) the logits (rows) depend on, at any of some random images."""
    x = tf.random.stateless_normal((12, *SHAPE), [1, 2])
    with tf.GradientTape() as tape:
        tape.watch(x)
        logits = net({"data": x}, training=False)
    gradients = tape.batch_jacobian(logits, x)
    return np.abs(gradients).max(axis=0).reshape(SIDE * SIDE, SIDE * SIDE) > 0


@pytest.mark.parametrize("name", NETWORKS)
def test_no_pixel_sees_itself_or_the_future(name):
    assert not np.triu(seen(network(name))).any()


@pytest.mark.parametrize("name", ["made", "made deep", "gated", "gated deep"])
def test_every_pixel_sees_all_of_its_past(name):
    past = np.tril(np.ones((SIDE * SIDE, SIDE * SIDE), bool), -1)
    np.testing.assert_array_equal(seen(network(name)), past)


def test_the_plain_network_is_blind_to_the_right_at_any_depth():
    # A row up, it sees a column further to the right and no more: not (1, 3) from (2, 1).
    of_plain = seen(network("plain", kernel_size=3, depth=6))
    of_gated = seen(network("gated", kernel_size=3, depth=6))
    pixel, hidden, visible = 2 * SIDE + 1, SIDE + 3, SIDE + 2
    assert of_plain[pixel, visible] and not of_plain[pixel, hidden]
    assert of_gated[pixel, visible] and of_gated[pixel, hidden]


def test_a_kernel_of_one_and_no_blocks_see_no_pixel():
    assert not seen(network("plain", kernel_size=1, depth=0)).any()


def test_features_reach_their_own_pixel_and_later_ones():
    net = network("plain", features=3)
    data, features = tf.zeros((1, *SHAPE)), tf.random.stateless_normal((1, SIDE, SIDE, 3), [1, 2])
    moved = features + tf.one_hot([7], SIDE * SIDE)[0][None, :, None].numpy().reshape(
        1, SIDE, SIDE, 1
    )
    change = net({"data": data, "features": moved}) - net({"data": data, "features": features})
    changed = np.flatnonzero(np.abs(change).reshape(-1) > 0)
    assert changed[0] == 7


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("features", [None, 3])
def test_a_walk_gives_the_logits_of_a_full_pass(name, features):
    if features and name.startswith("made"):
        pytest.skip("made takes no features")
    shape = (4, 6, 1)
    net = keras.models.clone_model(network(name, shape, **({"features": 3} if features else {})))
    x = tf.cast(tf.random.stateless_uniform((3, *shape), [0, 1]) < 0.4, tf.float32)
    given = {"features": tf.random.stateless_normal((3, 4, 6, 3), [0, 2])} if features else {}
    wanted = net({"data": x, **given}, training=False)[..., 0]
    for walk in (NETWORKS[name][1](net, given), UncachedSampler(net, given)):
        state = walk.start(3)
        for row in range(4):
            state = walk.start_row(state, row)
            for column in range(6):
                logits, state = walk.logits(state, row, column)
                np.testing.assert_allclose(logits, wanted[:, row, column], atol=1e-5)
                state = walk.set_pixel(state, row, column, x[:, row, column, 0])


@pytest.mark.parametrize("name", ["made", "plain", "gated"])
def test_a_saved_copy_gives_the_same_output(name, tmp_path):
    net = network(name)
    net.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras", safe_mode=True)
    x = tf.cast(tf.random.stateless_uniform((3, *SHAPE), [0, 1]) < 0.4, tf.float32)
    np.testing.assert_allclose(loaded({"data": x}), net({"data": x}), atol=1e-6)


@pytest.mark.parametrize("build", [made.network, pixelcnn.plain, pixelcnn.gated])
@pytest.mark.parametrize("shape", [(8, 8, 3), (2,)])
def test_anything_but_one_channel_is_refused(build, shape):
    with pytest.raises(ValueError, match="binary pixels of one channel"):
        build(shape)


def test_arguments_out_of_range_are_refused():
    with pytest.raises(ValueError, match="kernel_size must be odd and at least 1; received 4"):
        pixelcnn.plain(SHAPE, kernel_size=4)
    with pytest.raises(ValueError, match="one hidden layer or more"):
        made.network(SHAPE, widths=())
    with pytest.raises(ValueError, match="made takes no condition; received features"):
        made.cached_sampler(network("made"), {"features": tf.zeros((1, SIDE, SIDE, 2))})
