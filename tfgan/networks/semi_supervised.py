"""A discriminator that classifies: one logit per class, whose sum decides real or fake.

With the logits l of K classes and the logit 0 of a class "fake", the probability of "real" is
sigma(log sum_k exp(l_k)): the classes together. The features are what the logits are computed from.

Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 5.

>>> from tfgan.networks import semi_supervised
>>> network = semi_supervised.discriminator((8, 8, 1), 3, width=2, dense_width=4)
>>> {name: output.shape for name, output in sorted(network.output.items())}
{'features': (None, 4), 'label': (None, 3), 'logits': (None, 1)}
"""

import keras

from tfgan import layers
from tfgan.networks import dcgan, shapes
from tfgan.networks.normalization import Normalization


def discriminator(
    shape,
    classes,
    *,
    width=32,
    dense_width=128,
    kernel_size=4,
    normalization="batch",
    noise=0.3,
    dropout=0.3,
    views=1.0,
):
    """Images to logits, class logits and features, by strided convolutions and a dense layer.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      classes: int, K, the number of labels.
      width: int, filters of the first layer; each of the next has twice as many.
      dense_width: int, units of the last hidden layer, the features.
      kernel_size: int.
      normalization: str or None, see `normalization.Normalization`.
      noise: float, standard deviation of the noise on the images.
      dropout: float, the fraction of maps and of features that is dropped.
      views: float, strength of the random changes of the images, see `layers.RandomAffine`.
    Returns: keras.Model, `data` -> dict of float32: `logits` `[batch, 1]`, `label`
      `[batch, classes]`, `features` `[batch, dense_width]`.
    """
    count = shapes.stages(shape, "semi_supervised")
    make = Normalization(normalization)
    data = keras.Input(shape, name="data")
    x = layers.RandomAffine(views, name="views")(data)
    x = layers.GaussianNoise(noise, name="noise")(x)
    x = dcgan.features(x, make, count, width=width, kernel_size=kernel_size)
    x = layers.Dropout(dropout, name="dropout_maps")(x)
    # Not normalized: a batch of fakes then differs from a real one in the mean of its features.
    x = make.dense(dense_width, kernel_initializer="he_normal")(x)
    features = keras.layers.LeakyReLU(0.2, dtype="float32")(x)
    x = layers.Dropout(dropout, name="dropout_features")(features)
    label = keras.layers.Dense(classes, dtype="float32", name="label")(x)
    logits = layers.LogSumExp(dtype="float32", name="logits")(label)
    outputs = {"logits": logits, "label": label, "features": features}
    return keras.Model({"data": data}, outputs, name="discriminator")
