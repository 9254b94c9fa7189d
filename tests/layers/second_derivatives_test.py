"""Every layer that a discriminator may have can take a gradient penalty."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, rng
from tfgan.networks import self_attention
from tfgan.networks.normalization import Normalization


def self_attending():
    """An attention block whose branch counts from the start."""
    maps = keras.Input((4, 4, 4))
    block = keras.Model(maps, self_attention.block(maps, Normalization("spectral")))
    for layer in block.layers:
        if isinstance(layer, layers.ScaledResidual):
            layer.gamma.assign(2.0)
    return block


LAYERS = {
    "convolution": lambda: keras.layers.Conv2D(3, 3, strides=2, padding="same"),
    "convolution in groups": lambda: layers.Conv2D(6, 3, padding="same", groups=2),
    "doubling": layers.Upsample2D,
    "halving": layers.Downsample2D,
    "learned basis": lambda: keras.layers.EinsumDense("bhwc,hwc->bc", 4),
    "leaky relu": lambda: keras.layers.LeakyReLU(0.2),
    "layer norm": lambda: keras.layers.LayerNormalization(axis=(1, 2, 3)),
    "layer norm by groups": lambda: keras.layers.GroupNormalization(groups=1),
    "instance norm": lambda: layers.InstanceNormalization(affine=True),
    "reflect padding": lambda: layers.ReflectPadding(2),
    "padding to multiples": lambda: layers.PadToMultiple(3),
    "batch norm": lambda: keras.layers.BatchNormalization(synchronized=True),
    "average pooling": lambda: keras.layers.AveragePooling2D(2),
    "max pooling": lambda: keras.layers.MaxPooling2D(2),
    "sum pooling": layers.GlobalSumPooling2D,
    "deviation": layers.MinibatchStdDev,
    "dropout": lambda: layers.Dropout(0.3, name="dropout"),
    "spectral convolution": lambda: layers.spectrally_normalized(layers.Conv2D)(
        3, 3, padding="same"
    ),
    "spectral transposed convolution": lambda: layers.spectrally_normalized(
        keras.layers.Conv2DTranspose
    )(3, 4, strides=2, padding="same"),
    "spectral video convolution": lambda: keras.Sequential(
        [
            keras.layers.Reshape((2, 2, 4, 4)),
            layers.spectrally_normalized(keras.layers.Conv3D)(3, (1, 3, 3), padding="same"),
        ]
    ),
    "spectral dense": lambda: layers.spectrally_normalized(keras.layers.Dense)(3),
    "maxout": lambda: keras.Sequential([keras.layers.Flatten(), layers.Maxout(4, 3)]),
    "minibatch discrimination": lambda: keras.Sequential(
        [keras.layers.Flatten(), layers.MinibatchDiscrimination(3, dimensions=2)]
    ),
    "virtual batch norm": lambda: layers.VirtualBatchNormalization(2),
    "equalized convolution": lambda: layers.EqualizedConv2D(3, 3, layers.scaled_leaky_relu),
    "halving convolution": lambda: layers.EqualizedConv2D(3, 3, down=True),
    "equalized dense": lambda: layers.EqualizedDense(3, layers.scaled_leaky_relu),
    "strided deviation": lambda: layers.MinibatchStdDev(4, strided=True),
    "self-attention": self_attending,
    "layer scale": lambda: layers.LayerScale(0.5),
    "root mean square": lambda: keras.layers.RMSNormalization(epsilon=1e-6),
    "pack": lambda: keras.Sequential([keras.layers.Flatten(), layers.Pack(2)]),
}


def network(layer):
    """A convolution, the layer under test, and a curved head, so that nothing is linear."""
    data = keras.Input((4, 4, 2))
    x = layer(keras.layers.Conv2D(4, 3, padding="same", name="first")(data))
    x = keras.layers.Dense(6, activation="tanh")(keras.layers.Flatten()(x))
    return keras.Model(data, keras.layers.Dense(1)(x))


def penalty(model, x):
    with rng.layer_seeds(rng.stream(0, 0, "test")), tf.GradientTape() as tape:
        tape.watch(x)
        logits = model(x, training=True)
    return tf.reduce_sum(tf.square(tape.gradient(logits, x)))


@pytest.mark.parametrize("name", LAYERS)
def test_the_gradient_of_a_penalty_is_its_slope(name):
    keras.utils.set_random_seed(1)
    model = network(LAYERS[name]())
    x = tf.random.stateless_normal((4, 4, 4, 2), [1, 2])
    with tf.GradientTape() as tape:
        value = penalty(model, x)
    variables = model.trainable_variables
    kernels = [v for v in variables if v.name in ("kernel", "gamma")]
    gradient = tape.gradient(value, [v.value for v in kernels])
    assert all(g is not None and np.isfinite(g).all() for g in gradient)

    first = model.get_layer("first").kernel
    at = next(i for i, v in enumerate(kernels) if v is first)
    start, direction = tf.identity(first.value), gradient[at] / tf.norm(gradient[at])
    first.assign(start + 1e-3 * direction)
    above = penalty(model, x)
    first.assign(start - 1e-3 * direction)
    slope = (above - penalty(model, x)) / 2e-3
    assert float(slope) == pytest.approx(float(tf.norm(gradient[at])), rel=0.03)


def test_a_table_of_labels_gets_a_gradient_from_a_penalty():
    data, label = keras.Input((3,)), keras.Input((), dtype="int32")
    for table in (
        keras.layers.Embedding(4, 3),
        layers.spectrally_normalized(keras.layers.Embedding)(4, 3),
    ):
        score = keras.layers.Dot(axes=1)([table(label), keras.layers.Activation("tanh")(data)])
        model = keras.Model([data, label], score)
        x = tf.random.stateless_normal((4, 3), [1, 2])
        with tf.GradientTape() as tape:
            value = penalty(lambda x, training, m=model: m([x, tf.constant([0, 1, 1, 2])]), x)
        gradient = tf.convert_to_tensor(tape.gradient(value, table.embeddings.value))
        assert np.isfinite(gradient).all()
        assert np.abs(gradient).max() > 0.0
