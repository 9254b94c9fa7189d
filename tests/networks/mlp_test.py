"""Dense networks: the sizes of the first GAN, dropout, maxout, packing."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.networks import mlp


def test_the_first_gan_has_as_many_parameters_as_the_formula_says():
    generator = mlp.generator((28, 28, 1), 100, widths=(1200, 1200))
    assert generator.count_params() == 101 * 1200 + 1201 * 1200 + 1201 * 784
    discriminator = mlp.discriminator(
        (28, 28, 1), widths=(240, 240), pieces=5, input_dropout=0.2, hidden_dropout=0.5
    )
    assert discriminator.count_params() == 785 * 1200 + 241 * 1200 + 241


def test_images_end_in_tanh_points_are_unbounded_and_both_can_be_changed():
    def largest(*args, **kwargs):
        model = mlp.generator(*args, widths=(8,), **kwargs)
        model.set_weights([w * 0 + 3.0 for w in model.get_weights()])
        return np.max(model({"latent": tf.ones((2, 4))}))

    # Hidden units are 4 * 3 + 3 = 15, outputs 8 * 15 * 3 + 3 = 363.
    assert largest((2,), 4) == 363.0
    assert largest((4, 4, 1), 4) == 1.0
    assert largest((4, 4, 1), 4, output_activation="linear") == 363.0


def test_layers_of_one_shape_start_different_and_as_the_initializer_says():
    initializer = keras.initializers.RandomUniform(-0.05, 0.05)
    model = mlp.generator((8,), 8, widths=(8, 8), kernel_initializer=initializer)
    kernels = [np.array(v) for v in model.trainable_variables if v.name == "kernel"]
    assert max(np.abs(k).max() for k in kernels) <= 0.05
    assert len({k.tobytes() for k in kernels}) == 3


def test_dropout_acts_in_training_alone_and_depends_on_the_seed():
    model = mlp.discriminator((6,), widths=(8,), input_dropout=0.2, hidden_dropout=0.5)

    def logits(step, training=True):
        with rng.layer_seeds(rng.stream(0, step, "test")):
            return np.asarray(model({"data": tf.ones((16, 6))}, training=training))

    np.testing.assert_array_equal(logits(0), logits(0))
    assert (logits(0) != logits(1)).any()
    assert np.ptp(logits(0, training=False)) < 1e-6 < np.ptp(logits(0))


def test_the_noise_of_a_network_does_not_depend_on_what_was_built_before():
    def dropouts():
        model = mlp.discriminator((6,), widths=(8, 8), input_dropout=0.2, hidden_dropout=0.5)
        return [layer.name for layer in model.layers if "dropout" in layer.name]

    assert dropouts() == dropouts() == ["dropout_input", "dropout_0", "dropout_1"]


def test_packing_judges_consecutive_examples_together():
    model = mlp.discriminator((2,), widths=(8,), packing=2)
    x = np.random.RandomState(0).randn(6, 2).astype("float32")
    logits = np.asarray(model({"data": x}))
    assert logits.shape == (3, 1)
    x[3] += 1.0  # in the second pack
    changed = np.asarray(model({"data": x})) != logits
    assert changed[:, 0].tolist() == [False, True, False]


def test_packed_examples_keep_labels_of_their_own():
    model = mlp.discriminator((2,), classes=3, widths=(8,), packing=2)
    x = {"data": np.ones((4, 2), "float32"), "label": np.array([0, 1, 2, 0])}
    logits = np.asarray(model(x))
    changed = np.asarray(model(x | {"label": np.array([0, 1, 2, 1])})) != logits
    assert changed[:, 0].tolist() == [False, True]


def test_shapes_that_are_none_are_refused():
    for shape in ((0,), ()):
        with pytest.raises(ValueError, match="mlp needs a shape .* received"):
            mlp.generator(shape, 3)


def test_the_kind_of_data_decides_the_last_activation():
    with pytest.raises(ValueError, match=r"kind of data of shape \(4, 4\) is ambiguous"):
        mlp.generator((4, 4), 3)
    kinds = {"images": "tanh", "latents": "linear"}
    for kind, activation in kinds.items():
        network = mlp.generator((4, 4, 1), 3, modality=kind)
        assert network.layers[-1].activation is keras.activations.get(activation)


def test_maxout_with_spectral_normalization_is_refused():
    with pytest.raises(ValueError, match="exclude each other"):
        mlp.discriminator((2,), pieces=3, normalization="spectral")
