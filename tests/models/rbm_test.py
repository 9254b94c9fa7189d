import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.models import RBM

SHAPE = (2, 2, 1)
STATES = np.array(list(itertools.product([0, 255], repeat=4)), np.uint8).reshape(-1, *SHAPE)


def make(
    shape=SHAPE, hidden_units=3, *, learning_rate=0.1, chains=50, sampling_steps=50, **options
):
    keras.utils.set_random_seed(0)
    model = RBM(shape, hidden_units, chains=chains, sampling_steps=sampling_steps, **options)
    model.compile(keras.optimizers.SGD(learning_rate))
    return model


def strong(**options):
    """A tiny machine with weights that matter."""
    model = make(**options)
    random = np.random.default_rng(0)
    for machine in (model.machine, model.average):
        random = np.random.default_rng(0)
        machine.set_weights([random.normal(0, 1.5, w.shape) for w in machine.get_weights()])
    return model


def fit(model, data, steps):
    batches = tf.data.Dataset.from_tensors({"data": data}).repeat()
    model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
    return model


def bars(count, seed=0):
    """Images of 6 x 6 in which every row is black or white: 64 kinds, log p = -6 log 2."""
    rows = np.random.default_rng(seed).choice([0, 255], (count, 6, 1, 1)).astype(np.uint8)
    return np.tile(rows, (1, 1, 6, 1))


@pytest.fixture(scope="module")
def trained():
    return fit(make((6, 6, 1), 16, chains=100), bars(100), 400)


def test_the_probabilities_of_all_images_add_up_to_1():
    found = strong().log_prob(STATES)
    assert (found.kind, found.shared_error) == ("exact", 0.0)
    assert np.exp(found.nats).sum() == pytest.approx(1.0, abs=1e-5)
    assert np.exp(found.nats).max() > 4.0 / 16.0  # nothing like the uniform distribution


def test_samples_follow_the_probabilities():
    model = strong()
    expected = np.exp(model.log_prob(STATES).nats) @ (STATES.reshape(16, 4) / 255.0)
    found = model.sample(4000)["data"].reshape(4000, 4) / 255.0
    np.testing.assert_allclose(found.mean(axis=0), expected, atol=0.04)


def test_a_sample_is_the_same_however_many_are_drawn():
    model = strong()
    whole = model.sample(230, seed=1)["data"]
    np.testing.assert_array_equal(whole[95:205], model.sample(110, seed=1, start=95)["data"])
    assert (whole[:100] != whole[100:200]).any()


def test_a_chain_has_numbers_of_its_own_whatever_chains_are_beside_it():
    machine = strong().machine
    start = tf.constant([[0.0, 1.0, 1.0, 0.0]] * 3)
    seeds = rng.fold(rng.stream(0, 0, "chains"), [0, 1, 2])
    for steps in (3, 64, 70):  # less than a block of numbers, two blocks, two and a part
        together = machine.separate_chains(start, steps, seeds)
        alone = machine.separate_chains(start[1:2], steps, seeds[1:2])
        for all_rows, row in zip(together, alone, strict=True):
            np.testing.assert_allclose(all_rows[1], row[0], rtol=1e-6)


def test_annealing_is_within_half_a_nat_of_the_exact_constant_after_training(trained):
    from tfgan.likelihoods import boltzmann

    exact = trained.log_normalizer()
    weights = [np.array(w) for w in trained.average.get_weights()]
    assert np.abs(weights[0]).max() > 0.5  # trained, not the small weights of the start
    base = trained._base_logits().numpy()
    found = boltzmann.annealed(*weights, base, chains=100, steps=1000)
    assert exact.standard_error == 0.0
    assert abs(found.log_z - exact.log_z) < 0.5
    assert abs(found.log_z - exact.log_z) < 5.0 * found.standard_error


def test_training_raises_the_likelihood_of_new_data(trained):
    data = bars(200, seed=1)
    before, after = make((6, 6, 1), 16).log_prob(data).mean, trained.log_prob(data).mean
    assert before == pytest.approx(-36.0 * np.log(2.0), abs=0.5)  # coins
    assert after > before + 5.0  # the perfect model has -6 log 2 = -4.2


def test_an_update_follows_the_gradient_of_the_likelihood_where_chains_are_exact():
    # One long chain for each of many rows: the fantasies are samples of the model.
    model = strong(learning_rate=1.0, chains=0, gibbs_steps=60)
    data = np.repeat(STATES[[3, 12]], 2000, axis=0)
    x, states = data.reshape(len(data), 4) / 255.0, STATES.reshape(16, 4) / 255.0
    w, b, c = model.machine.get_weights()
    p = np.exp(model.use_weights("last").log_prob(STATES).nats)

    def hidden(v):
        return 1.0 / (1.0 + np.exp(-(v @ w + c)))

    expected = x.T @ hidden(x) / len(x) - states.T @ (p[:, None] * hidden(states))
    model.train_step({"data": tf.constant(data)})
    np.testing.assert_allclose(model.machine.get_weights()[0] - w, expected, atol=0.05)  # 4 se


def test_persistent_chains_go_on_where_they_were_and_others_start_at_the_data():
    model = make(learning_rate=0.0)
    np.testing.assert_array_equal(model.chains, np.zeros((50, 4)))
    fit(model, STATES, 1)
    first = np.array(model.chains)
    assert set(np.unique(first)) == {0.0, 1.0}
    expected, _ = model.machine.gibbs(tf.constant(first), 1, model.stream("chains"))
    fit(model, STATES, 1)
    np.testing.assert_array_equal(model.chains, expected)
    assert make(chains=0).chains is None


def test_the_mean_of_the_pixels_is_that_of_all_batches():
    model = make()
    for value in (0, 255, 255):
        model.train_step({"data": tf.fill((2, *SHAPE), tf.constant(value, tf.uint8))})
    np.testing.assert_allclose(model.mean_pixels, 2 / 3, rtol=1e-6)


def test_the_code_is_the_probability_of_the_hidden_units():
    model = strong()
    w, _, c = model.average.get_weights()
    expected = 1.0 / (1.0 + np.exp(-(STATES.reshape(16, 4) / 255.0 @ w + c)))
    np.testing.assert_allclose(model.encode(STATES), expected, rtol=1e-4, atol=1e-6)


def test_a_large_machine_gives_an_estimate_with_its_error():
    model = make((4, 4, 1), 21, annealing_steps=50, annealing_chains=10)
    found = model.log_prob(np.zeros((3, 4, 4, 1), np.uint8))
    assert found.kind == "estimate" and found.shared_error > 0.0
    assert found.mean == pytest.approx(-16.0 * np.log(2.0), abs=0.5)  # still coins


def test_arguments_out_of_range_are_refused():
    with pytest.raises(ValueError, match="hidden_units and sampling_steps must be"):
        make(hidden_units=0)
    with pytest.raises(ValueError, match="annealing_chains 2"):
        make(annealing_chains=1)
    with pytest.raises(ValueError, match="no prior whose tails"):
        make().sample(1, truncation=1.0)


def test_chains_that_devices_cannot_share_are_refused(two_replicas):
    with two_replicas.scope():
        model = make(chains=3)
    batches = tf.data.Dataset.from_tensors({"data": STATES}).repeat()
    with pytest.raises(ValueError, match="multiple of the 2 devices; received 3"):
        model.fit(batches, steps_per_epoch=1, shuffle=False, verbose=0)
