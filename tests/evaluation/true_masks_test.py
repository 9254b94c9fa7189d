"""Which pixels show which class, of every kind of pair."""

import numpy as np
import pytest

from tfgan.data import DataSpec
from tfgan.data.facts import Facts
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.pairs import Paired
from tfgan.evaluation import FeatureSet, true_masks
from tfgan.modalities import Images, Masks

MASKS = Masks(("ground", "shape"))
MASK = np.uint8([0, 1, 1, 0]).reshape(1, 2, 2, 1)
IMAGE = np.uint8([10, 90, 200, 30]).reshape(1, 2, 2, 1)


def side(data, kind, source, of_source, target=None, **options):
    kinds = {"source": of_source}
    return FeatureSet(
        "a", 1, data=data, modality=kind, conditions={"source": source}, target=target,
        condition_modalities=kinds, **options,
    )  # fmt: skip


def test_a_source_that_is_a_mask_is_the_truth():
    pair = side(IMAGE, Images(), MASK, MASKS, target=IMAGE)
    assert true_masks.of_samples(pair) is MASK and true_masks.of_examples(pair) is MASK
    assert true_masks.class_names(pair) == ["ground", "shape"]


def test_a_target_that_is_a_mask_is_the_truth():
    other = 1 - MASK
    samples = side(other, MASKS, IMAGE, Images(), target=MASK)
    assert true_masks.of_samples(samples) is MASK and true_masks.of_examples(samples) is other
    assert true_masks.class_names(samples) == ["ground", "shape"]


def test_a_known_function_gives_the_masks_of_unpaired_images():
    facts = Facts(mask_of=lambda images: (images > 50).astype(np.uint8))
    domains = side(IMAGE, Images(), 255 - IMAGE, Images(), facts=facts)
    assert true_masks.of_samples(domains).reshape(-1).tolist() == [1, 1, 1, 1]
    assert true_masks.of_examples(domains).reshape(-1).tolist() == [0, 1, 1, 0]
    assert true_masks.class_names(domains) == ["0", "1"]


@pytest.mark.parametrize(
    ("is_paired", "facts", "source", "known"),
    [
        (True, Facts(), MASKS, True),
        (False, Facts(), MASKS, False),
        (True, Facts(), Images(), False),
        (False, Facts(mask_of=np.sign), Images(), True),
    ],
)
def test_masks_are_known_of_pairs_with_masks_or_by_a_function(is_paired, facts, source, known):
    condition = DataSpec((2, 2, 2 if source == MASKS else 1), source)
    spec = DataSpec((2, 2, 1), conditions={"source": condition}, is_paired=is_paired)
    assert true_masks.are_known(spec, facts) == known
    assert not true_masks.are_known(DataSpec((2, 2, 1)), facts)


def test_pairs_of_images_and_masks_in_either_direction_have_known_masks():
    images, masks = ArraySource("i", IMAGE), ArraySource("m", MASK, modality=MASKS)
    for pair in ((images, masks), (masks, images)):
        assert true_masks.are_known(Paired("p", *pair).spec, Facts())
