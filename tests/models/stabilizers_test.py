"""Label flips, instance noise and top-k, against their closed forms."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors, schedules
from tfgan.models import GAN
from tfgan.models.stabilizers import Stabilizers
from tfgan.terms import Turn

SEED = tf.constant([1, 2])


def turn_of(count):
    return Turn({}, {}, {"data": tf.zeros((count, 1))}, None, lambda purpose: SEED, "turn", {})


def test_flips_exchange_the_targets_of_a_share_of_the_pairs():
    count = 20_000
    real, fake = tf.ones((count, 1)), tf.zeros((count, 1))
    first, second = Stabilizers(label_flip=0.2).flipped(real, fake, 0, turn_of(count))
    # Four standard deviations of a mean of 20,000 flips are 0.0113.
    assert float(tf.reduce_mean(first)) == pytest.approx(0.8, abs=0.0113)
    np.testing.assert_array_equal(first + second, np.ones((count, 1)))


def test_the_expected_loss_is_that_of_two_smooth_targets():
    """(1 - q) L(r, f) + q L(f, r): cross-entropy with the targets 1 - q and q."""
    count, share = 40_000, 0.25
    real, fake = tf.fill((count, 1), 1.5), tf.fill((count, 1), -0.5)
    flipped = Stabilizers(label_flip=share).flipped(real, fake, 0, turn_of(count))
    loss = tf.reduce_mean(losses.minimax().discriminator(*flipped))
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    smooth = entropy([1.0 - share], [1.5]) + entropy([share], [-0.5])
    # Flips change the loss of a pair by 2, so its mean has a standard deviation of 0.0043.
    assert float(loss) == pytest.approx(float(smooth), abs=0.0173)


def test_the_best_discriminator_under_flips_is_that_of_the_formula():
    """D* = ((1 - q) p + q p_g) / (p + p_g), for N(1, 1) and N(-1, 1) in bins of x.

    The cross-entropy is least where D is the share of examples of a bin with the target of real.
    """
    count, share, edges = 100_000, 0.1, np.linspace(-2.5, 2.5, 11)
    normal = np.random.RandomState(0).randn(2, count)
    bins = [np.digitize(x, edges) for x in (normal[0] + 1.0, normal[1] - 1.0)]
    real, fake = (tf.one_hot(each, 12) for each in bins)
    of_real, of_fake = Stabilizers(label_flip=share).flipped(real, fake, 0, turn_of(count))
    of_real, of_fake = tf.reduce_sum(of_real, axis=0), tf.reduce_sum(of_fake, axis=0)
    cumulative = [0.5 * (1.0 + tf.math.erf((edges - mean) / 2.0**0.5)) for mean in (1.0, -1.0)]
    p, p_g = (np.diff(each) for each in cumulative)  # of the inner bins
    wanted = ((1.0 - share) * p + share * p_g) / (p + p_g)
    measured = (of_real / (of_real + of_fake))[1:-1]
    # The smallest bin has 8,700 examples: 4 standard deviations are at most 0.0214.
    np.testing.assert_allclose(measured, wanted, atol=0.0214)


def test_noise_smooths_the_density_of_the_data():
    """A Gaussian of variance 4 plus noise of deviation 1.5 has the variance 6.25."""
    data = 2.0 * tf.random.stateless_normal((40_000, 1), [5, 0])
    noisy = Stabilizers(instance_noise=1.5).noisy(data, 0, lambda purpose: SEED, "on real")
    # The standard deviation of the variance of 40,000 numbers is 6.25 sqrt(2 / 40,000) = 0.044.
    assert np.var(noisy) == pytest.approx(6.25, abs=0.18)
    assert np.var(noisy - data) == pytest.approx(2.25, abs=0.07)


def test_noise_follows_its_schedule_to_0():
    settings = Stabilizers(instance_noise=schedules.linear(0.5, 10))
    data, deviations = tf.zeros((10_000, 1)), []
    for step in (0, 5, 10):
        noisy = settings.noisy(data, step, lambda purpose: SEED, "on real")
        deviations.append(float(np.std(noisy)))
    assert deviations == pytest.approx([0.5, 0.25, 0.0], rel=0.03)


@pytest.mark.parametrize(("share", "wanted"), [(1.0, 2.5), (0.5, 3.5), (0.3, 4.0), (0.01, 4.0)])
def test_the_mean_is_that_of_the_fakes_with_the_highest_logits(share, wanted):
    loss = tf.constant([[1.0], [4.0], [3.0], [2.0]])
    logits = tf.constant([[-2.0], [5.0], [0.5], [0.0]])
    best = Stabilizers(top_k=share).of_the_best(loss, logits, 0)
    assert float(tf.reduce_mean(best)) == pytest.approx(wanted, rel=1e-6)


def test_the_logits_of_patches_count_by_their_mean():
    loss = tf.constant([[[1.0], [1.0]], [[2.0], [4.0]]])
    logits = tf.constant([[[9.0], [-9.0]], [[1.0], [1.0]]])
    best = Stabilizers(top_k=0.5).of_the_best(loss, logits, 0)
    np.testing.assert_allclose(best, [0.0, 6.0])


def test_a_share_may_fall_by_a_factor_each_epoch_to_a_floor():
    share = schedules.staircase(1.0, 10, factor=0.99, final=0.5)
    assert [round(float(share(step)), 4) for step in (0, 9, 10, 25)] == [1.0, 1.0, 0.99, 0.9801]
    # 0.99^68 = .5049 and 0.99^69 = .4998: the floor is reached after 69 epochs.
    assert float(share(689)) > 0.5 and float(share(690)) == 0.5
    settings = Stabilizers(top_k=share)
    loss = logits = tf.constant([[1.0], [2.0], [3.0], [4.0]])
    mean = tf.reduce_mean(settings.of_the_best(loss, logits, tf.constant(700)))
    assert float(mean) == pytest.approx(3.5)


def gan(**options):
    keras.utils.set_random_seed(1)
    latent, data = keras.Input((3,), name="latent"), keras.Input((2,), name="data")
    hidden = keras.layers.Dense(6, activation="tanh")(data)
    model = GAN(
        keras.Model({"latent": latent}, keras.layers.Dense(2)(latent)),
        keras.Model({"data": data}, keras.layers.Dense(1)(hidden)),
        prior=priors.Normal(3),
    )
    players = "generator", "discriminator"
    optimizers = {player: keras.optimizers.SGD(0.3) for player in players}
    model.compile("non_saturating", optimizers, **options)
    return model


ALL = {"label_flip": 0.3, "instance_noise": 0.2, "top_k": schedules.staircase(0.8, 1)}
BATCH = {"data": np.random.RandomState(0).randn(12, 2).astype("float32")}


def trained(model):
    data = tf.data.Dataset.from_tensors(BATCH).repeat()
    model.fit(data, steps_per_epoch=2, shuffle=False, verbose=0)
    return model


@pytest.mark.parametrize("name", ALL)
def test_each_changes_the_step_of_a_game_and_no_evaluation(name):
    plain, changed = gan(), gan(**{name: ALL[name]})
    figures = [m.evaluate(BATCH, verbose=0, return_dict=True) for m in (plain, changed)]
    assert figures[0] == figures[1]
    for model in (plain, changed):
        model.train_step(BATCH)
    pairs = zip(plain.get_weights(), changed.get_weights(), strict=True)
    assert max(np.abs(one - other).max() for one, other in pairs) > 1e-4


def test_two_replicas_take_the_step_of_one_device(two_replicas):
    alone = trained(gan(run_eagerly=True, **ALL))
    with two_replicas.scope():
        together = gan(**ALL)
    trained(together)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_compiled_step_is_that_of_eager_execution():
    eager, compiled = trained(gan(run_eagerly=True, **ALL)), trained(gan(jit_compile=True, **ALL))
    for one, other in zip(eager.get_weights(), compiled.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_keras_file_keeps_them(tmp_path):
    model = gan(**ALL)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for each in (model, loaded):
        each.train_step(BATCH)
    for one, other in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_microbatches_which_lack_the_ranks_of_the_batch_are_refused():
    with pytest.raises(ValueError, match="top_k needs the logits of the whole batch"):
        gan(top_k=0.5, microbatches=2).train_step(BATCH)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"label_flip": 0.6}, "label_flip must be a number, from 0 to 0.5, or .* received 0.6"),
        ({"instance_noise": -1.0}, "instance_noise must be a number, 0 or more"),
        ({"top_k": 0}, "top_k must be a number, above 0 and at most 1, .* received 0"),
        ({"top_k": "half"}, "received 'half'"),
    ],
)
def test_numbers_out_of_range_are_refused(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        gan(**options)
