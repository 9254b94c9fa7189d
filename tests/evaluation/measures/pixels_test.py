"""Metrics of pixels, of images whose scores are known."""

import numpy as np
import pytest

from tfgan import evaluation
from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import pixels


def side(images):
    return FeatureSet("a", len(images), data=images)


def scores(digits, metric, images):
    evaluator = evaluation.Evaluator(digits, None, [metric], count=len(images))
    fake = evaluation.collect("f", [{"data": images}], None, len(images), keep_data=True)
    return evaluator.compare(fake)[0].score


def test_equal_sets_have_no_sliced_distance(noise):
    [score] = pixels.sliced_wasserstein(Comparison(side(noise[:100]), side(noise[:100])))
    assert score.value == pytest.approx(0.0, abs=1e-6) and score.details["count"] == 100
    [other] = pixels.sliced_wasserstein(Comparison(side(noise[:100]), side(noise[:60] // 2)))
    assert other.value > 1.0 and other.details["count"] == 60


def test_copies_of_one_image_are_as_similar_as_can_be(arrays):
    same, different = np.repeat(arrays[0][:1], 20, axis=0), arrays[0][:20]
    [one], [other] = (pixels.similarity(Comparison(None, side(each))) for each in (same, different))
    assert one.value == pytest.approx(1.0) and other.value < 0.6
    assert one.details == {"pairs": 10}


def test_digits_make_digits_likelier_than_noise(digits, arrays, noise):
    likely, unlikely = (scores(digits, "parzen", each[:200]) for each in (arrays[0], noise))
    assert likely.name == "parzen_nats" and likely.value > unlikely.value
    assert likely.details["bandwidth"] > 0.0
