import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities
from tfgan.data import ArraySource, DataSpec
from tfgan.data.sources import pairs

from .sources.numbered import first_batches, ids, images

MASKS = modalities.Masks(("ground", "sky", "sea"))


def ramps(count, height=16, width=16):
    """Images whose pixel (i, j) is 8 i + j, all equal."""
    image = 8 * np.arange(height)[:, None] + np.arange(width)
    return np.tile(image[None, :, :, None], (count, 1, 1, 1)).astype(np.uint8)


def of_ids(source, count=20, **options):
    batches = first_batches(source, count, 10, seed=4, **options)
    return {name: np.concatenate([each[name] for each in batches]) for name in batches[0]}


def pair(data, source, modality=None):
    return pairs.Paired(
        "pairs", ArraySource("b", data), ArraySource("a", source, modality=modality)
    )


def test_both_images_of_a_pair_are_mirrored_together():
    batch = of_ids(pair(images(10), images(10, height=5)), flip=True)
    is_mirrored = batch["data"][:, 0, -1, 0] == 255
    assert 0.35 < is_mirrored.mean() < 0.65
    np.testing.assert_array_equal(batch["source"][:, 0, -1, 0] == 255, is_mirrored)


def test_unpaired_images_are_mirrored_apart():
    both = pairs.Unpaired("two", ArraySource("b", images(10)), ArraySource("a", images(10)))
    batch = of_ids(both, flip=True)
    first, second = (batch[name][:, 0, -1, 0] == 255 for name in ("data", "source"))
    assert 0.3 < (first == second).mean() < 0.7


def test_a_pair_is_moved_by_one_offset():
    data = ramps(10)
    batch = of_ids(pair(data, data), jitter=True)
    np.testing.assert_array_equal(batch["data"], batch["source"])
    corners = {int(image[8, 8, 0]) for image in batch["data"]}
    assert len(corners) > 3  # of the 3 x 3 places in 18 x 18


def test_a_moved_image_is_a_crop_of_the_image_enlarged_by_286_256ths():
    source = ArraySource("ramps", ramps(10))
    batch = of_ids(source, jitter=True)["data"]
    # Bicubic interpolation is exact for a ramp, away from the border.
    where = (np.arange(18) + 0.5) * 16 / 18 - 0.5
    large = np.round(8 * where[:, None] + where)
    for image in batch[:, 4:12, 4:12, 0]:
        gaps = [
            np.abs(large[top : top + 8, left : left + 8] - image.astype(int)).max()
            for top in range(4, 7)
            for left in range(4, 7)
        ]
        assert min(gaps) <= 1


def test_a_moved_mask_holds_its_own_classes_alone():
    masks = np.zeros((10, 8, 8, 1), np.uint8)
    masks[:, 3:6, 2:5] = 2  # an average would be 1
    batch = of_ids(pair(ramps(10, 8, 8), masks, MASKS), jitter=True)
    assert set(np.unique(batch["source"])) == {0, 2}
    assert batch["source"].shape[1:] == (8, 8, 1)


def test_views_continue_where_a_run_was_stopped():
    source = pair(ramps(10), images(10, 16, 16))
    whole = first_batches(source, 4, 4, seed=1, flip=True, jitter=True)
    rest = first_batches(source, 2, 4, seed=1, flip=True, jitter=True, start=2)
    for one, other in zip(whole[2:], rest, strict=True):
        for name in one:
            np.testing.assert_array_equal(one[name], other[name])


def test_the_views_of_all_workers_are_those_of_one():
    source = pair(ramps(12), images(12, 16, 16))
    whole = first_batches(source, 3, 6, seed=1, flip=True, jitter=True)
    slices = [
        first_batches(source, 3, 6, seed=1, flip=True, jitter=True, worker=(w, 3)) for w in range(3)
    ]
    for number, batch in enumerate(whole):
        for name, rows in batch.items():
            together = np.concatenate([each[number][name] for each in slices])
            np.testing.assert_array_equal(together, rows)


def test_a_moved_constant_stays_what_it_is():
    source = ArraySource("numbers", images(10, 8, 8))
    moved = of_ids(source, jitter=True)["data"][:, 4, 5, 0]
    assert moved.tolist() == ids(first_batches(source, 20, 10, seed=4)).tolist()


@pytest.mark.parametrize("view", ["flip", "jitter"])
def test_views_are_for_images_and_masks(view):
    points = ArraySource("points", np.zeros((8, 2), np.float32))
    with pytest.raises(ValueError, match=f"{view} is for images; points holds points"):
        points.batches(4, seed=0, **{view: True})


def test_views_do_not_change_the_form_of_a_batch():
    spec = DataSpec((16, 16, 1), conditions={"source": DataSpec((16, 16, 3), MASKS)})
    source = pair(ramps(10), np.zeros((10, 16, 16, 1), np.uint8), MASKS)
    assert source.spec == spec
    form = source.batches(4, seed=0, flip=True, jitter=True).element_spec
    for name in ("data", "source"):
        assert form[name].shape == (4, 16, 16, 1) and form[name].dtype == tf.uint8
