"""The table of metrics, and what each of them refuses."""

import pytest

from tfgan import choices, modalities
from tfgan.evaluation import check_can_select, measures


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


@pytest.mark.parametrize("name", ["c2st", "auth", "copying", "ms_ssim"])
def test_a_metric_without_a_better_side_selects_no_state(name):
    check_can_select("fd")
    with pytest.raises(ValueError, match=f"The metric {name} cannot decide which state"):
        check_can_select(name)
