import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import open_source
from tfgan.data.decoding import preprocessing

from .pair_files import MASKS, PHOTOS, all_of, assert_pairs, every

GRAY = PHOTOS[::-1, ..., :1]


def opened(folder, choices="", options=None, **arrays):
    np.savez(folder / "p.npz", **arrays)
    return open_source(f"pairs:arrays:{folder}/p.npz{choices}", **(options or {}))


@pytest.mark.parametrize("keys", [("source", "data"), ("A", "B")])
def test_two_arrays_are_pairs(tmp_path, keys):
    source = opened(tmp_path, **{keys[0]: GRAY[..., 0], keys[1]: PHOTOS})
    assert (source.count, source.held_out.count) == (11, 1)
    assert_pairs(every(source), PHOTOS, GRAY)


def test_the_test_arrays_are_held_out(tmp_path):
    rest = {"data_test": PHOTOS[9:], "source_test": GRAY[9:]}
    source = opened(tmp_path, data=PHOTOS[:9], source=GRAY[:9], **rest)
    assert_pairs(all_of(source), PHOTOS[:9], GRAY[:9])
    assert_pairs(all_of(source.held_out), PHOTOS[9:], GRAY[9:])
    assert source.decisions == {"held_out": "test"}


def test_held_out_arrays_may_differ_in_what_preprocessing_makes_equal(tmp_path):
    rest = {"A_val": GRAY[9:, ::2, ::2], "B_val": PHOTOS[9:, ::2, ::2]}
    source = opened(tmp_path, "", {"image_size": (3, 4)}, A=GRAY[:9], B=PHOTOS[:9], **rest)
    assert_pairs(all_of(source.held_out), rest["B_val"], rest["A_val"])


@pytest.mark.parametrize("choices", ["#classes=3", "#classes=3,masks=source"])
def test_one_array_may_hold_masks(tmp_path, choices):
    source = opened(tmp_path, choices, source=MASKS, data=PHOTOS)
    condition = source.spec.conditions["source"]
    assert condition.modality.kind == "masks" and condition.shape == (6, 8, 3)
    assert_pairs(every(source), PHOTOS, MASKS)


def test_masks_are_resized_to_the_nearest_pixel(tmp_path):
    source = opened(tmp_path, "#classes=3", {"image_size": (3, 4)}, A=MASKS, B=PHOTOS)
    masks = tf.image.resize(MASKS, (3, 4), "nearest").numpy()
    photos = preprocessing.ImagePreprocessing((3, 4))(PHOTOS).numpy()
    assert_pairs(every(source), photos, masks)


def test_the_fingerprint_covers_both_arrays(tmp_path):
    digests = {
        opened(tmp_path, data=data, source=source).fingerprint
        for data in (PHOTOS, PHOTOS[::-1])
        for source in (GRAY, GRAY[::-1])
    }
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("arrays", "choices", "sentence"),
    [
        ({"x": PHOTOS}, "", "must hold the arrays source and data, or A and B; it holds x"),
        (
            {"A": GRAY[:5], "B": PHOTOS},
            "",
            r"received \[5, 6, 8, 1\] \(A\) and \[12, 6, 8, 3\] \(B\)",
        ),
        ({"A": GRAY[:, :5], "B": PHOTOS}, "", "of the same sizes in both arrays"),
        ({"A": GRAY / 255, "B": PHOTOS}, "", r"A of pairs:.* must be uint8 .*received float64"),
        ({"A": GRAY[:0], "B": PHOTOS[:0]}, "", "must hold pairs"),
        ({"A": MASKS, "B": PHOTOS}, "#classes=2", "classes=2 must fit one array.*neither A nor B"),
        ({"A": MASKS, "B": MASKS}, "#classes=3", "fits A and B: add masks=KEY"),
        ({"A": MASKS, "B": PHOTOS}, "#classes=2,masks=A", "A of .* one number below 2 per pixel"),
        ({"A": MASKS, "B": PHOTOS}, "#classes=3,masks=C", "masks must be A or B; received C"),
        ({"A": MASKS, "B": PHOTOS}, "#classes=0", r"classes must be in 1..256; received 0"),
        (
            {"A": GRAY, "B": PHOTOS, "A_test": GRAY[:, :, :6], "B_test": PHOTOS[:, :, :6]},
            "",
            r"A_test of .* must be uint8 \[n, 6, 8, 1\], as A is; received \[12, 6, 6, 1\]\.",
        ),
        (
            {"A": GRAY, "B": PHOTOS, "A_val": GRAY, "B_val": GRAY},
            "",
            r"B_val of .* must be uint8 \[n, 6, 8, 3\], as B is; received \[12, 6, 8, 1\]\.",
        ),
        (
            {"source": GRAY, "data": PHOTOS, "source_test": GRAY},
            "",
            "must hold both of source_test and data_test, or neither; it holds source_test",
        ),
        (
            {"A": MASKS, "B": PHOTOS, "A_test": MASKS + 1, "B_test": PHOTOS},
            "#classes=3",
            r"A_test of .* must hold one number below 3 per pixel; .* with 3",
        ),
        (
            {"A": GRAY[:, :0], "B": PHOTOS[:, :0]},
            "",
            r"A of .* must hold images of one pixel or more; received \[12, 0, 8, 1\]\.",
        ),
        ({"A": GRAY[:, :, :0], "B": PHOTOS[:, :, :0]}, "#classes=3", "one pixel or more"),
        ({"A": MASKS, "B": PHOTOS}, "#masks=A", "must come with their number of classes"),
    ],
)
def test_other_arrays_are_refused(tmp_path, arrays, choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, choices, **arrays)
