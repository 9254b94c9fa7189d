"""The extractor and the metrics that suit a source."""

import types

import numpy as np
import pytest

from tfgan import modalities
from tfgan.data import describe_name, open_source
from tfgan.evaluation import Evaluator, FeatureSet, defaults, example_sets

from . import translating


def classifier(classes):
    return types.SimpleNamespace(classes=classes)


def model(classes=None, conditions=(), **has):
    lacks = {"has_cycle": False, "category": None}
    specs = dict.fromkeys(conditions)
    return types.SimpleNamespace(classes=classes, condition_specs=specs, **lacks | has)


@pytest.mark.parametrize(
    ("name", "extractor", "metric"),
    [
        ("mnist5k", "digits", "fd"),
        ("toy:ring", "points", "fd"),
        ("toy:sentences", "", "ngrams"),
        ("toy:bouncing", "", "motion"),
    ],
)
def test_every_kind_of_data_has_an_extractor_or_a_metric_without_one(name, extractor, metric):
    source = open_source(name)
    assert defaults.extractor_name(source.spec.modality, source.facts) == extractor
    assert defaults.selection_metric("", source, model()) == metric
    assert defaults.expected_selection_metric("", *describe_name(name)) == metric
    assert defaults.selection_metric("inception", source, model()) == "fd"


def test_metrics_follow_what_an_extractor_gives(digits):
    assert defaults.metrics_for(digits, classifier(10), model(10))[-3:] == [
        "modes",
        "labels",
        "diversity",
    ]
    assert "diversity" not in defaults.metrics_for(digits, classifier(10), model())
    assert defaults.metrics_for(digits, classifier(None), model(10))[-1] == "diversity"
    assert "labels" not in defaults.metrics_for(digits, classifier(10), model())
    assert "labels" not in defaults.metrics_for(digits, classifier(1008), model(10))
    assert "modes" not in defaults.metrics_for(digits, classifier(None), model(10))
    assert "modes" in defaults.metrics_for(open_source("toy:grid"), classifier(None), model())
    assert "grammar" in defaults.metrics_for(open_source("toy:sentences"), None, model())


def test_what_a_model_classifies_is_compared_with_the_labels(digits):
    assert defaults.metrics_for(digits, classifier(10), model(category="label"))[-1] == "category"
    assert defaults.selection_metric("digits", digits, model(category="label")) == "fd"
    unlabeled = open_source("toy:swiss_roll")
    assert "category" not in defaults.metrics_for(unlabeled, None, model(category="code"))


def test_metrics_without_an_extractor_fit_the_size_of_images(tmp_path):
    def names(side):
        np.savez(tmp_path / "a.npz", data=np.zeros((20, side, side, 1), np.uint8))
        return defaults.metrics_without_extractor(open_source(f"arrays:{tmp_path}/a.npz").spec)

    assert names(16)[0] == names(8)[0] == "swd"
    assert "ms_ssim" in names(16) and "ms_ssim" not in names(8)
    assert names(4) == ["parzen"]


def test_metrics_of_two_sets_follow_what_they_hold(tmp_path):
    features = FeatureSet("f", 3, np.eye(3))
    statistics = FeatureSet("s", 3, statistics=features.moments)
    logits = FeatureSet("l", 3, np.eye(3), np.eye(3))
    examples = example_sets.Examples("toy:ring", open_source("toy:ring"))
    assert defaults.metrics_for_sets((features, statistics), None) == ["fd"]
    assert "modes" not in defaults.metrics_for_sets((features, logits), None)
    assert defaults.metrics_for_sets((logits, logits), None)[-1] == "modes"
    assert defaults.metrics_for_sets((logits, examples), classifier(3))[-1] == "modes"
    assert "modes" not in defaults.metrics_for_sets((logits, examples), classifier(None))


def test_weights_and_resizing_are_those_of_an_extractor():
    assert defaults.open_extractor() is None
    with pytest.raises(ValueError, match="--extractor_weights and --resize need --extractor"):
        defaults.open_extractor(resize="clean")
    points = defaults.open_extractor("", open_source("toy:ring"))
    assert points.identity["name"] == "points"


def test_the_evaluator_of_a_run_has_the_metrics_of_its_data(digits):
    data = {"image_size": None, "crop": "center", "channels": None, "source": "elsewhere"}
    evaluator = defaults.evaluator(digits, data, model(), [], None, count=30, seed=4)
    assert isinstance(evaluator, Evaluator) and evaluator.metrics[0] == "swd"
    record = defaults.provenance(evaluator, data)
    assert record["seed"] == 4 and record["extractor"] is None and record["quantised"]
    assert record["data"]["source"] == "mnist5k" and record["data"]["crop"] == "center"


def test_an_evaluator_of_what_the_model_lacks_is_refused(digits):
    data = {"image_size": None, "crop": "center", "channels": None, "source": "elsewhere"}
    with pytest.raises(ValueError, match="category needs a model with a class code"):
        defaults.evaluator(digits, data, model(), ["category"], None)


def test_points_are_their_own_features():
    assert defaults.extractor_name(modalities.Points, open_source("toy:ring").facts) == "points"


def test_translations_of_pairs_are_judged_by_their_masks_or_targets(monkeypatch):
    masks, translator = translating.pairs(), model(conditions=["source"])
    names = defaults.metrics_for(masks, None, translator)
    assert names[:4] == ["segmentation", "ssim", "l1", "psnr"] and names.count("segmentation") == 1
    assert "swd" in names and "cycle" not in names
    assert defaults.selection_metric("", masks, translator) == "segmentation"
    assert defaults.selection_metric("", translating.of_images(), translator) == "ssim"
    assert "labels" in defaults.metrics_for(
        translating.pairs(labels=3), classifier(3), model(conditions=["source"])
    )


def test_small_translations_have_no_similarity():
    small, translator = translating.of_images(side=8), model(conditions=["source"])
    assert defaults.selection_metric("", small, translator) == "l1"
    assert "ssim" not in defaults.metrics_for(small, None, translator)


def test_masks_as_results_have_no_errors_of_pixels():
    source, translator = translating.pairs(reverse=True), model(conditions=["source"])
    assert defaults.metrics_for(source, None, translator) == ["segmentation"]


def test_unpaired_translations_are_selected_by_a_distance():
    source = translating.unpaired()
    both_ways = model(conditions=["source"], has_cycle=True)
    assert defaults.selection_metric("", source, both_ways) == "swd"
    assert defaults.selection_metric("inception", source, both_ways) == "fd"
    names = defaults.metrics_for(source, None, both_ways)
    assert names[-2:] == ["segmentation", "cycle"] and "l1" not in names


def test_unpaired_masks_have_no_metric_that_selects():
    source = translating.unpaired(reverse_of_masks=True)
    with pytest.raises(ValueError, match="selects the best state for masks without a target; name"):
        defaults.selection_metric("", source, model(conditions=["source"]))


def test_a_model_that_ignores_the_source_is_judged_by_its_samples():
    assert defaults.metrics_for(translating.pairs(), None, model())[0] == "swd"
    assert defaults.selection_metric("", translating.pairs(), model()) == "swd"
