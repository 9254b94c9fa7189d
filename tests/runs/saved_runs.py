"""Small runs with checkpoints, for the tests of what becomes of them."""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.runs import Checkpoints


def model(seed=0, width=4):
    keras.utils.set_random_seed(seed)
    latent = keras.Input((2,), name="latent")
    data = keras.Input((2,), name="data")
    hidden = keras.layers.BatchNormalization()(keras.layers.Dense(width, activation="relu")(latent))
    gan = GAN(
        keras.Model({"latent": latent}, keras.layers.Dense(2)(hidden)),
        keras.Model({"data": data}, keras.layers.Dense(1)(data)),
        prior=priors.Normal(2),
    )
    gan.compile(
        loss=losses.non_saturating(),
        optimizers={p: keras.optimizers.Adam(0.01) for p in ("generator", "discriminator")},
        average_half_life=50.0,
    )
    return gan


def train(gan, steps):
    data = {"data": tf.random.stateless_normal([8, 2], [1, 2])}
    for _ in range(steps):
        gan.train_step(data)


def state(gan):
    optimizers = [*gan.generator_optimizer.variables, *gan.discriminator_optimizer.variables]
    return [np.array(variable) for variable in [*gan.variables, *optimizers]]


def assert_equal(one, two):
    for a, b in zip(state(one), state(two), strict=True):
        np.testing.assert_array_equal(a, b)


def damage(workdir, name, keep=0.5):
    """Cuts a file of a checkpoint in two."""
    [path] = tf.io.gfile.glob(f"{workdir}/checkpoints/{name}")
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content[: int(len(content) * keep)])


def saved_run(workdir, steps=(1, 2, 3)):
    gan = model()
    checkpoints = Checkpoints(workdir, gan)
    for _ in steps:
        train(gan, 1)
        checkpoints.save()
    return gan


def files_below(directory):
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def resume(workdir, steps=3):
    """Goes on as `tfgan train` does: restores, repairs, and saves after each of some steps."""
    gan = model(seed=9)
    checkpoints = Checkpoints(str(workdir), gan)
    assert checkpoints.restore(repair=True)
    for _ in range(steps):
        train(gan, 1)
        checkpoints.save()
    return gan
