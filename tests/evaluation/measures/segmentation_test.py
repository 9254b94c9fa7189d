"""What a segmenter reads in translations, of images that show their class by brightness."""

import functools

import numpy as np
import pytest

from tfgan.evaluation import Evaluator
from tfgan.extractors import segmenter_training
from tfgan.modalities import Images

from ..translating import Translator, pairs, unpaired


@pytest.fixture(autouse=True)
def trainings(monkeypatch):
    """The number of trainings, which are short."""
    calls = []
    train = functools.partial(segmenter_training.train, steps=80)

    def counted(*args, **options):
        calls.append(options)
        return train(*args, **options)

    monkeypatch.setattr(segmenter_training, "train", counted)
    return calls


def scores(evaluator, model):
    return {result.score.name: result for result in evaluator.evaluate(model).results}


def test_a_segmenter_reads_right_and_wrong_translations(trainings):
    evaluator = Evaluator(pairs(), None, ["segmentation"], seed=3)
    right = scores(evaluator, Translator(lambda masks: 200 * masks + np.uint8(15)))
    wrong = scores(evaluator, Translator(lambda masks: 215 - 200 * masks))
    assert list(right) == ["mean_iou", "pixel_accuracy", "class_accuracy"]
    assert right["mean_iou"].score.value > 0.95 and right["mean_iou"].score.better == "higher"
    assert right["mean_iou"].real_baseline.value > 0.95
    assert wrong["pixel_accuracy"].score.value < 0.05
    assert trainings == [{"seed": 3}]  # once for all evaluations


def test_the_details_hold_the_scores_of_the_background_alone():
    source = pairs()
    [batch] = source.held_out.examples()
    share = np.mean(batch["source"] == 0)
    result = scores(
        Evaluator(source, None, ["segmentation"]), Translator(lambda masks: 200 * masks)
    )["mean_iou"]
    background = result.score.details["all_background"]
    assert background["pixel_accuracy"] == pytest.approx(share)
    assert background["mean_iou"] == pytest.approx(share / 2)
    assert set(result.score.details["iou"]) == {"dark", "bright"}
    assert "untranslated" not in result.score.details  # a mask is not an image


def test_of_two_domains_the_segmenter_learns_the_targets_and_reads_the_sources_too():
    evaluator = Evaluator(unpaired(), None, ["segmentation"])
    model = Translator(
        lambda images: np.where(images > 127, np.uint8(215), np.uint8(15)), kind=Images()
    )
    result = scores(evaluator, model)["mean_iou"]
    assert result.score.value > 0.95 and result.real_baseline.value > 0.95
    untranslated = result.score.details["untranslated"]
    assert untranslated["pixel_accuracy"] > 0.9  # a negative, too, is bright where it is bright


def test_results_that_are_masks_need_no_segmenter(trainings):
    model = Translator(lambda images: (images > 127).astype(np.uint8), kind=Images())
    result = scores(Evaluator(pairs(reverse=True), None, ["segmentation"]), model)["mean_iou"]
    assert result.score.value == 1.0 and result.real_baseline.value == 1.0
    assert trainings == []
