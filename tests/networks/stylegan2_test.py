"""StyleGAN2's networks: their sizes, and what their outputs depend on."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.networks import stylegan2

from .counting import count

SHAPE = (8, 8, 3)


def sized(side, **arguments):
    return functools.partial(stylegan2.generator, (side, side, 3), 512, **arguments)


def judging(side, **arguments):
    return functools.partial(stylegan2.discriminator, (side, side, 3), **arguments)


CIFAR = {"width": 512, "mapping_layers": 2}
COUNTS = {
    "1024": (sized(1024, width=32), 30_370_060),
    "512": (sized(512, width=64), 30_276_583),
    "256": (sized(256, width=64), 24_767_458),
    "256, two mapping layers": (sized(256, width=64, mapping_layers=2), 23_191_522),
    "128": (sized(128, width=128, mapping_layers=2), 22_949_277),
    "64": (sized(64, width=256, mapping_layers=2), 22_243_608),
    "CIFAR-10": (sized(32, **CIFAR), 19_947_539),
    "CIFAR-10, labels": (sized(32, classes=10, **CIFAR), 20_215_315),
    "toy": (
        functools.partial(
            stylegan2.generator, (32, 32, 3), 64, width=64, max_width=64, mapping_layers=2
        ),
        314_387,
    ),
    "1024, D": (judging(1024, width=32), 29_012_513),
    "512, D": (judging(512, width=64), 28_982_849),
    "256, D": (judging(256, width=64), 24_001_089),
    "128, D": (judging(128, width=128), 23_882_369),
    "64, D": (judging(64, width=256), 23_407_361),
    "CIFAR-10, D": (judging(32, width=512, residual=False), 20_720_641),
    "CIFAR-10, labels, D": (judging(32, width=512, residual=False, classes=10), 23_089_664),
    "toy, D": (judging(32, width=64, max_width=64), 337_281),
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_networks_have_the_parameters_of_the_papers(name):
    build, expected = COUNTS[name]
    assert count(build) == expected


@pytest.fixture(scope="module")
def network():
    """A small generator with noise, whose running mean is not 0."""
    keras.utils.set_random_seed(0)
    network = stylegan2.generator(SHAPE, 5, classes=3, width=4, mapping_layers=1)
    for variable in network.trainable_variables:
        if variable.name == "strength":
            variable.assign(0.5)
    network.get_layer("styles").mean.assign(np.linspace(-1.0, 1.0, 5))
    return network


def inputs(rows, psi=1.0, seed=0):
    random = np.random.RandomState(seed)
    return {
        "latent": random.randn(rows, 5).astype("float32"),
        "noise": random.randint(-1000, 1000, (rows, 2)).astype("int32"),
        "psi": np.full((rows, 1), psi, "float32"),
        "label": np.arange(rows, dtype="int32") % 3,
    }


@pytest.mark.parametrize("shape", [(28, 28, 1), (16, 8, 3), (13, 30, 2)], ids=str)
def test_any_sides_are_made_and_judged(shape):
    generator = stylegan2.generator(shape, 3, width=2, mapping_layers=1, max_width=4)
    assert generator.output["data"].shape == (None, *shape)
    logits = stylegan2.discriminator(shape, width=2, max_width=4)
    assert logits.output_shape == (None, 1)


def test_28_pixels_start_from_4x4():
    network = stylegan2.generator((28, 28, 1), 3, width=2, mapping_layers=1)
    names = [layer.name for layer in network.layers if layer.name.startswith("noise_")]
    sides = [name.split("_")[1] for name in names]
    assert sides == ["4x4", "7x7", "7x7", "14x14", "14x14", "28x28", "28x28"]


def test_a_sample_is_the_same_in_any_batch(network):
    rows = inputs(6)
    whole = network(rows)["data"]
    part = network({name: values[2:4] for name, values in rows.items()})["data"]
    np.testing.assert_allclose(whole[2:4], part, rtol=1e-5, atol=1e-5)


def test_psi_of_0_gives_one_style_and_of_1_all_of_them(network):
    mean = np.asarray(network.get_layer("styles").mean)
    styles = network(inputs(4, psi=0.0))["styles"]
    np.testing.assert_array_equal(styles, np.broadcast_to(mean, styles.shape))
    assert np.std(network(inputs(4))["styles"], axis=0).min() > 0.0


def test_the_image_depends_on_latent_label_and_noise(network):
    rows = inputs(2)
    data = network(rows)["data"].numpy()
    for name in ("latent", "label", "noise"):
        changed = network(rows | {name: rows[name][::-1]})["data"]
        assert np.abs(changed - data).max() > 1e-3, name


def test_without_strength_the_noise_changes_nothing():
    network = stylegan2.generator(SHAPE, 5, width=4, mapping_layers=1)
    one, other = inputs(2), inputs(2, seed=1)
    first, second = ({**one, "noise": each["noise"]} for each in (one, other))
    for each in (first, second):
        del each["label"]
    np.testing.assert_array_equal(network(first)["data"], network(second)["data"])


def test_training_mixes_two_styles_and_samples_have_one(network):
    with rng.layer_seeds(rng.stream(0, 1, "test")):
        styles = network(inputs(3), training=True)["styles"].numpy()
    assert len(np.unique(styles[0], axis=0)) == 2
    assert len(np.unique(network(inputs(3))["styles"][0].numpy(), axis=0)) == 1


def test_the_styles_are_what_the_image_is_computed_from(network):
    with tf.GradientTape() as tape:
        outputs = network(inputs(2))
        value = tf.reduce_sum(outputs["data"] ** 2)
    gradient = tape.gradient(value, outputs["styles"])
    assert gradient.shape == (2, 6, 5)
    assert (np.abs(gradient).max(axis=(0, 2)) > 0.0).all()  # every layer


def test_the_logit_of_a_label_is_an_inner_product_of_its_own():
    network = stylegan2.discriminator(SHAPE, classes=3, width=4, max_width=8)
    x = np.repeat(np.random.RandomState(0).randn(1, *SHAPE).astype("float32"), 3, axis=0)
    logits = network({"data": x, "label": np.arange(3, dtype="int32")})
    assert logits.shape == (3, 1) and len(np.unique(logits)) == 3
