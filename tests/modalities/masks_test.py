import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities
from tfgan.modalities import Masks

COLORS = ((0, 0, 0), (250, 10, 10), (10, 10, 250))
MASKS = Masks(("ground", "sky", "sea"), COLORS)
NUMBERS = np.random.default_rng(0).integers(0, 3, (4, 5, 6, 1), np.uint8)


def test_networks_see_one_channel_per_class():
    seen = MASKS.to_float(NUMBERS).numpy()
    assert seen.shape == (4, 5, 6, 3) and set(np.unique(seen)) == {0.0, 1.0}
    np.testing.assert_array_equal(seen.argmax(-1)[..., None], NUMBERS)
    np.testing.assert_array_equal(seen.sum(-1), 1.0)


def test_the_class_of_a_pixel_is_the_most_probable():
    probabilities = tf.constant([[[[0.2, 0.5, 0.3], [0.4, 0.3, 0.3]]]])
    assert MASKS.to_raw(probabilities).numpy().tolist() == [[[[1], [0]]]]


def test_what_a_network_returns_stays_as_it_is():
    probabilities = tf.constant([[[[0.2, 0.5, 0.3]]]])
    np.testing.assert_array_equal(MASKS.to_float(probabilities), probabilities)


def test_pictures_have_the_colors_of_the_palette():
    pictures = MASKS.pictures(NUMBERS).numpy()
    np.testing.assert_array_equal(pictures, np.array(COLORS, np.uint8)[NUMBERS[..., 0]])


def test_colors_near_those_of_the_palette_give_the_masks_back():
    pictures = MASKS.pictures(NUMBERS).numpy().astype(int)
    near = pictures + np.random.default_rng(1).integers(-60, 61, pictures.shape)
    near = near.clip(0, 255).astype(np.uint8)
    np.testing.assert_array_equal(MASKS.from_colors(near), NUMBERS)


def test_of_two_equally_near_colors_the_first_is_taken():
    masks = Masks(("dark", "bright"), ((0, 0, 0), (200, 200, 200)))
    levels = np.array([99, 100, 101], np.uint8)[None, None, :, None].repeat(3, -1)
    assert masks.from_colors(levels)[0, 0, :, 0].tolist() == [0, 0, 1]


@pytest.mark.parametrize("count", [1, 2, 12, 24])
def test_default_colors_differ_and_begin_with_gray(count):
    palette = Masks(tuple(map(str, range(count)))).palette
    assert palette[0] == (128, 128, 128) and len(set(palette)) == count
    gaps = [
        np.abs(np.subtract(one, other)).sum()
        for i, one in enumerate(palette)
        for other in palette[:i]
    ]
    assert min(gaps, default=99) > 30


def test_masks_of_other_classes_or_colors_differ():
    masks = [MASKS, Masks(MASKS.class_names), Masks(("a", "b", "c"), COLORS)]
    assert len(set(masks)) == 3


def test_the_classes_have_an_entry_of_their_own_in_json():
    attributes = modalities.to_dict(MASKS, (5, 6, 3))
    assert attributes["pixel_classes"] == list(MASKS.class_names)
    assert "class_names" not in attributes  # those of labels
    assert modalities.from_dict(attributes, (5, 6, 3), "uint8") == MASKS


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "class_names of masks must be 1 to 256 names; received 0"),
        ((["a"] * 257,), "must be 1 to 256 names; received 257"),
        ((("a", "b"), COLORS), r"palette must hold one color per class \(2\); received 3"),
        ((("a",), ((1, 2),)), r"palette must hold colors .* in 0..255; received \[\[1, 2\]\]"),
        ((("a",), ((1, 2, 999),)), r"palette must hold colors .*; received \[\[1, 2, 999\]\]"),
    ],
)
def test_other_classes_and_colors_are_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        Masks(*arguments)


def test_a_shape_has_one_channel_per_class():
    with pytest.raises(ValueError, match=r"masks of 3 classes have the shape .* \(5, 6, 1\)"):
        MASKS.check((5, 6, 1))
