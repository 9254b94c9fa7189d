import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import penalties, rng

SEED = rng.stream(7, 0, "penalty")
POINTS = np.array([[0.1, 0.2, 0.3, 0.4], [1.0, -1.0, 0.5, 0.0]], np.float32)
OTHERS = np.array([[-0.6, 0.9, 0.0, 1.4], [2.0, 1.0, -0.5, 0.7]], np.float32)
PENALTIES = {
    "wasserstein_gradient_penalty": penalties.wasserstein_gradient_penalty,
    "dragan": penalties.dragan,
    "r1": penalties.r1,
    "r2": penalties.r2,
}
every_penalty = pytest.mark.parametrize("penalty", PENALTIES.values(), ids=PENALTIES)


def linear(slope):
    """D(x) = slope * sum of x: on 4 features its gradient has norm 2 |slope|."""
    return lambda x: slope * tf.reduce_sum(x, axis=-1, keepdims=True)


def square(x):
    """D(x) = |x|^2 / 2, whose gradient is x itself."""
    return 0.5 * tf.reduce_sum(tf.square(x), axis=-1, keepdims=True)


def image_critic(patches):
    """A small smooth network on images [b, 6, 6, 3]: logits [b, 2, 2, 1] or [b, 1]."""
    keras.utils.set_random_seed(0)
    layers = [
        keras.layers.Conv2D(4, 3, strides=2, padding="same", activation="softplus"),
        keras.layers.Conv2D(1, 2),
    ]
    if not patches:
        layers += [keras.layers.Flatten(), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input([6, 6, 3]), *layers])


def images(seed):
    return np.random.default_rng(seed).uniform(-1, 1, [2, 6, 6, 3]).astype(np.float32)


@pytest.mark.parametrize(
    ("slope", "target", "one_sided", "expected"),
    [
        (2.0, 1.0, False, 9.0),  # norm 4
        (2.0, 2.0, False, 1.0),
        (2.0, 1.0, True, 9.0),
        (0.5, 1.0, False, 0.0),  # norm 1
        (0.25, 1.0, False, 0.25),  # norm 0.5
        (0.25, 1.0, True, 0.0),
        (-2.0, 4.0, False, 0.0),
    ],
)
def test_wasserstein_penalty_of_a_linear_critic(slope, target, one_sided, expected):
    actual = penalties.wasserstein_gradient_penalty(
        linear(slope), POINTS, OTHERS, SEED, target=target, one_sided=one_sided
    )
    assert actual.dtype == tf.float32
    np.testing.assert_allclose(actual, [expected] * 2, atol=1e-6)


@pytest.mark.parametrize(("slope", "expected"), [(2.0, 9.0), (0.5, 0.0), (0.0, 1.0)])
def test_dragan_of_a_linear_critic(slope, expected):
    actual = penalties.dragan(linear(slope), POINTS, OTHERS, SEED)
    np.testing.assert_allclose(actual, [expected] * 2, atol=1e-5)


def test_r1_and_r2_are_squared_norms_at_real_and_at_fake():
    np.testing.assert_allclose(
        penalties.r1(square, POINTS, OTHERS, SEED), np.sum(POINTS**2, axis=1), rtol=1e-6
    )
    np.testing.assert_allclose(
        penalties.r2(square, POINTS, OTHERS, SEED), np.sum(OTHERS**2, axis=1), rtol=1e-6
    )


def points_of(penalty, real, fake, seed=SEED):
    """Where a penalty asks the critic."""
    asked = []

    def critic(x):
        asked.append(x.numpy())
        return linear(1.0)(x)

    penalty(critic, real, fake, seed)
    return asked[0]


def test_wasserstein_points_lie_between_real_and_fake_by_one_share_per_example():
    real, fake = np.zeros([500, 3], np.float32), np.tile([1.0, 2.0, -4.0], [500, 1])
    points = points_of(penalties.wasserstein_gradient_penalty, real, fake)
    shares = points / [1.0, 2.0, -4.0]
    np.testing.assert_allclose(shares, np.tile(shares[:, :1], [1, 3]), rtol=1e-6)
    assert 0 <= shares.min() < 0.02
    assert 0.98 < shares.max() < 1
    assert abs(shares[:, 0].mean() - 0.5) < 0.065  # five standard errors
    assert len(set(shares[:, 0])) > 450


def test_dragan_points_lie_above_real_by_less_than_half_a_deviation():
    real = np.random.default_rng(0).normal(3.0, 2.0, [500, 4]).astype(np.float32)
    points = points_of(penalties.dragan, real, real * 100)
    moves = (points - real) / real.std()
    assert -1e-5 < moves.min() < 0.005
    assert 0.45 < moves.max() < 0.5
    assert abs(moves.mean() - 0.125) < 0.02  # 0.5 times 1/2 times 1/2
    assert np.all(moves.std(axis=1) > 0)  # every number has its own noise


def test_dragan_scales_its_neighborhood():
    near, far = (
        points_of(lambda *args, c=c: penalties.dragan(*args, scale=c), POINTS, OTHERS) - POINTS
        for c in (0.5, 2.0)
    )
    np.testing.assert_allclose(far, 4 * near, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", ["wasserstein_gradient_penalty", "dragan"])
def test_points_are_a_function_of_the_seed(name):
    penalty = PENALTIES[name]
    first = points_of(penalty, POINTS, OTHERS)
    np.testing.assert_array_equal(points_of(penalty, POINTS, OTHERS), first)
    assert np.all(points_of(penalty, POINTS, OTHERS, rng.fold(SEED, 1)) != first)


def test_the_gradient_of_a_pack_is_that_with_respect_to_all_of_its_examples():
    """For logits a . (x1, x2) of packs of two, its squared norm is that of a."""

    def critic(x):
        return tf.reshape(x, (-1, 4)) @ tf.constant([[1.0], [2.0], [3.0], [4.0]])

    x = tf.zeros((6, 2))
    np.testing.assert_allclose(penalties.r1(critic, x, x, SEED), [30.0] * 3)
    excess = penalties.wasserstein_gradient_penalty(critic, x, x, SEED)
    np.testing.assert_allclose(excess, [(30.0**0.5 - 1.0) ** 2] * 3, rtol=1e-5)


@every_penalty
def test_patch_logits_are_summed(penalty):
    def patches(x):
        return tf.reshape(2.0 * x, [-1, 2, 2, 1])

    np.testing.assert_allclose(
        penalty(patches, POINTS, OTHERS, SEED), penalty(linear(2.0), POINTS, OTHERS, SEED)
    )


@every_penalty
@pytest.mark.parametrize("patches", [False, True])
def test_penalties_have_gradients_for_the_critics_weights(penalty, patches):
    critic = image_critic(patches)
    kernel = critic.layers[0].kernel

    def total():
        return tf.reduce_sum(penalty(critic, images(1), images(2), SEED))

    with tf.GradientTape() as tape:
        loss = total()
    gradient = tape.gradient(loss, kernel)[1, 1, 0, 0]
    change, before = np.zeros(kernel.shape), kernel.numpy()
    change[1, 1, 0, 0] = 1e-2
    kernel.assign(before + change)
    above = total()
    kernel.assign(before - change)
    np.testing.assert_allclose(gradient, (above - total()) / 2e-2, rtol=2e-2, atol=1e-4)
    assert abs(gradient) > 1e-3


@every_penalty
def test_gradients_are_finite_for_a_constant_critic(penalty):
    weight = tf.Variable(tf.zeros([4, 1]))
    with tf.GradientTape() as tape:
        loss = penalty(lambda x: tf.matmul(x, weight), POINTS, OTHERS, SEED)
    assert np.all(np.isfinite(loss))
    assert np.all(np.isfinite(tape.gradient(loss, weight)))


@every_penalty
def test_a_critic_that_does_not_look_is_refused(penalty):
    with pytest.raises(ValueError, match="critic must be a differentiable function"):
        penalty(lambda x: tf.zeros([2, 1]), POINTS, OTHERS, SEED)


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize(
    ("penalty", "fakes_differ"),
    [
        # XLA turns random bits into other floats: compare where the draw makes no difference.
        (penalties.wasserstein_gradient_penalty, False),
        (functools.partial(penalties.dragan, scale=0.0), True),
        (penalties.r1, True),
        (penalties.r2, True),
    ],
    ids=PENALTIES,
)
def test_penalties_and_their_gradients_compile(penalty, fakes_differ, jit_compile):
    critic = image_critic(patches=True)

    def step(real, fake):
        with tf.GradientTape() as tape:
            loss = penalty(critic, real, fake, SEED)
        return loss, tape.gradient(loss, critic.trainable_variables[0])

    real = tf.constant(images(1))
    fake = tf.constant(images(2)) if fakes_differ else real
    compiled = tf.function(step, jit_compile=jit_compile)(real, fake)
    for actual, expected in zip(compiled, step(real, fake), strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-3, atol=1e-4)


@every_penalty
def test_a_batch_size_may_be_unknown(penalty):
    unknown = tf.TensorSpec([None, 4], tf.float32)
    graph = tf.function(
        lambda real, fake: penalty(square, real, fake, SEED), input_signature=[unknown, unknown]
    )
    np.testing.assert_allclose(
        graph(POINTS, OTHERS), penalty(square, POINTS, OTHERS, SEED), rtol=1e-6
    )


@every_penalty
def test_half_precision_examples_give_float32(penalty):
    real, fake = tf.constant(POINTS, tf.bfloat16), tf.constant(OTHERS, tf.bfloat16)
    assert penalty(square, real, fake, SEED).dtype == tf.float32


@pytest.mark.parametrize("name", ["wasserstein_gradient_penalty", "r1", "r2", "dragan"])
def test_two_replicas_are_penalized_like_one_device(two_replicas, name):
    def of_replica():
        first = 2 * tf.distribute.get_replica_context().replica_id_in_sync_group
        rows = slice(first, first + 2)
        return PENALTIES[name](square, tf.constant(real)[rows], tf.constant(fake)[rows], SEED)

    real = np.concatenate([POINTS, OTHERS])
    fake = 3 - 2 * real
    results = two_replicas.experimental_local_results(two_replicas.run(tf.function(of_replica)))
    expected = PENALTIES[name](square, real, fake, SEED)
    np.testing.assert_allclose(np.concatenate(results), expected, rtol=1e-5, atol=1e-6)


def test_wasserstein_refuses_different_shapes():
    with pytest.raises(ValueError, match=r"same shape; received \(2, 4\) and \(1, 4\)"):
        penalties.wasserstein_gradient_penalty(square, POINTS, OTHERS[:1], SEED)


def test_wasserstein_refuses_a_target_of_0():
    with pytest.raises(ValueError, match="target must be above 0; received 0.0"):
        penalties.wasserstein_gradient_penalty(square, POINTS, OTHERS, SEED, target=0.0)
