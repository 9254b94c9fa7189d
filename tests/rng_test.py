import threading

import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng

SEED = rng.stream(7, 0, "test")


def different(left, right):
    return not np.array_equal(left, right)


def on_each_replica(strategy, function):
    """The rows of all replicas, in their order."""
    results = strategy.run(tf.function(function))
    return np.concatenate(strategy.experimental_local_results(results))


def test_a_stream_is_a_function_of_its_inputs():
    first = rng.stream(7, 3, "latent")
    assert first.dtype == tf.int32
    assert first.shape == (2,)
    np.testing.assert_array_equal(first, rng.stream(7, 3, "latent"))


@pytest.mark.parametrize(
    "other",
    [
        (8, 3, "latent"),
        (7, 4, "latent"),
        (7, 3, "label"),
        (-7, 3, "latent"),
        (7 + 2**32, 3, "latent"),
    ],
    ids=["seed", "step", "purpose", "sign of the seed", "upper half of the seed"],
)
def test_streams_differ_in_every_input(other):
    stream = rng.stream(7, 3, "latent")
    assert different(stream, rng.stream(*other))
    assert different(rng.normal(stream, 4), rng.normal(rng.stream(*other), 4))


@pytest.mark.parametrize("seed", [0, -1, 2**63 - 1, -(2**63)])
def test_any_64_bit_seed_will_do(seed):
    assert rng.stream(seed, 0, "latent").shape == (2,)


def test_a_stream_takes_the_step_as_a_tensor_in_a_graph():
    in_graph = tf.function(lambda step: rng.stream(7, step, "latent"))
    np.testing.assert_array_equal(in_graph(tf.constant(5, tf.int64)), rng.stream(7, 5, "latent"))


def test_a_tensor_of_64_bit_seeds_has_the_streams_of_the_integers():
    seeds = [0, 1, -1, 7 + 2**32, 2**31, -(2**31) - 1, 2**63 - 1, -(2**63)]
    in_graph = tf.function(lambda seeds: rng.stream(seeds, 0, "latent"))
    streams = in_graph(tf.constant(seeds, tf.int64))
    np.testing.assert_array_equal(streams, [rng.stream(seed, 0, "latent") for seed in seeds])


def test_rows_of_seeds_and_of_integers_fold_one_by_one():
    one_seed = rng.fold(SEED, [4, -7])
    np.testing.assert_array_equal(one_seed, [rng.fold(SEED, 4), rng.fold(SEED, -7)])
    np.testing.assert_array_equal(
        rng.fold(one_seed, 3), [rng.fold(one_seed[0], 3), rng.fold(one_seed[1], 3)]
    )
    np.testing.assert_array_equal(
        rng.fold(one_seed, [1, 2]), [rng.fold(one_seed[0], 1), rng.fold(one_seed[1], 2)]
    )


def test_folding_in_different_integers_gives_different_seeds():
    seeds = {tuple(rng.fold(SEED, data).numpy()) for data in range(50)}
    assert len(seeds) == 50


def test_a_draw_repeats_for_the_same_seed_only():
    np.testing.assert_array_equal(rng.normal(SEED, 3, (2,)), rng.normal(SEED, 3, (2,)))
    assert different(rng.normal(SEED, 3, (2,)), rng.normal(rng.fold(SEED, 1), 3, (2,)))


def test_normal_numbers_have_mean_0_and_deviation_1():
    numbers = rng.normal(SEED, 10_000).numpy()
    assert numbers.dtype == np.float32
    assert abs(numbers.mean()) < 0.05  # five standard errors
    assert abs(numbers.std() - 1) < 0.04


def test_uniform_numbers_fill_their_range():
    numbers = rng.uniform(SEED, 5_000, (2,), low=-3.0, high=1.0).numpy()
    assert numbers.shape == (5_000, 2)
    assert -3.0 <= numbers.min() < -2.99
    assert 0.99 < numbers.max() < 1.0
    assert abs(numbers.mean() + 1) < 0.06


def test_every_class_is_equally_likely():
    classes = rng.categorical(SEED, 9_000, 3).numpy()
    assert classes.dtype == np.int32
    # 3,000 of each are expected, with a standard deviation of 45.
    np.testing.assert_allclose(np.bincount(classes, minlength=3), 3_000, atol=225)
    assert set(classes) == {0, 1, 2}


def draw_rows(count, seed):
    return {"latent": rng.normal(seed, count, (2,)), "label": rng.categorical(seed, count, 1_000)}


def test_sample_i_is_the_same_in_any_batch():
    alone = rng.per_example(draw_rows, rng.fold(SEED, [5]))
    among_others = rng.per_example(draw_rows, rng.fold(SEED, [9, 5, 0, 5]))
    for name in ("latent", "label"):
        np.testing.assert_array_equal(among_others[name][1], alone[name][0])
        np.testing.assert_array_equal(among_others[name][3], alone[name][0])
        assert different(among_others[name][0], alone[name][0])


def test_numbered_samples_are_drawn_with_the_rows_given_for_them():
    def draw(count, seed, label):
        return rng.normal(seed, count) + 100.0 * tf.cast(label, tf.float32)

    rows = rng.per_example(draw, rng.fold(SEED, [4, 7]), tf.constant([3, 5]))
    alone = rng.per_example(lambda count, seed: rng.normal(seed, count), rng.fold(SEED, [4, 7]))
    np.testing.assert_allclose(rows - alone, [300.0, 500.0], atol=1e-4)


def test_numbered_samples_keep_shape_and_type():
    rows = rng.per_example(draw_rows, rng.fold(SEED, tf.range(3)))
    assert rows["latent"].shape == (3, 2)
    assert rows["latent"].dtype == tf.float32
    assert rows["label"].shape == (3,)
    assert rows["label"].dtype == tf.int32


@pytest.mark.parametrize(
    "draw",
    [
        lambda count: rng.normal(SEED, count, (2, 3)),
        lambda count: rng.uniform(SEED, count, (2,)),
        lambda count: rng.categorical(SEED, count, 1_000),
    ],
    ids=["normal", "uniform", "categorical"],
)
def test_two_replicas_draw_what_one_device_would_have_drawn(two_replicas, draw):
    rows = on_each_replica(two_replicas, lambda: draw(3))
    assert different(rows[:3], rows[3:])
    np.testing.assert_array_equal(rows, draw(6))


def test_numbers_that_are_no_examples_are_the_same_on_every_replica(two_replicas):
    seed = rng.stream(3, 0, "places")
    one, other = np.split(
        on_each_replica(two_replicas, lambda: rng.shared_uniform(seed, (500,))), 2
    )
    np.testing.assert_array_equal(one, other)
    assert 0.0 <= one.min() < 0.01 and 0.99 < one.max() < 1.0
    assert abs(one.mean() - 0.5) < 0.05  # 4 standard deviations


def test_layers_in_a_block_get_seeds_of_their_own():
    with rng.layer_seeds(SEED):
        first, again, second = (rng.layer_seed(name) for name in ("a", "a", "b"))
    np.testing.assert_array_equal(first, again)
    assert different(first, second)
    with rng.layer_seeds(rng.fold(SEED, 1)):
        assert different(first, rng.layer_seed("a"))


def test_an_inner_block_ends_and_the_outer_one_goes_on():
    with rng.layer_seeds(SEED):
        outer = rng.layer_seed("a")
        with rng.layer_seeds(rng.fold(SEED, 1)):
            assert different(rng.layer_seed("a"), outer)
        np.testing.assert_array_equal(rng.layer_seed("a"), outer)


@pytest.mark.parametrize("fails", [False, True])
def test_outside_a_block_a_layer_is_refused_by_name(fails):
    try:
        with rng.layer_seeds(SEED):
            if fails:
                raise KeyError
    except KeyError:
        pass
    with pytest.raises(RuntimeError, match="'dropout_3'.*layer_seeds"):
        rng.layer_seed("dropout_3")


def test_a_block_does_not_reach_into_other_threads():
    seen = []

    def ask():
        try:
            seen.append(rng.layer_seed("a"))
        except RuntimeError as error:
            seen.append(error)

    with rng.layer_seeds(SEED):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert isinstance(seen[0], RuntimeError)


@pytest.mark.parametrize("draw", [rng.uniform, rng.normal], ids=["uniform", "normal"])
def test_xla_draws_the_numbers_of_plain_tensorflow(draw):
    seed = rng.stream(3, 1, "x")
    plain = draw(seed, 50, (3,))
    compiled = tf.function(lambda seed: draw(seed, 50, (3,)), jit_compile=True)(seed)
    np.testing.assert_allclose(plain, compiled, atol=1e-5)
