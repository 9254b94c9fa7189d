"""Consistency terms: their values by hand, the change of images, and who moves."""

import functools

import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng, terms

from .games import batch, gan, moved, weights

SEED = rng.stream(0, 0, "test")


def turn_of(real, fake):
    """A discriminator that sums, and a generator that triples."""
    latents = {"latent": tf.constant(fake) / 3.0}
    turn = terms.Turn({"data": tf.constant(real)}, latents, {"data": tf.constant(fake)},
                      None, None, "turn", {})  # fmt: skip
    turn.discriminate = lambda data, purpose: {
        "logits": tf.reduce_sum(data, axis=1, keepdims=True),
        "label": 2.0 * data,
    }
    turn.generate = lambda latents: {"data": 3.0 * latents["latent"]}
    turn.seed, turn._purpose = SEED, "term 0, turn"
    return turn


TURN = turn_of([[1.0, 2.0], [0.0, 0.0]], [[3.0, -3.0], [6.0, 0.0]])


def doubled(data, seed):
    return 2.0 * data


def test_the_value_is_the_squared_difference_for_the_chosen_examples():
    value = functools.partial(terms.consistency, TURN, change=doubled)
    np.testing.assert_allclose(value(), [9.0, 0.0])
    np.testing.assert_allclose(value(of=("fake",)), [0.0, 36.0])
    np.testing.assert_allclose(value(of=("real", "fake")), [9.0, 36.0])
    # Labels 2 x differ by 2 x: means of squares (4 + 16) / 2 and 0.
    np.testing.assert_allclose(value(outputs=("logits", "label")), [19.0, 0.0])


def test_latent_terms_compare_the_fakes_of_near_latents():
    """G(z + s n) - G(z) = 3 s n, which the discriminator sums."""
    noise = rng.normal(rng.fold(SEED, 0), 2, (2,))
    expected = 9.0 * 0.01 * np.sum(noise, axis=1) ** 2
    value = terms.latent_consistency(TURN, deviation=0.1)
    np.testing.assert_allclose(value, expected, rtol=1e-3, atol=1e-6)
    expected = -9.0 * 0.01 * np.mean(np.square(noise), axis=1)
    np.testing.assert_allclose(terms.latent_diversity(TURN, deviation=0.1), expected, rtol=1e-3)


def test_a_game_without_latents_is_refused():
    turn = turn_of([[1.0, 2.0]], [[3.0, 4.0]])
    turn.latents = {}
    with pytest.raises(ValueError, match="a game whose prior has some"):
        terms.latent_diversity(turn)


def test_images_are_reflected_shifts_by_up_to_an_eighth_and_mirrored_by_half():
    side, count = 16, 400
    image = np.random.RandomState(0).randn(side, side, 1).astype("float32")
    changed = np.asarray(terms.flip_and_shift(tf.stack([image] * count), SEED))
    padded = np.pad(image, [(2, 2), (2, 2), (0, 0)], "reflect")
    views = {}
    for row in range(5):
        for column in range(5):
            view = padded[row:, column:][:side, :side]
            views[row, column, 0], views[row, column, 1] = view, view[:, ::-1]
    keys, stack = list(views), np.stack(list(views.values()))
    matches = [keys[np.abs(stack - each).max(axis=(1, 2, 3)).argmin()] for each in changed]
    assert all((views[key] == each).all() for key, each in zip(matches, changed, strict=True))
    assert {key[:2] for key in matches} == {(r, c) for r in range(5) for c in range(5)}
    # Four standard deviations of the share of 400 fair coins are 0.1.
    assert np.mean([key[2] for key in matches]) == pytest.approx(0.5, abs=0.1)


def test_the_gradient_of_the_change_is_its_adjoint():
    """<T x, v> = <x, T^T v>, with T^T v the gradient; T is linear for a seed."""
    x, v = (tf.random.stateless_normal((3, 16, 8, 2), [i, 0]) for i in (1, 2))
    with tf.GradientTape() as tape:
        tape.watch(x)
        product = tf.reduce_sum(terms.flip_and_shift(x, SEED) * v)
    adjoint = tape.gradient(product, x)
    assert float(tf.reduce_sum(x * adjoint)) == pytest.approx(float(product), rel=1e-4)


def test_other_data_need_a_change_of_their_own():
    with pytest.raises(ValueError, match="flip_and_shift changes images"):
        gan(terms.Term(terms.consistency, "discriminator")).train_step(batch())


def noisy(data, seed):
    return data + 0.3 * rng.normal(seed, rng.count(data), tuple(data.shape[1:]))


BOTH = functools.partial(terms.consistency, of=("real", "fake"), change=noisy)
TERMS = {
    "bCR": [terms.Term(BOTH, "discriminator", 10.0)],
    "zCR": [
        terms.Term(terms.latent_consistency, "discriminator", 20.0),
        terms.Term(functools.partial(terms.latent_diversity, deviation=0.5), "generator", 0.5),
    ],
}


@pytest.mark.parametrize("name", TERMS)
def test_each_term_moves_its_player_alone(name):
    model = gan(*TERMS[name])
    networks = {"generator": model.generator, "discriminator": model.discriminator}
    before = {player: weights(network) for player, network in networks.items()}
    model.train_step(batch())
    players = {term.player for term in TERMS[name]}
    for player, network in networks.items():
        assert (moved(before[player], network) > 1e-5) == (player in players)


@pytest.mark.parametrize("name", TERMS)
def test_two_replicas_take_the_step_of_one_device(two_replicas, name):
    repeated = tf.data.Dataset.from_tensors(batch(16)).repeat()
    alone = gan(*TERMS[name], run_eagerly=True)
    with two_replicas.scope():
        together = gan(*TERMS[name])
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=2, shuffle=False, verbose=0)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)
