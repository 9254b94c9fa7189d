"""Small networks of two domains of images, and games of them."""

import keras
import numpy as np
import tensorflow as tf

from tfgan.models import CycleGAN

SIDE = 4


def generator(channels=3, target=3):
    """Images -> images of the same size, by two convolutions."""
    source = keras.Input((SIDE, SIDE, channels), name="source")
    x = keras.layers.Conv2D(4, 3, padding="same", activation="tanh")(source)
    made = keras.layers.Conv2D(target, 1, activation="tanh")(x)
    return keras.Model({"source": source}, made)


def discriminator(channels=3):
    """Images -> a logit per pixel of half the size."""
    data = keras.Input((SIDE, SIDE, channels), name="data")
    x = keras.layers.Conv2D(4, 3, 2, padding="same", activation="tanh")(data)
    return keras.Model({"data": data}, keras.layers.Conv2D(1, 1)(x))


def identity():
    """A translator that changes nothing."""
    source = keras.Input((SIDE, SIDE, 3), name="source")
    layer = keras.layers.Conv2D(3, 1)
    network = keras.Model({"source": source}, layer(source))
    layer.set_weights([np.eye(3)[None, None], np.zeros(3)])
    return network


def batch(count=4, seed=0, channels=3, source_channels=3):
    """Raw images of both domains, the sources darker."""
    random = np.random.default_rng(seed)
    return {
        "data": random.integers(64, 256, (count, SIDE, SIDE, channels), np.uint8),
        "source": random.integers(0, 192, (count, SIDE, SIDE, source_channels), np.uint8),
    }


def cycle_gan(networks=None, *, seed=1, **arguments):
    keras.utils.set_random_seed(seed)
    networks = networks or (generator(), generator(), discriminator(), discriminator())
    model = CycleGAN(*networks)
    adam = {name: keras.optimizers.Adam(0.01) for name in ("generator", "discriminator")}
    model.compile(**{"loss": "least_squares", "optimizers": adam, "pool_size": 6, **arguments})
    return model


def train(model, steps, first=0):
    """Steps with batches number `first` and so on; the logs of the last."""
    for number in range(first, first + steps):
        data = tf.data.Dataset.from_tensors(batch(seed=number))
        history = model.fit(data, shuffle=False, verbose=0)
    return {name: values[-1] for name, values in history.history.items()}


def state(model):
    optimizers = [v for player in model.players.values() for v in player.optimizer.variables]
    every = [*model.variables, *optimizers, *model.state_variables]
    return [np.array(tf.convert_to_tensor(variable)) for variable in every]
