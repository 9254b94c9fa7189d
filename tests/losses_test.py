import dataclasses
import math

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses

# The logits of TF-GAN's own loss tests.
REAL = np.array([-5.0, 1.4, 12.5, 2.7], np.float32)
FAKE = np.array([10.0, 4.4, -5.5, 3.6], np.float32)

PAIRS = {
    "minimax": losses.minimax(),
    "minimax, smoothed": losses.minimax(real_target=0.9),
    "non_saturating": losses.non_saturating(),
    "non_saturating, smoothed": losses.non_saturating(real_target=0.9),
    "maximum_likelihood": losses.maximum_likelihood(),
    "least_squares": losses.least_squares(),
    "wasserstein": losses.wasserstein(),
    "hinge": losses.hinge(),
    "relativistic": losses.relativistic(),
    "relativistic_average": losses.relativistic_average(),
}
FUNCTIONS = {
    f"{name}, {player}": getattr(pair, player)
    for name, pair in PAIRS.items()
    for player in ("discriminator", "generator")
}
every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, np.float64)))


def slopes(function, real, fake):
    """d function / d real and d function / d fake, each float32 or None."""
    real, fake = tf.constant(real, tf.float32), tf.constant(fake, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch((real, fake))
        loss = function(real, fake)
    return tape.gradient(loss, (real, fake))


# Means over REAL and FAKE, published in TF-GAN's tests to five decimals.
@pytest.mark.parametrize(
    ("function", "mean"),
    [
        (losses.least_squares_generator_loss, 17.69625),
        (losses.least_squares_discriminator_loss, 41.73375),
        (losses.non_saturating_generator_loss, 1.38582),
        (losses.minimax_generator_loss, -4.51082),
        (losses.minimax(real_target=0.75).discriminator, 6.55887),
        (losses.non_saturating(real_target=0.875).discriminator, 6.19637),
        (losses.wasserstein_generator_loss, -3.125),
        (losses.wasserstein_discriminator_loss, 0.225),
        (losses.hinge_generator_loss, -3.125),
        (losses.hinge_discriminator_loss, 6.75),
    ],
)
def test_values_are_those_of_tf_gan(function, mean):
    np.testing.assert_allclose(np.mean(function(REAL, FAKE)), mean, atol=1e-5)


def test_cross_entropy_is_that_of_the_probabilities():
    d_real, d_fake = sigmoid(REAL), sigmoid(FAKE)
    expected = -0.8 * np.log(d_real) - 0.2 * np.log(1 - d_real) - np.log(1 - d_fake)
    actual = losses.minimax_discriminator_loss(REAL, FAKE, real_target=0.8)
    np.testing.assert_allclose(actual, expected, rtol=1e-5)
    np.testing.assert_allclose(
        losses.minimax_generator_loss(REAL, FAKE), np.log(1 - d_fake), rtol=1e-5
    )
    np.testing.assert_allclose(
        losses.non_saturating_generator_loss(REAL, FAKE), -np.log(d_fake), rtol=1e-4
    )


def test_the_discriminators_of_the_three_cross_entropy_games_are_one():
    expected = losses.minimax().discriminator(REAL, FAKE)
    for other in (losses.non_saturating(), losses.maximum_likelihood()):
        np.testing.assert_array_equal(other.discriminator(REAL, FAKE), expected)
    np.testing.assert_array_equal(losses.non_saturating_discriminator_loss(REAL, FAKE), expected)


@pytest.mark.parametrize("logit", [-6.0, 0.0, 6.0])
@pytest.mark.parametrize(
    ("function", "slope"),
    [
        (losses.minimax_generator_loss, lambda a: -sigmoid(a)),
        (losses.non_saturating_generator_loss, lambda a: -(1 - sigmoid(a))),
        (losses.maximum_likelihood_generator_loss, lambda a: -np.exp(a)),
    ],
    ids=["minimax", "non_saturating", "maximum_likelihood"],
)
def test_slopes_of_the_three_generators(function, slope, logit):
    _, actual = slopes(function, [0.0], [logit])
    np.testing.assert_allclose(actual, [slope(logit)], rtol=1e-5)


def test_maximum_likelihood_is_minus_the_ratio_of_the_densities():
    p_data, p_fake = np.array([0.1, 0.5, 0.9]), np.array([0.4, 0.5, 0.1])
    optimal = np.log(p_data / p_fake)  # the logit of p_data / (p_data + p_fake)
    loss = losses.maximum_likelihood_generator_loss(np.zeros(3), optimal)
    np.testing.assert_allclose(loss, -p_data / p_fake, rtol=1e-5)


def test_maximum_likelihood_continues_as_its_tangent_above_30():
    fake = np.array([29.9, 30.0, 30.1, 100.0])
    expected = -np.exp([29.9, 30, 30, 30]) * [1, 1, 1.1, 71]
    loss = losses.maximum_likelihood_generator_loss(np.zeros(4), fake)
    np.testing.assert_allclose(loss, expected, rtol=1e-4)
    _, slope = slopes(losses.maximum_likelihood_generator_loss, np.zeros(4), fake)
    np.testing.assert_allclose(slope, -np.exp([29.9, 30, 30, 30]), rtol=1e-4)


def test_smoothing_puts_the_optimum_at_the_target():
    best = math.log(0.9 / 0.1)  # sigma(best) = 0.9
    loss = losses.minimax(real_target=0.9).discriminator
    below, at, above = slopes(loss, [best - 0.5, best, best + 0.5], [0.0, 0.0, 0.0])[0]
    assert below < -1e-3
    assert abs(at) < 1e-6
    assert above > 1e-3


def test_smoothing_leaves_the_fake_side_alone():
    _, smoothed = slopes(losses.minimax(real_target=0.9).discriminator, REAL, FAKE)
    _, plain = slopes(losses.minimax().discriminator, REAL, FAKE)
    np.testing.assert_array_equal(smoothed, plain)


@pytest.mark.parametrize("target", [0.5, 0.0, 1.01, float("nan")])
@pytest.mark.parametrize(
    "use",
    [
        losses.minimax,
        losses.non_saturating,
        losses.maximum_likelihood,
        lambda target: losses.minimax_discriminator_loss(REAL, FAKE, real_target=target),
    ],
    ids=["minimax", "non_saturating", "maximum_likelihood", "function"],
)
def test_targets_of_real_examples_outside_their_range_are_refused(use, target):
    with pytest.raises(ValueError, match=r"real_target must be in \(0.5, 1\], received"):
        use(target)


def test_least_squares_pulls_to_its_labels():
    pair = losses.least_squares(real_label=1.0, fake_label=-1.0, target_label=0.5)
    np.testing.assert_allclose(pair.discriminator([1.0, 3.0, 1.0], [-1.0, -1.0, 1.0]), [0, 2, 2])
    np.testing.assert_allclose(pair.generator([9.0, 9.0], [0.5, 2.5]), [0, 2])


def test_hinge_is_zero_beyond_the_margin():
    loss = losses.hinge_discriminator_loss
    np.testing.assert_allclose(loss([1.0, 5.0, 0.5, 2.0], [-1.0, -5.0, -2.0, 0.0]), [0, 0, 0.5, 1])
    real_slope, fake_slope = slopes(loss, [5.0, 0.0], [-5.0, 0.0])
    np.testing.assert_array_equal(real_slope, [0, -1])
    np.testing.assert_array_equal(fake_slope, [0, 1])


def test_at_chance_the_relativistic_losses_are_ln_2():
    same = np.full([4, 1], 0.7)
    for loss in (losses.relativistic().discriminator, losses.relativistic().generator):
        np.testing.assert_allclose(loss(same, same), np.full([4, 1], math.log(2)), rtol=1e-6)


def test_relativistic_losses_compare_pairs():
    pair = losses.relativistic()
    expected = -np.log(sigmoid(REAL - FAKE))
    np.testing.assert_allclose(pair.discriminator(REAL, FAKE), expected, rtol=1e-4)
    np.testing.assert_allclose(
        pair.generator(REAL, FAKE), -np.log(sigmoid(FAKE - REAL)), rtol=1e-4, atol=1e-7
    )


def test_relativistic_average_losses_compare_with_the_mean_of_the_other_side():
    pair = losses.relativistic_average()
    over_fake, over_real = REAL - np.mean(FAKE), FAKE - np.mean(REAL)
    expected = -np.log(sigmoid(over_fake)) - np.log(1 - sigmoid(over_real))
    np.testing.assert_allclose(pair.discriminator(REAL, FAKE), expected, rtol=1e-4)
    expected = -np.log(sigmoid(over_real)) - np.log(1 - sigmoid(over_fake))
    np.testing.assert_allclose(pair.generator(REAL, FAKE), expected, rtol=1e-4)


@pytest.mark.parametrize("name", ["relativistic", "relativistic_average"])
def test_relativistic_losses_ignore_a_common_shift(name):
    for player in ("discriminator", "generator"):
        loss = getattr(PAIRS[name], player)
        np.testing.assert_allclose(loss(REAL + 3, FAKE + 3), loss(REAL, FAKE), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", [name for name in PAIRS if "relativistic" not in name])
def test_the_real_data_give_the_generator_neither_value_nor_gradient(name):
    generator = PAIRS[name].generator
    real_slope, fake_slope = slopes(generator, REAL, FAKE)
    assert real_slope is None
    assert np.all(fake_slope <= 0) or name == "least_squares"
    np.testing.assert_array_equal(generator(REAL, FAKE), generator(REAL * 0 + 100, FAKE))


def test_a_generator_learns_the_same_with_and_without_the_real_term():
    weight = tf.Variable(0.3)
    noise = tf.constant([0.5, -1.0, 2.0])

    def gradient(with_real_term):
        with tf.GradientTape() as tape:
            fake = 2.0 * (weight * noise) - 0.1  # a linear discriminator on a linear generator
            loss = losses.minimax_generator_loss(fake * 0, fake)
            if with_real_term:
                loss += -tf.nn.softplus(-tf.constant([1.0, 2.0, 3.0]))  # log D(x)
            loss = tf.reduce_mean(loss)
        return tape.gradient(loss, weight)

    np.testing.assert_array_equal(gradient(True), gradient(False))
    assert abs(gradient(False)) > 0.01


@pytest.mark.parametrize("name", [name for name in PAIRS if name != "least_squares"])
def test_discriminator_and_generator_pull_fakes_apart(name):
    real, fake = np.array([0.2, -0.3, 0.1]), np.array([0.1, 0.4, -0.2])
    real_slope, fake_slope = slopes(PAIRS[name].discriminator, real, fake)
    assert np.all(real_slope < 0)
    assert np.all(fake_slope > 0)
    assert np.all(slopes(PAIRS[name].generator, real, fake)[1] < 0)


@every_function
def test_values_and_slopes_are_finite_for_huge_logits(function):
    real = np.array([1e4, -1e4, 1e4, -1e4])
    fake = np.array([1e4, 1e4, -1e4, -1e4])
    assert np.all(np.isfinite(function(real, fake)))
    for slope in slopes(function, real, fake):
        assert slope is None or np.all(np.isfinite(slope))


@every_function
@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16, tf.float64])
def test_logits_of_any_precision_give_float32(function, dtype):
    real, fake = tf.constant(REAL, dtype), tf.constant(FAKE, dtype)
    loss = function(real, fake)
    assert loss.dtype == tf.float32
    np.testing.assert_array_equal(
        loss, function(tf.cast(real, tf.float32), tf.cast(fake, tf.float32))
    )


@every_function
@pytest.mark.parametrize("shape", [(4, 1), (1, 2, 2, 1)])
def test_losses_are_element_wise_on_any_shape(function, shape):
    loss = function(REAL.reshape(shape), FAKE.reshape(shape))
    assert loss.shape == shape
    np.testing.assert_allclose(np.ravel(loss), function(REAL, FAKE), rtol=1e-6)


@every_function
def test_different_shapes_are_refused_by_name(function):
    with pytest.raises(ValueError, match=r"received \(4, 1\) and \(4,\)"):
        function(REAL[:, None], FAKE)


@every_function
def test_losses_compile_under_xla(function):
    compiled = tf.function(function, jit_compile=True)(tf.constant(REAL), tf.constant(FAKE))
    np.testing.assert_allclose(compiled, function(REAL, FAKE), rtol=1e-4, atol=1e-6)


def test_a_pair_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        losses.hinge().generator = losses.wasserstein_generator_loss


def test_only_relativistic_generators_need_the_real_logits():
    pairs = [
        losses.minimax(), losses.non_saturating(), losses.maximum_likelihood(),
        losses.least_squares(), losses.wasserstein(), losses.hinge(),
        losses.relativistic(), losses.relativistic_average(),
    ]  # fmt: skip
    fake = tf.constant([[0.3], [-0.2]])
    for pair in pairs:
        one, two = (pair.generator(real * tf.ones([2, 1]), fake) for real in (-1.0, 2.0))
        assert pair.paired == bool(tf.reduce_any(one != two))


def test_d_of_x_is_a_probability_for_cross_entropy_and_the_logit_for_scores():
    logits = tf.constant([0.0, 2.0])
    np.testing.assert_allclose(losses.minimax().score(logits), [0.5, 1 / (1 + np.exp(-2))], 1e-6)
    np.testing.assert_array_equal(losses.wasserstein().score(logits), logits)


@pytest.mark.parametrize("player", ["discriminator", "generator"])
def test_relativistic_averages_are_those_of_all_replicas(two_replicas, player):
    """Values and slopes: two replicas with half of the logits each are one with all of them."""
    loss = getattr(losses.relativistic_average(), player)
    real, fake = tf.constant([0.2, -1.3, 0.7, 2.0]), tf.constant([-0.4, 0.9, 1.5, -2.0])

    def value_and_slope(real, fake, share):
        with tf.GradientTape() as tape:
            tape.watch(fake)
            each = loss(real, fake)
            mean = tf.reduce_mean(each) * share
        return each, tape.gradient(mean, fake)

    def of_replica():
        first = 2 * tf.distribute.get_replica_context().replica_id_in_sync_group
        return value_and_slope(real[first:][:2], fake[first:][:2], 0.5)

    together = two_replicas.run(tf.function(of_replica))
    for got, wanted in zip(together, value_and_slope(real, fake, 1.0), strict=True):
        got = np.concatenate(two_replicas.experimental_local_results(got))
        np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-7)
