"""The classifier of a source's data."""

import numpy as np
import pytest

from tfgan import data, extractors
from tfgan.runs.latent_tools import classifier


@pytest.fixture(scope="module")
def digits():
    return classifier.of(data.open_source("toy:textures"), extractors.open_extractor("digits"))


def test_labels_are_those_of_the_largest_logit(digits):
    images = np.random.default_rng(0).integers(0, 256, (5, 28, 28, 1), np.uint8)
    expected = digits.extractor(images).logits.argmax(axis=1)
    assert digits(images).tolist() == expected.tolist()
    np.testing.assert_array_equal(digits.one_hot(images), np.eye(10)[expected])


def test_a_probe_needs_two_classes(digits):
    images = np.random.default_rng(0).integers(0, 256, (9, 28, 28, 1), np.uint8)
    label = digits(images)[0]
    one = np.repeat(images[:1], 3, axis=0)
    with pytest.raises(ValueError, match=f"the classifier predicts {label} for all 3"):
        digits.probe_target(one)
    different = np.concatenate([one, images[digits(images) != label], 0 * one])
    if len(set(digits(different))) > 1:
        np.testing.assert_array_equal(digits.probe_target(different), digits.one_hot(different))


def test_classes_without_names_in_the_data_are_numbers(digits):
    assert digits.class_names == tuple("0123456789") and digits.number("7") == 7
    with pytest.raises(ValueError, match="The class must be one of"):
        digits.number("cat")


def test_an_extractor_without_logits_is_refused():
    source = data.open_source("toy:ring")
    for extractor in (None, extractors.open_extractor("points")):
        with pytest.raises(ValueError, match="extractor must be a classifier, such as digits"):
            classifier.of(source, extractor)
