"""A network on Keras' own layers computes what the network computes."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers


def network():
    """One of each layer that has an equal among Keras', on random weights and statistics."""
    x = inputs = keras.Input((8, 8, 3), name="data")
    x = layers.Conv2D(4, 4, strides=2, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.spectrally_normalized(layers.Conv2D)(6, 3, padding="same")(
        layers.GaussianNoise(0.5)(x)
    )
    x = layers.Conv2DTranspose(3, 4, strides=2, padding="same")(keras.layers.ReLU()(x))
    x = layers.spectrally_normalized(keras.layers.Dense)(5)(
        layers.Dropout(0.5)(keras.layers.Flatten()(x))
    )
    made = keras.Model(inputs, x)
    random = np.random.default_rng(0)
    made.set_weights([random.uniform(0.1, 1.0, w.shape) for w in made.get_weights()])
    layers.power_iteration(made, 5)
    return made


def test_all_layers_are_keras_own_and_compute_the_same():
    ours = network()
    theirs = layers.on_keras_layers(ours)
    assert all(type(layer).__module__.startswith("keras.") for layer in theirs.layers)
    data = np.random.default_rng(1).standard_normal((3, 8, 8, 3)).astype(np.float32)
    np.testing.assert_allclose(theirs(data), ours(data, training=False), rtol=1e-4, atol=1e-5)


def translator(height=6, width=5):
    """One of each layer of image translation."""
    inputs = {"source": keras.Input((height, width, 2), name="source")}
    inputs["noise"] = keras.Input((2,), dtype="int32", name="noise")
    x = layers.PadToMultiple(4)(inputs["source"])
    x = layers.InstanceNormalization(affine=True)(layers.Conv2D(3, 3)(layers.ReflectPadding(1)(x)))
    x = layers.NoiseDropout(0.5, name="dropout")([x, inputs["noise"]])
    return keras.Model(inputs, layers.CropLike()([x, inputs["source"]]))


def test_paddings_and_noise_are_written_out_and_saved_without_this_library(tmp_path):
    ours = translator()
    theirs = layers.on_keras_layers(ours)
    theirs.save(tmp_path / "network.keras")
    assert "tfgan" not in str(theirs.get_config())
    random = np.random.default_rng(1)
    source = random.standard_normal((3, 6, 5, 2)).astype(np.float32)
    given = {"source": source, "noise": random.integers(-(2**31), 2**31, (3, 2), np.int32)}
    for copy in (theirs, keras.saving.load_model(tmp_path / "network.keras", safe_mode=True)):
        np.testing.assert_allclose(copy(given), ours(given), rtol=1e-4, atol=1e-5)


def test_resampling_is_written_out():
    x = keras.Input((4, 6, 2))
    ours = keras.Model(x, layers.Downsample2D()(layers.Upsample2D()(layers.Upsample2D()(x))))
    theirs = layers.on_keras_layers(ours)
    assert "tfgan" not in str(theirs.get_config())
    data = np.random.default_rng(0).standard_normal((3, 4, 6, 2)).astype(np.float32)
    np.testing.assert_array_equal(theirs(data), ours(data))


def test_paddings_of_any_size_have_no_equal():
    with pytest.raises(ValueError, match="fixed height and width, .* CropLike, NoiseDropout, PadT"):
        layers.on_keras_layers(translator(None, None))


def test_spectral_tables_are_written_out():
    label = keras.Input((), dtype="int32")
    ours = keras.Model(label, layers.spectrally_normalized(keras.layers.Embedding)(5, 3)(label))
    theirs = layers.on_keras_layers(ours)
    np.testing.assert_allclose(theirs(tf.range(5)), ours(tf.range(5)), rtol=1e-5)


def test_a_layer_without_an_equal_is_refused_by_name():
    x = keras.Input((4,))
    with pytest.raises(ValueError, match="without an equivalent in Keras: Maxout, Pack"):
        layers.on_keras_layers(keras.Model(x, layers.Maxout(3, 2)(layers.Pack(2)(x))))


def test_batch_normalization_by_the_label_is_refused_by_name():
    x, label = keras.Input((4,)), keras.Input((), dtype="int32")
    network = keras.Model([x, label], layers.ConditionalBatchNormalization(3)(x, label))
    with pytest.raises(ValueError, match="in Keras: ConditionalBatchNormalization"):
        layers.on_keras_layers(network)
