"""Composed augmentations as values."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import augmentations
from tfgan.augmentations import ADA, APA, Adaptive, DiffAugment, Rising, augmentation, names

SEED = tf.constant([7, 1])
ALL = [DiffAugment(), ADA(names.GROUPS["ada"])]


def videos(count=3, frames=2, height=6, width=8, channels=3):
    return tf.random.stateless_uniform((count, frames, height, width, channels), [1, 2], -1.0, 1.0)


@pytest.mark.parametrize(
    "value",
    [
        DiffAugment(),
        DiffAugment(("cutout",), 0.5),
        ADA(),
        ADA(("noise", "blit"), 0.2),
        ADA(p=Adaptive(0.5, 100.0)),
        APA(),
        APA(p=Rising(0.3, 40)),
    ],
)
def test_a_value_has_a_name_from_which_it_is_made(value):
    assert augmentations.get(value.name) == value
    assert augmentations.get(value) is value


def test_no_augmentation_has_two_names():
    assert augmentations.get(None) is None and augmentations.get("none") is None


def test_groups_are_in_their_order_and_those_of_names():
    assert ADA(("color", "blit")).groups == ("blit", "color")
    for kind in (DiffAugment, ADA, APA):
        assert tuple(kind.transforms) == names.GROUPS[kind.kind]


@pytest.mark.parametrize("value", ALL)
def test_all_frames_of_a_video_change_alike(value):
    """Frames of equal pixels stay equal, also where the frames of others differ."""
    still = tf.repeat(videos()[:, :1], 3, axis=1)
    changed = np.array(value(still, SEED, 0.8, kinds=("places", "colors")))
    assert np.abs(changed - still).max() > 0.1
    np.testing.assert_allclose(changed, np.repeat(changed[:, :1], 3, axis=1), atol=1e-6)


@pytest.mark.parametrize("value", ALL)
def test_nothing_changes_with_p_0(value):
    for data in (videos(), videos()[:, 0]):
        np.testing.assert_array_equal(value(data, SEED, 0.0), data)


@pytest.mark.parametrize("value", ALL)
def test_a_group_draws_the_same_beside_other_groups(value):
    """So a source that moves alone moves as its target does."""
    x = videos()[:, 0]
    places = value(x, SEED, 1.0, kinds=("places",))
    moving = {g for g, ts in value.transforms.items() if ts[0].kind == "places"}
    alone = type(value)(tuple(moving), 1.0)
    np.testing.assert_array_equal(alone(x, SEED, 1.0), places)


def test_data_that_are_not_pictures_are_refused():
    with pytest.raises(ValueError, match="ada changes images .* or videos; received shape"):
        ADA()(tf.zeros((4, 2)), SEED, 0.5)


@pytest.mark.parametrize("value", [3, ["ada"], DiffAugment])
def test_other_values_are_refused(value):
    with pytest.raises(ValueError, match="augmentation must be none, diffaugment, ada or apa"):
        augmentations.get(value)


def test_unknown_groups_are_refused():
    with pytest.raises(ValueError, match="groups must be some of color, translation, cutout"):
        augmentation.DiffAugment(("blit",))
