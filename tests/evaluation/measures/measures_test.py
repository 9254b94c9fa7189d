"""The table of metrics, and what each of them refuses."""

import numpy as np
import pytest

from tfgan import choices, evaluation, modalities
from tfgan.evaluation import check_can_select, measures

from .. import translating


def test_every_metric_that_help_lists_is_measured():
    assert list(measures.MEASURES) == list(choices.METRICS)


def test_metrics_are_given_in_the_order_of_their_names():
    assert list(measures.by_name(["pr", "fd"])) == ["pr", "fd"]
    with pytest.raises(ValueError, match="must name one of fd, .*; received none"):
        measures.by_name([])
    with pytest.raises(ValueError, match="received 'ms_sim'. Did you mean 'ms_ssim'"):
        measures.by_name(["fd", "ms_sim"])


def test_a_metric_is_refused_for_data_that_it_is_not_defined_for():
    images, points = modalities.Images(), modalities.Points()
    measures.check_data("ms_ssim", "a", images, (16, 20, 1))
    with pytest.raises(ValueError, match="ms_ssim needs images of at least 16 x 16 pixels; a hold"):
        measures.check_data("ms_ssim", "a", images, (20, 15, 1))
    with pytest.raises(ValueError, match="The metric swd is for images; a holds points"):
        measures.check_data("swd", "a", points, (2,))


@pytest.mark.parametrize(
    ("name", "source", "sentence"),
    [
        ("l1", translating.unpaired(), "l1 needs a target for each source; .* are not paired"),
        ("segmentation", translating.of_images(), "needs the true class of each pixel, .* unknown"),
        ("cycle", translating.pairs()._target, "is for data with a source .*; images has none"),
        ("ssim", translating.of_images(8), "ssim needs images of at least 11 x 11 pixels"),
        ("psnr", translating.pairs(reverse=True), "The metric psnr is for images; .* holds masks"),
    ],
)
def test_a_metric_of_translations_is_refused_for_data_that_lack_what_it_needs(
    name, source, sentence
):
    with pytest.raises(ValueError, match=sentence):
        evaluation.Evaluator(source, None, [name])


def test_two_sets_are_not_enough_for_a_metric_of_translations():
    sides = [
        evaluation.FeatureSet(name, 2, data=np.zeros((2, 12, 12, 1), np.uint8)) for name in "ab"
    ]
    for name in ("l1", "segmentation", "cycle"):
        with pytest.raises(ValueError, match=f"The metric {name} needs a run"):
            evaluation.compare(*sides, [name])


@pytest.mark.parametrize("name", ["c2st", "auth", "copying", "ms_ssim", "diversity"])
def test_a_metric_without_a_better_side_selects_no_state(name):
    check_can_select("fd")
    with pytest.raises(ValueError, match=f"The metric {name} cannot decide which state"):
        check_can_select(name)
