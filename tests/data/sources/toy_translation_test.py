import numpy as np
import pytest

from tfgan.data import open_source
from tfgan.data.sources import toy_translation


@pytest.fixture(scope="module")
def textures():
    return toy_translation.textures(np.random.default_rng(0), 200)


def test_masks_have_the_four_classes(textures):
    data, mask = textures
    assert data.dtype == mask.dtype == np.uint8 and data.shape == mask.shape == (200, 32, 32, 1)
    assert np.unique(mask).tolist() == [0, 1, 2, 3]
    assert len(toy_translation.TEXTURES) == 4
    counts = np.bincount(mask.reshape(-1)) / mask.size
    assert counts[0] > 0.4 and (counts[1:] > 0.08).all()


def test_the_ground_is_one_gray(textures):
    data, mask = textures
    assert np.unique(data[mask == 0]).tolist() == [128]


def test_all_textures_have_the_same_mean_gray(textures):
    data, mask = textures
    means = [data[mask == number].mean() for number in range(4)]
    np.testing.assert_allclose(means, 127.5, atol=2.5)


@pytest.mark.parametrize(("number", "down", "right"), [(1, True, False), (2, False, True)])
def test_stripes_of_a_mask_run_as_they_are_called(textures, number, down, right):
    data, mask = textures
    inside = mask == number

    def changes(axis):  # between neighbors that are both of the class
        both = np.minimum(inside, np.roll(inside, 1, axis)).astype(bool)
        return np.abs(data.astype(int) - np.roll(data, 1, axis))[both].max()

    assert (changes(1) > 60, changes(2) > 60) == (down, right)


def test_a_texture_repeats_after_four_pixels(textures):
    data, mask = textures
    both = (mask == np.roll(mask, 4, 1)) & (mask > 0)
    both[:, :4] = False
    inside = np.abs(data.astype(int) - np.roll(data, 4, 1))[both]
    assert (inside <= 1).mean() > 0.9  # two shapes of one class may touch


def test_the_phase_of_each_picture_is_its_own():
    data, mask = toy_translation.textures(np.random.default_rng(1), 60)
    rows = [image[row == 1] for image, row in zip(data, mask, strict=True) if (row == 1).any()]
    assert len({values.max() for values in rows}) > 5


@pytest.mark.parametrize(("domain", "strong", "weak"), [("source", 0, 2), ("data", 2, 0)])
def test_each_domain_has_its_color(domain, strong, weak):
    images = toy_translation.stripes(np.random.default_rng(0), 50, domain)
    inside = toy_translation.stripes_mask(images)[..., 0] == 1
    assert images[inside][:, strong].mean() > 2 * images[inside][:, weak].mean()
    assert np.unique(images[~inside]).tolist() == [26]  # a tenth of white


@pytest.mark.parametrize(("domain", "axis"), [("source", 1), ("data", 0)])
def test_each_domain_has_its_stripes(domain, axis):
    images = toy_translation.stripes(np.random.default_rng(0), 50, domain)
    for image in images:
        center = image[12:20, 12:20].max(-1).astype(float)
        if center.min() > 64:  # inside of the shape
            assert np.ptp(center, axis=axis).max() == 0
            assert np.ptp(center, axis=1 - axis).min() > 50


def test_the_mask_of_stripes_is_the_shape_that_was_drawn():
    random, again = np.random.default_rng(3), np.random.default_rng(3)
    images = toy_translation.stripes(random, 40, "source")
    inside = toy_translation._shapes(again, 40)
    np.testing.assert_array_equal(toy_translation.stripes_mask(images)[..., 0], inside)


def test_both_sets_are_opened_with_what_is_known_of_them():
    textures, stripes = open_source("toy:textures"), open_source("toy:stripes")
    assert (textures.count, textures.held_out.count) == (4000, 400)
    assert textures.spec.conditions["source"].modality.class_names == toy_translation.TEXTURES
    assert (stripes.count, stripes.held_out.count) == (1000, 200)
    batch = next(stripes.held_out.examples(20))
    for name in ("data", "source"):
        assert stripes.facts.mask_of(batch[name]).shape == (20, 32, 32, 1)
    assert (batch["data"][..., 2].mean() > batch["data"][..., 0].mean()) and (
        batch["source"][..., 0].mean() > batch["source"][..., 2].mean()
    )
