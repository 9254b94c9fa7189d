"""`with strategy.scope()` as Keras users write it, with batches that no two replicas can halve."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors
from tfgan.models import GAN, batches


def gan(**options):
    keras.utils.set_random_seed(1)
    networks = [
        keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(size)])
        for inputs, size in ((3, 2), (2, 1))
    ]
    model = GAN(*networks, prior=priors.Normal(3))
    model.compile("hinge", "sgd", **options)
    return model


def data(count):
    return np.random.default_rng(0).normal(size=(count, 2)).astype(np.float32)


def fit(model, rows, batch_size):
    return model.fit(rows, batch_size=batch_size, shuffle=False, verbose=0).history


def test_a_partial_last_batch_that_replicas_can_share_is_that_of_one_device(two_replicas):
    alone = gan()
    with two_replicas.scope():
        together = gan()
    logs = [fit(model, data(20), 8) for model in (alone, together)]  # batches of 8, 8 and 4
    for name, values in logs[0].items():
        np.testing.assert_allclose(logs[1][name], values, rtol=1e-5, atol=1e-6)
    for one, two in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)


@pytest.mark.parametrize(("count", "batch_size"), [(20, 5), (9, 4), (1, 4)])
def test_an_uneven_batch_is_filled_with_its_first_examples(two_replicas, count, batch_size):
    """The same as one device does on batches that are filled by hand."""
    rows = data(count)
    pieces = [rows[at : at + batch_size] for at in range(0, count, batch_size)]
    even = [np.concatenate([p, p[: len(p) % 2]]) for p in pieces]
    alone = gan()
    for piece in even:
        alone.train_on_batch(piece)
    with two_replicas.scope():
        together = gan()
    logs = fit(together, rows, batch_size)
    assert np.isfinite(list(logs.values())).all()
    assert together.steps_done == len(pieces)
    for one, two in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)


def test_a_partial_batch_has_an_example_for_each_discriminator_step():
    model = gan(discriminator_steps=3)
    assert np.isfinite(list(fit(model, data(7), 6).values())).all()  # the last batch has one


@pytest.mark.parametrize("dtype", [tf.uint8, tf.int32, tf.float32])
def test_each_replica_gets_its_share_of_the_whole_batch(two_replicas, dtype):
    @tf.function
    def share(iterator):
        batch = two_replicas.run(
            lambda rows: batches.share_evenly({"data": rows, "label": rows[:, 0]}),
            (next(iterator),),
        )
        return two_replicas.experimental_local_results(batch["label"])

    whole = tf.data.Dataset.from_tensor_slices(tf.cast(tf.range(5), dtype)[:, None]).batch(5)
    first, second = share(iter(two_replicas.experimental_distribute_dataset(whole)))
    assert (first.numpy().tolist(), second.numpy().tolist()) == ([0, 1, 2], [3, 4, 0])
    assert first.dtype == dtype
