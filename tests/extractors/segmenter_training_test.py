import numpy as np
import pytest

from tfgan.extractors import segmenter_training


@pytest.fixture(scope="module")
def textures():
    """(images, masks): stripes of three pixels down or across, on the two halves of an image."""
    draw = np.random.default_rng(0)
    mask = np.zeros((40, 16, 16, 1), np.uint8)
    for each in mask:
        each[:, draw.integers(5, 11) :] = 1
    rows, columns = np.indices((16, 16))
    phase = draw.integers(0, 6, (40, 1, 1, 1))
    waves = [255 * ((place[None, ..., None] + phase) % 6 < 3) for place in (rows, columns)]
    return np.where(mask == 1, *waves).astype(np.uint8), mask


def test_a_segmenter_tells_textures_of_equal_brightness_apart(textures):
    images, masks = textures
    model = segmenter_training.train(images[:32], masks[:32], 2, steps=150)
    predicted = segmenter_training.predict(model, images[32:])
    assert predicted.shape == (8, 16, 16, 1) and predicted.dtype == np.uint8
    assert np.mean(predicted == masks[32:]) > 0.9


def test_the_seed_decides_the_weights(textures):
    one, same, other = (
        segmenter_training.train(*textures, 2, steps=3, seed=seed).get_weights()
        for seed in (1, 1, 2)
    )
    for first, second in zip(one, same, strict=True):
        np.testing.assert_array_equal(first, second)
    assert any((first != second).any() for first, second in zip(one, other, strict=True))


def test_a_pixel_depends_on_17_x_17_pixels():
    model = segmenter_training.network(1, 2)
    black = np.zeros((1, 41, 41, 1), np.uint8)
    white = black.copy()
    white[0, 20, 20] = 255
    differs = np.any(np.array(model(black)) != np.array(model(white)), axis=(0, 3))
    rows, columns = np.nonzero(differs)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (12, 28, 12, 28)


def test_large_images_are_read_whole_and_learned_from_in_windows():
    images = np.zeros((3, 80, 70, 3), np.uint8)
    images[:, :, 35:] = 255
    masks = (images[..., :1] > 0).astype(np.uint8)
    model = segmenter_training.train(images, masks, 2, steps=40)
    predicted = segmenter_training.predict(model, images)
    assert predicted.shape == masks.shape and np.mean(predicted == masks) > 0.95
    windows = segmenter_training._windows(np.random.default_rng(0), images, masks)
    assert [tuple(window.shape) for window in windows] == [(3, 64, 64, 3), (3, 64, 64, 1)]
    np.testing.assert_array_equal(windows[0][..., :1] > 0, windows[1] == 1)


def test_the_middle_of_an_image_is_read_the_same_in_any_pass(textures, monkeypatch):
    images, masks = textures
    model = segmenter_training.train(images, masks, 2, steps=3)
    together = segmenter_training.predict(model, images)
    monkeypatch.setattr(segmenter_training, "_PREDICTED_PIXELS", 3 * 16 * 16)
    assert np.mean(segmenter_training.predict(model, images) == together) > 0.999
