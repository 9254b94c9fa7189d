"""Source, result and target side by side, in one form."""

import numpy as np
import pytest

from tfgan import modalities
from tfgan.modalities import translations

IMAGES, MASKS = modalities.Images(), modalities.Masks(("a", "b"), ((1, 2, 3), (4, 5, 6)))


def level(value, channels=1, count=4, side=64):
    return np.full((count, side, side, channels), value, np.uint8)


def cell(picture, row, column, parts, part, side=64):
    """A part of the example in a row and column of a picture."""
    top = 4 + row * (side + 6)
    left = 4 + column * (parts * (side + 2) + 4) + part * (side + 2)
    return picture[top : top + side, left : left + side]


def test_each_example_is_a_row_of_its_parts():
    numbers = level(0) + np.arange(4, dtype=np.uint8)[:, None, None, None]
    parts = [(IMAGES, numbers), (IMAGES, numbers + 10), (IMAGES, numbers + 20)]
    picture = modalities.translation_grid(parts, columns=2)
    assert picture.shape == (2 * 70 + 2, 2 * (3 * 66 + 4) + 2, 1)
    for example in range(4):
        row, column = divmod(example, 2)
        shown = [cell(picture, row, column, 3, part)[0, 0, 0] for part in range(3)]
        assert shown == [example, example + 10, example + 20]


def test_masks_have_their_colors_and_gray_parts_are_repeated():
    parts = [(MASKS, level(1)), (IMAGES, level(9)), (IMAGES, level(7, 4))]
    picture = modalities.translation_grid(parts, columns=1)
    assert cell(picture, 0, 0, 3, 0)[0, 0].tolist() == [4, 5, 6, 255]
    assert cell(picture, 0, 0, 3, 1)[0, 0].tolist() == [9, 9, 9, 255]
    assert cell(picture, 0, 0, 3, 2)[0, 0].tolist() == [7, 7, 7, 7]


def test_a_smaller_part_stands_on_white():
    picture = modalities.translation_grid([(IMAGES, level(0, side=60)), (IMAGES, level(0))], 1)
    assert cell(picture, 0, 0, 2, 0).sum() == (64**2 - 60**2) * 255
    assert cell(picture, 0, 0, 2, 1).sum() == 0


def test_images_below_64_pixels_are_enlarged_by_a_whole_number():
    checkers = np.indices((1, 20, 20, 1)).sum(0).astype(np.uint8) % 2 * 100
    picture = modalities.translation_grid([(IMAGES, checkers)] * 2)
    assert picture.shape == (60 + 8, 2 * 62 + 6, 1)
    np.testing.assert_array_equal(cell(picture, 0, 0, 2, 1, side=60)[1::3, 1::3], checkers[0])


def test_the_default_is_about_square():
    parts = [(IMAGES, level(0, count=24))] * 3
    height, width, _ = modalities.translation_grid(parts).shape
    assert height == 8 * 70 + 2 and width == 3 * (3 * 66 + 4) + 2


def test_samples_with_a_pictured_condition_are_shown_beside_it_and_others_alone():
    samples = {"data": level(1), "source": level(0)}
    beside = translations.picture(samples, IMAGES, {"source": MASKS}, level(2), 1)
    assert beside.shape == (4 * 70 + 2, 3 * 66 + 6, 3)
    alone = translations.picture(samples, IMAGES, {}, columns=4)
    np.testing.assert_array_equal(alone, IMAGES.picture(samples["data"], 4))
    assert translations.parts_of(samples, IMAGES, {"source": modalities.Points()}) == []
    preview = translations.preview(samples, IMAGES, {"source": MASKS}, level(2), 1)
    np.testing.assert_array_equal(preview.picture, beside)


def test_texts_with_a_condition_are_previewed_as_texts():
    texts = modalities.Texts("ab")
    samples = {"data": np.int32([[0, 1]]), "source": level(0, count=1)}
    assert translations.preview(samples, texts, {"source": IMAGES}).lines == ["ab"]


def test_parts_of_other_counts_are_refused():
    with pytest.raises(ValueError, match=r"equally many examples; received \[2, 4\]"):
        modalities.translation_grid([(IMAGES, level(0)), (IMAGES, level(0, count=2))])
