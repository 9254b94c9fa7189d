import numpy as np
import pytest
import tensorflow as tf

from tfgan.data.decoding import preprocessing
from tfgan.data.decoding.preprocessing import (
    ImagePreprocessing,
    MaskPreprocessing,
    decode,
    preprocess_array,
)

RED = (255, 0, 0)


def noise(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
def test_png_pixels_come_back_as_stored(channels):
    image = noise(5, 7, channels)
    np.testing.assert_array_equal(decode(tf.io.encode_png(image), ImagePreprocessing()), image)


def test_alpha_of_a_png_file_is_kept_where_it_is_asked_for():
    image = noise(5, 7, 4)
    np.testing.assert_array_equal(
        decode(tf.io.encode_png(image), ImagePreprocessing(channels=4)), image
    )


def test_a_jpeg_comes_back_close_to_its_pixels():
    ramp = np.linspace(0, 255, 16 * 24).reshape(16, 24, 1).repeat(3, -1).astype(np.uint8)
    image = decode(tf.io.encode_jpeg(ramp, quality=100), ImagePreprocessing()).numpy().astype(int)
    assert np.abs(image - ramp).max() <= 3


def test_a_jpeg_cut_short_is_refused():
    whole = tf.io.encode_jpeg(noise(32, 32, 3)).numpy()
    with pytest.raises(tf.errors.InvalidArgumentError):
        decode(whole[:-20], ImagePreprocessing())


@pytest.mark.parametrize("encode", [tf.io.encode_jpeg, tf.io.encode_png])
@pytest.mark.parametrize("channels", [1, 3])
def test_what_most_programs_write_does_not_pass_through_python(monkeypatch, encode, channels):
    monkeypatch.setattr(preprocessing.pixels, "read", None)
    content = encode(noise(32, 40, channels))
    assert decode(content, ImagePreprocessing()).shape == (32, 40, channels)


@pytest.mark.parametrize("background", [(255, 255, 255), (0, 0, 0), RED])
@pytest.mark.parametrize("stored", [2, 4])
def test_the_background_shows_through(stored, background):
    image = noise(4, 4, stored)
    alpha, behind = image[..., -1:] / 255.0, np.array(background)
    expected = image[..., :-1] * alpha + behind * (1 - alpha)
    if stored == 2 and background != RED:  # gray stays gray
        expected = expected[..., :1]
    for known in (True, False):
        fitted = (
            fit_of_unknown_form(image, ImagePreprocessing(background=background))
            if not known
            else None
        )
        fitted = ImagePreprocessing(background=background)(image) if known else fitted
        assert fitted.shape == expected.shape
        np.testing.assert_allclose(fitted, expected, atol=0.501)


def fit_of_unknown_form(image, fit):
    form = tf.TensorSpec([None, None, None], tf.uint8)
    return tf.function(fit, input_signature=[form])(tf.constant(image))


@pytest.mark.parametrize("stored", [1, 2, 3, 4])
def test_four_channels_are_color_and_alpha(stored):
    image = noise(4, 4, stored)
    fitted = ImagePreprocessing(channels=4)(image).numpy()
    color = image[..., : 1 if stored < 3 else 3]
    np.testing.assert_array_equal(fitted[..., :3], np.broadcast_to(color, (4, 4, 3)))
    alpha = image[..., -1] if stored % 2 == 0 else np.full((4, 4), 255)
    np.testing.assert_array_equal(fitted[..., 3], alpha)


def test_hidden_colors_do_not_bleed_when_alpha_is_resized():
    image = np.zeros((8, 8, 4), np.uint8)
    image[:, :4] = 200, 100, 50, 255
    image[:, 4:] = 0, 255, 0, 0  # hidden
    for size in ((4, 4), (12, 12)):
        small = ImagePreprocessing(size, channels=4)(image).numpy().astype(int)
        seen = small[small[..., 3] > 20]
        assert len(seen) and np.abs(seen[:, :3] - (200, 100, 50)).max() <= 1
        composed = ImagePreprocessing(size, background=RED)(image).numpy()
        assert composed[..., 1].max() <= 110  # no green


def test_an_opaque_image_of_four_channels_is_resized_as_one_of_three():
    image = noise(9, 12, 3)
    opaque = np.concatenate([image, np.full((9, 12, 1), 255, np.uint8)], -1)
    four = ImagePreprocessing((5, 5), channels=4)(opaque).numpy()
    difference = four[..., :3].astype(int) - ImagePreprocessing((5, 5))(image).numpy()
    assert (four[..., 3] == 255).all() and np.abs(difference).max() <= 1


@pytest.mark.parametrize("stored", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "fit",
    [
        ImagePreprocessing(),
        ImagePreprocessing(channels=4),
        ImagePreprocessing((2, 3)),
        ImagePreprocessing(background=RED),
    ],
    ids=str,
)
def test_the_form_of_a_fitted_image_is_known_before(fit, stored):
    assert fit(noise(4, 5, stored)).shape == fit.shape(4, 5, stored)


def test_gray_becomes_three_equal_channels():
    image = noise(4, 5, 1)
    np.testing.assert_array_equal(ImagePreprocessing(channels=3)(image), image.repeat(3, -1))


def test_color_becomes_luma():
    image = noise(4, 5, 3)
    luma = image @ np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(ImagePreprocessing(channels=1)(image)[..., 0], luma, atol=0.501)


def test_gray_stays_as_it_is():
    image = noise(4, 5, 1)
    np.testing.assert_array_equal(ImagePreprocessing(channels=1)(image), image)


def test_the_same_size_changes_nothing():
    image = noise(6, 8, 3)
    np.testing.assert_array_equal(ImagePreprocessing((6, 8))(image), image)


def test_the_middle_is_cut_out():
    image = noise(4, 10, 3)
    np.testing.assert_array_equal(ImagePreprocessing((4, 4))(image), image[:, 3:7])
    tall = noise(9, 3, 1)
    np.testing.assert_array_equal(ImagePreprocessing((3, 3))(tall), tall[3:6])


@pytest.mark.parametrize("size", [(8, 8), (5, 9), (40, 30), (1, 1)])
@pytest.mark.parametrize("crop", ["center", "stretch"])
@pytest.mark.parametrize("sides", [(13, 29), (29, 13), (3, 200)])
def test_any_image_takes_any_size(size, crop, sides):
    assert ImagePreprocessing(size, crop)(noise(*sides, 3)).shape == (*size, 3)


def test_stretching_keeps_both_ends():
    image = np.zeros((4, 40, 1), np.uint8)
    image[:, :20] = 255
    small = ImagePreprocessing((4, 4), "stretch")(image).numpy()
    assert (small[:, 0] >= 240).all() and (small[:, 3] <= 15).all()


def test_shrinking_does_not_alias():
    stripes = np.tile(np.array([0, 255], np.uint8), 32)[None, :, None].repeat(64, 0)
    small = ImagePreprocessing((8, 8))(stripes).numpy()[:, 1:-1]
    assert np.abs(small.astype(int) - 127).max() <= 3


def test_overshoot_is_clipped():
    edge = np.zeros((4, 4, 1), np.uint8)
    edge[:, 2:] = 255
    large = ImagePreprocessing((16, 16))(edge).numpy()
    assert (large[:, :4] <= 5).all() and (large[:, -4:] >= 250).all()


def test_an_array_is_fitted_like_its_images(monkeypatch):
    monkeypatch.setattr(preprocessing, "_BLOCK_BYTES", 30_000)
    images = noise(10, 9, 12, 3)
    fit = ImagePreprocessing((6, 6), channels=1)
    one_by_one = np.stack([fit(image) for image in images])
    np.testing.assert_array_equal(preprocess_array(images, fit), one_by_one)


def test_few_large_images_of_an_array_are_fitted_at_once(monkeypatch):
    seen = []
    call = ImagePreprocessing.__call__
    monkeypatch.setattr(preprocessing, "_BLOCK_BYTES", 3 * 9 * 12 * 3)
    monkeypatch.setattr(
        ImagePreprocessing, "__call__", lambda fit, x: seen.append(len(x)) or call(fit, x)
    )
    preprocess_array(noise(10, 9, 12, 3), ImagePreprocessing((6, 6)))
    assert max(seen) < 3 and sum(seen) == 10


def test_an_array_of_the_right_shape_is_not_copied():
    images = noise(3, 4, 4, 1)
    assert preprocess_array(images, ImagePreprocessing((4, 4), channels=1)) is images


def test_a_size_from_json_is_a_size():
    assert ImagePreprocessing([4, 6]) == ImagePreprocessing((4, 6))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": (4,)}, r"image_size must be a whole number .* a pair .*; received \(4,\)\."),
        ({"size": (4, 0)}, r"image_size must be .*; received \(4, 0\)\."),
        ({"size": (4, 2.5)}, r"image_size must be .*; received \(4, 2.5\)\."),
        ({"size": "7x9"}, r"image_size must be .*; received '7x9'\."),
        ({"size": 0}, r"image_size must be .*, at least 1, .*; received 0\."),
        ({"size": 8.0}, r"image_size must be .*; received 8.0\."),
        ({"crop": "left"}, "crop must be one of center, stretch; received 'left'"),
        ({"channels": 2}, "channels must be 1, 3 or 4; received 2"),
        (
            {"background": (1, 2)},
            "background must be red, green and blue in 0..255; received .1, 2",
        ),
        ({"background": (0, 0, 256)}, "background must be red, green and blue in 0..255"),
    ],
)
def test_other_options_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        ImagePreprocessing(**arguments)


def test_one_number_is_the_side_of_a_square():
    assert ImagePreprocessing(8) == ImagePreprocessing((8, 8))


def test_a_size_that_memory_does_not_hold_is_refused():
    preprocess = ImagePreprocessing((100, 200), channels=3)
    preprocess.check_memory(2 * 100 * 200 * 3)  # the result, and a copy of it
    sentence = r"\(--memory\), 117.2 KiB; received 100 x 200, which needs 117.2 KiB\."
    with pytest.raises(ValueError, match=f"image_size must be so small that .* {sentence}"):
        preprocess.check_memory(2 * 100 * 200 * 3 - 1)
    ImagePreprocessing().check_memory(0)


def test_class_numbers_are_cropped_as_images_and_take_the_nearest_pixel():
    masks = np.arange(12, dtype=np.uint8).reshape(2, 6, 1)
    large = np.repeat(np.repeat(masks, 3, 0), 3, 1)[None]
    square = MaskPreprocessing(ImagePreprocessing((2, 2)))
    np.testing.assert_array_equal(square(large)[0], masks[:, 2:4])
    np.testing.assert_array_equal(preprocess_array(large, square)[0], masks[:, 2:4])
    stretched = MaskPreprocessing(ImagePreprocessing((2, 3), crop="stretch"))(masks)
    np.testing.assert_array_equal(stretched, masks[:, 1::2])
    same = MaskPreprocessing(ImagePreprocessing(channels=3))
    np.testing.assert_array_equal(same(masks), masks)
    assert same.shape(2, 6, 5) == (2, 6, 5) and square.shape(2, 6, 5) == (2, 2, 5)
