import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.extractors import Extractor


def small(channels=3, size=(8, 8), **options):
    """An extractor with a random convolution."""
    keras.utils.set_random_seed(0)
    images = keras.Input((*size, channels))
    hidden = keras.layers.Conv2D(4, 3)(images)
    features = keras.layers.Dense(5)(keras.layers.Flatten()(hidden))
    network = keras.Model(images, [features, keras.layers.Dense(2)(features)])
    return Extractor(
        "small",
        lambda images: network(images, training=False),
        version="1",
        sha256="0" * 64,
        size=size,
        channels=channels,
        dimensions=5,
        classes=2,
        **options,
    )


def images(count, size=8, channels=3):
    return np.random.default_rng(0).integers(0, 256, (count, size, size, channels), np.uint8)


def test_rows_do_not_depend_on_how_many_there_are():
    extractor, data = small(), images(250)
    whole = extractor(data)
    assert whole.features.shape == (250, 5) and whole.logits.shape == (250, 2)
    parts = [extractor(data[first : first + 100]) for first in (0, 100, 200)]
    np.testing.assert_array_equal(whole.features, np.concatenate([p.features for p in parts]))
    np.testing.assert_allclose(extractor(data[7:9]).features, whole.features[7:9], rtol=1e-5)


def test_gray_images_are_repeated_for_a_network_of_color():
    extractor, gray = small(), images(3, channels=1)
    np.testing.assert_array_equal(
        extractor(gray).features, extractor(np.repeat(gray, 3, axis=3)).features
    )


def test_images_with_alpha_are_seen_on_white():
    extractor, color = small(), images(3)
    for opacity, seen in ((255, color), (0, np.full_like(color, 255))):
        alpha = np.concatenate([color, np.full((3, 8, 8, 1), opacity, np.uint8)], axis=3)
        found, expected = extractor(alpha).features, extractor(seen).features
        np.testing.assert_allclose(found, expected, atol=1e-3)


@pytest.mark.parametrize("channels", [3, 4])
def test_color_is_refused_where_gray_is_needed(channels):
    with pytest.raises(ValueError, match="small takes gray images; received color"):
        small(channels=1)(images(2, channels=channels))


@pytest.mark.parametrize(
    "data",
    [images(2).astype(np.float64), images(2)[0], images(2, channels=2), images(0)],
    ids=["float64", "one image", "two channels", "none"],
)
def test_what_are_no_images_is_refused(data):
    with pytest.raises(
        ValueError, match=r"small takes uint8 images \[n, height, width, 1, 3 or 4\]"
    ):
        small()(data)


def test_images_are_resized_as_asked():
    large = images(2, size=16)
    modes = [small(resize=mode)(large).features for mode in ("clean", "legacy_tf")]
    assert np.abs(modes[0] - modes[1]).max() > 1.0
    resized = tf.raw_ops.ResizeBilinear(images=large.astype(np.float32), size=(8, 8)).numpy()
    np.testing.assert_allclose(modes[1], small()(resized).features, rtol=1e-5)


def test_floats_are_not_rounded():
    data = images(2).astype(np.float32)
    near = small()(data + 0.25).features
    assert np.abs(near - small()(data).features).max() > 1e-3


def test_the_identity_tells_all_that_numbers_depend_on():
    assert small(resize="legacy_pytorch").identity == {
        "name": "small",
        "version": "1",
        "sha256": "0" * 64,
        "size": [8, 8],
        "resize": "legacy_pytorch",
    }


def test_an_unknown_resize_is_refused():
    with pytest.raises(ValueError, match="resize must be one of clean, legacy_pytorch, legacy_tf"):
        small(resize="nearest")
