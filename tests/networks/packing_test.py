"""Packed discriminators: any builder, with labels, in a game."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors
from tfgan.models import GAN
from tfgan.networks import dcgan, mlp, packing

BUILDERS = {
    "unnamed": (lambda s: keras.Model(x := keras.Input(s), keras.layers.Dense(1)(x)), (3,)),
    "sequential": (lambda s: keras.Sequential([keras.Input(s), keras.layers.Dense(1)]), (3,)),
    "images": (functools.partial(dcgan.discriminator, width=4), (8, 8, 1)),
    "points": (functools.partial(mlp.discriminator, widths=(8,)), (3,)),
    "sequences": (functools.partial(mlp.discriminator, widths=(8,)), (5, 3)),
}


def data(shape, count=6):
    return np.random.RandomState(0).randn(count, *shape).astype("float32")


@pytest.mark.parametrize("name", BUILDERS)
@pytest.mark.parametrize("classes", [None, 3])
def test_an_example_changes_the_logit_of_its_pack_alone(name, classes):
    builder, shape = BUILDERS[name]
    network = packing.discriminator(builder, shape, 2, classes=classes)
    rows = {"data": data(shape)} | ({"label": np.arange(6) % 3} if classes else {})
    logits = np.asarray(network(rows))
    assert logits.shape == (3, 1)
    for entry in rows:
        changed = rows[entry].copy()
        changed[3] = 2.0 * changed[3] + 1.0 if entry == "data" else 1
        differs = np.abs(np.asarray(network(rows | {entry: changed})) - logits) > 1e-6
        assert differs[:, 0].tolist() == [False, True, False]


def test_the_first_layer_alone_grows():
    plain = mlp.discriminator((2,), widths=(8, 8))
    packed = packing.discriminator(mlp.discriminator, (2,), 3, widths=(8, 8))
    assert packed.count_params() - plain.count_params() == 2 * 2 * 8


def gan(size=4, seed=0, **options):
    keras.utils.set_random_seed(seed)
    networks = (
        mlp.generator((2,), 3, widths=(8,)),
        packing.discriminator(mlp.discriminator, (2,), size, widths=(8,)),
    )
    model = GAN(*networks, prior=priors.Normal(3))
    optimizers = {
        "generator": keras.optimizers.SGD(0.1),
        "discriminator": keras.optimizers.SGD(0.1),
    }
    model.compile("non_saturating", optimizers, **options)
    return model


def test_a_game_fills_its_last_packs_in_training_and_in_evaluation():
    model = gan()
    assert model.pack_size == 4
    history = model.fit(data((2,), 19), batch_size=8, epochs=1, verbose=0).history
    assert np.isfinite(history["d_loss"][0])
    figures = [model.evaluate(x, batch_size=8, verbose=0, return_dict=True)["d_loss"]
               for x in (data((2,), 14), data((2,), 16))]  # fmt: skip
    assert np.isfinite(figures).all()


def test_two_replicas_take_the_step_of_one_device(two_replicas):
    repeated = tf.data.Dataset.from_tensors({"data": data((2,), 16)}).repeat()
    alone = gan(2, run_eagerly=True, label_flip=0.4)
    with two_replicas.scope():
        together = gan(2, label_flip=0.4)
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=2, shuffle=False, verbose=0)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_microbatches_of_whole_packs_take_the_step_of_the_batch():
    batch = {"data": data((2,), 16)}
    whole, parts = gan(2, label_flip=0.4), gan(2, label_flip=0.4, microbatches=2)
    for model in (whole, parts):
        model.train_step(batch)
    for one, other in zip(whole.get_weights(), parts.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)
