import numpy as np
import pytest
import tensorflow as tf

from tfgan.data.decoding import Fit, decode, fit_array


def noise(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_png_pixels_come_back_as_stored(channels):
    image = noise(5, 7, channels)
    np.testing.assert_array_equal(decode(tf.io.encode_png(image)), image)


def test_a_jpeg_comes_back_close_to_its_pixels():
    ramp = np.linspace(0, 255, 16 * 24).reshape(16, 24, 1).repeat(3, -1).astype(np.uint8)
    image = decode(tf.io.encode_jpeg(ramp, quality=100)).numpy().astype(int)
    assert np.abs(image - ramp).max() <= 3


def test_a_jpeg_cut_short_is_refused():
    whole = tf.io.encode_jpeg(noise(32, 32, 3)).numpy()
    with pytest.raises(tf.errors.InvalidArgumentError):
        decode(whole[:-20])


@pytest.mark.parametrize("stored", [1, 2, 3, 4])
def test_transparency_is_dropped(stored):
    image = noise(4, 4, stored)
    np.testing.assert_array_equal(Fit()(image), image[..., : 1 if stored < 3 else 3])


def test_grey_becomes_three_equal_channels():
    image = noise(4, 5, 1)
    np.testing.assert_array_equal(Fit(channels=3)(image), image.repeat(3, -1))


def test_colour_becomes_luma():
    image = noise(4, 5, 3)
    luma = image @ np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(Fit(channels=1)(image)[..., 0], luma, atol=0.501)


def test_grey_stays_as_it_is():
    image = noise(4, 5, 1)
    np.testing.assert_array_equal(Fit(channels=1)(image), image)


def test_the_same_size_changes_nothing():
    image = noise(6, 8, 3)
    np.testing.assert_array_equal(Fit((6, 8))(image), image)


def test_the_middle_is_cut_out():
    image = noise(4, 10, 3)
    np.testing.assert_array_equal(Fit((4, 4))(image), image[:, 3:7])
    tall = noise(9, 3, 1)
    np.testing.assert_array_equal(Fit((3, 3))(tall), tall[3:6])


@pytest.mark.parametrize("size", [(8, 8), (5, 9), (40, 30), (1, 1)])
@pytest.mark.parametrize("crop", ["center", "stretch"])
@pytest.mark.parametrize("sides", [(13, 29), (29, 13), (3, 200)])
def test_any_image_takes_any_size(size, crop, sides):
    assert Fit(size, crop)(noise(*sides, 3)).shape == (*size, 3)


def test_stretching_keeps_both_ends():
    image = np.zeros((4, 40, 1), np.uint8)
    image[:, :20] = 255
    small = Fit((4, 4), "stretch")(image).numpy()
    assert (small[:, 0] >= 240).all() and (small[:, 3] <= 15).all()


def test_shrinking_does_not_alias():
    stripes = np.tile(np.array([0, 255], np.uint8), 32)[None, :, None].repeat(64, 0)
    small = Fit((8, 8))(stripes).numpy()[:, 1:-1]
    assert np.abs(small.astype(int) - 127).max() <= 3


def test_overshoot_is_clipped():
    edge = np.zeros((4, 4, 1), np.uint8)
    edge[:, 2:] = 255
    large = Fit((16, 16))(edge).numpy()
    assert (large[:, :4] <= 5).all() and (large[:, -4:] >= 250).all()


def test_an_array_is_fitted_like_its_images():
    images = noise(10, 9, 12, 3)
    fit = Fit((6, 6), channels=1)
    one_by_one = np.stack([fit(image) for image in images])
    np.testing.assert_array_equal(fit_array(images, fit, rows=4), one_by_one)


def test_an_array_of_the_right_shape_is_not_copied():
    images = noise(3, 4, 4, 1)
    assert fit_array(images, Fit((4, 4), channels=1)) is images


def test_a_size_from_json_is_a_size():
    assert Fit([4, 6]) == Fit((4, 6))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": (4,)}, "image_size must be height and width"),
        ({"size": (4, 0)}, "image_size must be height and width"),
        ({"size": (4, 2.5)}, "image_size must be height and width"),
        ({"crop": "left"}, "crop must be 'center' or 'stretch'; received 'left'"),
        ({"channels": 4}, "channels must be 1 or 3; received 4"),
    ],
)
def test_other_options_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Fit(**arguments)
