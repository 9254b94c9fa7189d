"""PatchGAN: receptive field, counts, sizes, scales and features."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, penalties, rng
from tfgan.networks import patchgan


def trainable(network):
    return sum(int(np.prod(v.shape)) for v in network.trainable_variables)


def images(*shape):
    return tf.random.stateless_normal(shape, [0, 1])


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_one_logit_depends_on_the_pixels_of_its_receptive_field(count):
    """By the gradient of one logit, where every weight is positive: no gradient cancels."""
    field = patchgan.receptive_field(count)
    assert field == {0: 1, 1: 16, 2: 34, 3: 70}[count]
    side = 2 * field + 8 * 2**count
    network = patchgan.discriminator((side, side, 1), layers=count, width=1, normalization=None)
    network.set_weights([np.full(w.shape, 0.1) for w in network.get_weights()])
    data = tf.ones((1, side, side, 1))
    with tf.GradientTape() as tape:
        tape.watch(data)
        logits = network({"data": data})
        middle = logits[0, logits.shape[1] // 2, logits.shape[2] // 2, 0]
    touched = tape.gradient(middle, data)[0, :, :, 0].numpy() != 0.0
    rows, columns = np.flatnonzero(touched.any(axis=1)), np.flatnonzero(touched.any(axis=0))
    for places in (rows, columns):
        np.testing.assert_array_equal(places, np.arange(places[0], places[0] + field))
    assert touched[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all()


# From the layers of the paper's code: pixels beside the source with batch normalization, pixels
# alone with instance normalization.
COUNTS = {0: (9_024, 8_705), 1: (139_585, 136_385), 2: (666_433, 662_977)}
COUNTS |= {3: (2_768_705, 2_764_737), 4: (6_964_033, 6_959_553), 5: (11_159_361, 11_154_369)}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_the_numbers_of_weights_are_those_of_the_paper(count):
    shape = (3 * 2**count,) * 2 + (3,)
    batch = patchgan.discriminator(shape, shape, layers=count, normalization="batch")
    instance = patchgan.discriminator(shape, layers=count)
    assert (trainable(batch), trainable(instance)) == COUNTS[count]


@pytest.mark.parametrize(
    ("count", "sides"),
    [
        (0, {256: 256, 64: 64, 32: 32, 28: 28, 1: 1}),
        (1, {256: 126, 64: 30, 32: 14, 28: 12, 15: 5}),
        (2, {256: 62, 64: 14, 32: 6, 28: 5, 13: 1}),
        (3, {256: 30, 64: 6, 32: 2, 24: 1}),
        (5, {256: 6}),
    ],
    ids=str,
)
def test_the_map_of_logits_has_the_sides_of_the_paper(count, sides):
    for side, logits in sides.items():
        network = patchgan.discriminator((side, side, 1), layers=count, width=1)
        assert network.output_shape == (None, logits, logits, 1)


def test_a_network_for_any_size_pads_as_one_for_a_fixed_size():
    keras.utils.set_random_seed(0)
    anything = patchgan.discriminator((None, None, 1), layers=2, width=2)
    for side in (32, 28, 30, 33):
        fixed = patchgan.discriminator((side, side, 1), layers=2, width=2)
        fixed.set_weights(anything.get_weights())
        data = {"data": images(2, side, side, 1)}
        np.testing.assert_allclose(anything(data), fixed(data), atol=1e-6)


def test_the_source_changes_the_logits():
    network = patchgan.discriminator((16, 16, 3), (16, 16, 1), layers=1, width=2)
    assert {tensor.name for tensor in network.inputs} == {"data", "source"}
    data, source = images(2, 16, 16, 3), images(2, 16, 16, 1)
    logits = network({"data": data, "source": source})
    assert not np.allclose(logits, network({"data": data, "source": -source}), atol=1e-6)


def test_features_are_the_maps_of_all_layers_but_the_last():
    plain = patchgan.discriminator((16, 16, 3), layers=2, width=4)
    network = patchgan.discriminator((16, 16, 3), layers=2, width=4, features=True)
    network.set_weights(plain.get_weights())
    data = {"data": images(2, 16, 16, 3)}
    outputs = network(data)
    shapes = {name: tuple(value.shape[1:]) for name, value in outputs.items()}
    assert shapes == {
        "features_0": (8, 8, 4),
        "features_1": (4, 4, 8),
        "features_2": (3, 3, 16),
        "logits": (2, 2, 1),
    }
    np.testing.assert_array_equal(outputs["logits"], plain(data))
    last = network.layers[[type(x) for x in network.layers].index(keras.layers.Activation) - 1]
    padded = np.pad(outputs["features_2"], ((0, 0), (1, 1), (1, 1), (0, 0)))
    np.testing.assert_allclose(last(padded), outputs["logits"], atol=1e-6)


def convolutions(network):
    """In the order in which they were built."""
    layers_of = [x for x in network.layers if isinstance(x, layers.Conv2D)]
    return sorted(layers_of, key=lambda x: int(x.name.partition("conv2d_")[2] or 0))


def copy_weights(source, target, scale=1.0):
    for one, other in zip(source, target, strict=True):
        other.set_weights([scale * weight for weight in one.get_weights()])


def means_of_windows(image):
    """The mean of the pixels around every second one, as many as there are."""
    height, width = image.shape
    return [
        [image[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].mean() for x in range(0, width, 2)]
        for y in range(0, height, 2)
    ]


@pytest.mark.parametrize("side", [32, 27])
def test_the_second_scale_is_the_network_on_means_of_3x3_pixels(side):
    keras.utils.set_random_seed(0)
    data = images(2, side, side, 1)
    half = np.array([means_of_windows(x) for x in data.numpy()[..., 0]], np.float32)[..., None]
    two = patchgan.discriminator((side, side, 1), layers=2, width=2, scales=2)
    fine = patchgan.discriminator((side, side, 1), layers=2, width=2)
    coarse = patchgan.discriminator(half.shape[1:], layers=2, width=2)
    copy_weights(convolutions(two)[:4], convolutions(fine))
    copy_weights(convolutions(two)[4:], convolutions(coarse))
    logits = two({"data": data}).numpy()
    np.testing.assert_allclose(logits[..., :1], fine({"data": data}), rtol=1e-4, atol=1e-6)
    expected = coarse({"data": half}).numpy()
    places = np.arange(logits.shape[1]) * expected.shape[1] // logits.shape[1]
    assert set(places) == set(range(expected.shape[1]))
    expected = expected[:, places][:, :, places]
    np.testing.assert_allclose(logits[..., 1:], expected, rtol=1e-3, atol=1e-6)


def test_both_scales_have_the_same_weight_in_a_mean():
    network = patchgan.discriminator((64, 64, 1), layers=1, width=1, scales=2, normalization=None)
    copy_weights(convolutions(network), convolutions(network), scale=0.0)
    for last, bias in zip(convolutions(network)[2::3], (1.0, 3.0), strict=True):
        last.bias.assign([bias])
    assert float(tf.reduce_mean(network({"data": images(1, 64, 64, 1)}))) == 2.0


def test_spectral_normalization_is_of_every_kernel():
    network = patchgan.discriminator((16, 16, 1), layers=1, width=2, normalization="spectral")
    kinds = [type(x) for x in network.layers if "conv" in x.name]
    assert len(kinds) == 3
    assert all(issubclass(kind, layers.SpectralNormalization) for kind in kinds)


@pytest.mark.parametrize("normalization", ["instance", "spectral", None])
def test_the_gradient_of_a_penalty_is_its_slope(normalization):
    keras.utils.set_random_seed(0)
    network = patchgan.discriminator(
        (13, 12, 1), layers=1, width=4, normalization=normalization, scales=2
    )
    kernels = [layer.kernel for layer in convolutions(network)]
    for kernel in kernels:
        kernel.assign(0.3 * tf.random.stateless_normal(kernel.shape, [0, kernel.shape[-1]]))
    data, seed = images(2, 13, 12, 1), rng.stream(0, 0, "test")

    def penalty():
        return tf.reduce_mean(penalties.r1(lambda x: network({"data": x}), data, data, seed))

    with tf.GradientTape() as tape:
        value = penalty()
    gradients = tape.gradient(value, [kernel.value for kernel in kernels])
    assert all(float(tf.norm(gradient)) > 0.0 for gradient in gradients)
    for kernel, gradient in zip(kernels[::3], gradients[::3], strict=True):
        start, step = tf.identity(kernel.value), 1e-3 * gradient / tf.norm(gradient)
        kernel.assign(start + step)
        above = penalty()
        kernel.assign(start - step)
        slope = (above - penalty()) / 2e-3
        kernel.assign(start)
        assert float(slope) == pytest.approx(float(tf.norm(gradient)), rel=0.03)


def test_xla_gives_the_same_logits_and_gradient():
    network = patchgan.discriminator((32, 32, 1), layers=2, width=2, scales=2)
    data = images(2, 32, 32, 1)

    def run():
        with tf.GradientTape() as tape:
            tape.watch(data)
            logits = network({"data": data})
            loss = tf.reduce_mean(tf.square(logits - 1.0))
        return logits, tape.gradient(loss, data)

    for one, other in zip(run(), tf.function(run, jit_compile=True)(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            lambda: patchgan.discriminator((28, 23, 1), layers=3),
            r"patchgan with layers=3 and scales=1 needs sides of 24 or more, 3 \* 2\^layers .*; "
            r"received shape \(28, 23, 1\)",
        ),
        (
            lambda: patchgan.discriminator((22, 28, 1), layers=2, scales=2),
            r"layers=2 and scales=2 needs sides of 24 or more, .* received shape \(22, 28, 1\)",
        ),
        (lambda: patchgan.discriminator((8, 8)), "patchgan translates images .* received"),
        (lambda: patchgan.discriminator((8, 8, 1), (8, 4, 1)), "received source_shape"),
        (lambda: patchgan.discriminator((8, 8, 1), layers=-1), "layers must be 0 or more"),
        (lambda: patchgan.discriminator((8, 8, 1), scales=3), "scales must be 1 or 2; received 3"),
        (
            lambda: patchgan.discriminator((None, 8, 1), layers=0, scales=2),
            "two scales needs sides that are ints",
        ),
        (
            lambda: patchgan.discriminator((8, 8, 1), layers=0, normalization="layer"),
            "normalization must be one of .* received 'layer'",
        ),
    ],
)
def test_what_cannot_be_built_is_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()
