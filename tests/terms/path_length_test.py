"""Path length: its value for a linear generator, its state, and lazy steps on replicas."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors, rng, terms
from tfgan.models import GAN
from tfgan.runs import Checkpoints

from .games import silent

SIDES, LAYERS, STYLE = (4, 3, 2), 2, 5


def generator(linear=True):
    """Two layers of styles from a latent, and data that depend on both."""
    latent = keras.Input((STYLE,), name="latent")
    own = keras.layers.Dense(STYLE, name="mapping")(latent)
    styles = keras.ops.stack([own, own], axis=1)
    x = styles if linear else keras.layers.Activation("tanh")(styles)
    x = keras.layers.Dense(24, name="last")(keras.layers.Flatten()(x))
    outputs = {"data": keras.layers.Reshape(SIDES)(x), "styles": styles}
    return keras.Model({"latent": latent}, outputs)


def turn_of(network, count, seed=0):
    latents = {"latent": tf.random.stateless_normal((count, STYLE), [seed, 1])}
    turn = terms.Turn({}, latents, network(latents), None, None, "turn", {})
    turn.generate, turn.seed = network, rng.stream(seed, 0, "term")
    return turn


def test_the_mean_square_of_the_lengths_of_a_linear_generator_is_its_norm():
    """E p^2 = (||A_1||_F^2 + ||A_2||_F^2) / (L h w)."""
    keras.utils.set_random_seed(0)
    network = generator()
    lengths = terms.PathLength().measure(turn_of(network, 20_000))
    kernel = np.asarray(network.get_layer("last").kernel)
    expected = np.sum(kernel**2) / (LAYERS * 4 * 3)
    assert np.mean(np.square(lengths)) == pytest.approx(expected, rel=0.02)


def test_the_lengths_of_two_layers_are_those_of_their_gradients():
    keras.utils.set_random_seed(0)
    network = generator(linear=False)
    turn = turn_of(network, 3)
    lengths = terms.PathLength().measure(turn).numpy()
    noise = rng.normal(turn.seed, 3, SIDES).numpy().reshape(3, -1) / np.sqrt(12.0)
    kernel = np.asarray(network.get_layer("last").kernel).reshape(LAYERS, STYLE, 24)
    own = np.asarray(turn.generated["styles"])
    for row in range(3):
        slopes = [(1 - np.tanh(own[row, i]) ** 2) * (kernel[i] @ noise[row]) for i in range(LAYERS)]
        expected = np.sqrt(np.mean([np.sum(each**2) for each in slopes]))
        assert lengths[row] == pytest.approx(expected, rel=1e-4)


def test_the_mean_moves_first_and_is_corrected_for_its_start():
    term = terms.PathLength(decay=0.75)
    # a = .25 * 4 / .25 = 4; then (.75 + .25 * 8) / (.75 * .25 + .25) = 44 / 7.
    np.testing.assert_allclose(term.conclude(tf.constant([3.0, 5.0]), True), [1.0, 1.0])
    second = term.conclude(tf.constant([8.0, 8.0]), True)
    np.testing.assert_allclose(second, [(8.0 - 44.0 / 7.0) ** 2] * 2, rtol=1e-5)
    # A step that is not due leaves the mean.
    before = term.sums.numpy()
    term.conclude(tf.constant([0.0, 0.0]), False)
    np.testing.assert_array_equal(term.sums, before)


def test_the_penalty_is_0_where_every_length_is_the_mean():
    term = terms.PathLength()
    for _ in range(3):
        value = term.conclude(tf.constant([5.0, 5.0]), True)
        np.testing.assert_allclose(value, [0.0, 0.0], atol=1e-9)


def test_the_gradient_flows_through_the_share_of_this_step_in_the_mean():
    """d/dp (p - a)^2 = 2 (p - a) (1 - .25 / (.75 + .25)), p = 4 and a = 1."""
    term, p = terms.PathLength(decay=0.75), tf.Variable([4.0])
    term.sums.assign([0.0, 1.0])
    with tf.GradientTape() as tape:
        value = term.conclude(p, True)
    np.testing.assert_allclose(tape.gradient(value, p), [2.0 * 3.0 * 0.75], rtol=1e-6)


def game(every=3, **options):
    keras.utils.set_random_seed(1)
    data = keras.Input(SIDES, name="data")
    judge = keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data)))
    model = GAN(generator(linear=False), judge, prior=priors.Normal(STYLE), modality="latents")
    sgd = {player: keras.optimizers.SGD(0.1) for player in ("generator", "discriminator")}
    term = terms.Term(terms.PathLength(), "generator", 2.0, every=every, share=0.5)
    model.compile(loss=silent(), optimizers=sgd, terms=[term], **options)
    return model


def batches(count=8):
    return tf.data.Dataset.from_tensors({"data": tf.zeros((count, *SIDES))}).repeat()


def steps(model, count):
    """The sums of the running mean after each of some steps."""
    means = []
    for _ in range(count):
        model.fit(batches(), steps_per_epoch=1, shuffle=False, verbose=0)
        means.append(model.state_variables[0].numpy())
    return means


def test_a_lazy_term_moves_the_weights_and_its_mean_when_it_is_due():
    model = game()
    kernel = model.generator.get_layer("last").kernel
    places, means = [kernel.numpy()], []
    for _ in range(4):
        means += steps(model, 1)
        places.append(kernel.numpy())
    moves = [np.abs(b - a).max() for a, b in zip(places, places[1:], strict=False)]
    assert moves[0] > 0.0 and moves[1:3] == [0.0, 0.0] and moves[3] > 0.0
    sums = [float(each[0]) for each in means]
    assert 0.0 < sums[0] == sums[1] == sums[2] < sums[3]


def test_lazy_steps_are_those_of_one_device_on_two_replicas(two_replicas):
    alone = game()
    with two_replicas.scope():
        together = game()
    np.testing.assert_allclose(steps(alone, 4), steps(together, 4), rtol=1e-5)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_the_mean_is_saved_with_a_run_and_the_arguments_with_a_keras_file(tmp_path):
    model, other = game(), game()
    steps(model, 1)
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), other).restore()
    np.testing.assert_array_equal(other.state_variables[0], model.state_variables[0])
    assert float(model.state_variables[0][0]) > 0.0
    config = keras.saving.serialize_keras_object(terms.PathLength(0.9))
    assert keras.saving.deserialize_keras_object(config).decay == 0.9


def test_a_generator_without_styles_and_microbatches_are_refused():
    latent = keras.Input((STYLE,), name="latent")
    plain = keras.Model({"latent": latent}, {"data": keras.layers.Dense(3)(latent)})
    with pytest.raises(ValueError, match="needs styles among the generator's outputs"):
        terms.PathLength().measure(turn_of(plain, 2))
    model = game(microbatches=2)
    with pytest.raises(ValueError, match="path_length needs the whole batch"):
        model.train_step({"data": tf.zeros((8, *SIDES))})


def test_a_decay_out_of_range_is_refused():
    with pytest.raises(ValueError, match="decay must be from 0 and below 1; received 1.0"):
        terms.PathLength(decay=1.0)
