"""Metrics of conditional models: labels are right, and a classifier learns from them."""

import numpy as np
import pytest

from tfgan import evaluation
from tfgan.data import open_source
from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import conditional
from tfgan.extractors import classifier_training, open_extractor

from ..translating import Translator


@pytest.fixture(scope="module")
def extractor():
    return open_extractor("digits")


def test_swapped_labels_are_seen(digits, extractor, arrays, deal):
    data, label, _ = arrays
    evaluator = evaluation.Evaluator(digits, extractor, ["labels"], count=300)
    fake = evaluation.collect(
        "swapped", [{"data": data[:300], "label": (label[:300] + 1) % 10}], extractor, 300
    )
    assert evaluator.compare(fake)[0].score.value < 0.05


def test_a_classifier_learns_from_samples(digits, extractor, arrays, deal, monkeypatch):
    def nearest_mean(classes, seed):
        def fit(data, label):
            means = np.stack([data[label == value].mean(0) for value in range(classes)])

            def predict(images):
                distance = [np.abs(images - mean).mean(axis=(1, 2, 3)) for mean in means]
                return np.argmin(distance, axis=0)

            return predict

        return fit

    monkeypatch.setattr(classifier_training, "classifier", nearest_mean)
    evaluator = evaluation.Evaluator(digits, extractor, ["cas"], count=600)
    data, label, _ = arrays
    scores = []
    for shift in (0, 1):
        batch = {"data": data[:600], "label": ((label + shift) % 10)[:600].astype(np.int32)}
        [result] = evaluator.compare(evaluation.collect("f", [batch], None, 600, keep_data=True))
        scores.append(result.score)
    assert scores[0].value == scores[0].details["real_accuracy"] > 0.5
    assert scores[1].value < 0.2


def test_the_labels_of_samples_are_compared_with_those_predicted():
    label = np.int32([0, 1, 2, 2])
    fake = FeatureSet("f", 4, logits=np.eye(3)[[0, 1, 2, 0]], label=label)
    [score] = conditional.label(Comparison(fake, fake))
    assert score.value == 0.75 and score.details == {"per_class": [1.0, 1.0, 0.5]}


def test_a_generator_of_one_digit_per_class_has_labels_but_no_diversity(digits, extractor, arrays):
    data, label, _ = arrays
    first = np.array([np.flatnonzero(label == number)[0] for number in range(10)])
    evaluator = evaluation.Evaluator(digits, extractor, ["labels", "diversity"], count=400)
    scores = {}
    for name, rows in (("real", np.arange(400, 800)), ("collapsed", first[label[:400]])):
        batch = {"data": data[rows], "label": label[rows]}
        scores[name] = evaluator.compare(evaluation.collect(name, [batch], extractor, 400))
    accuracy, mean, least = scores["collapsed"]
    assert accuracy.score.value == 1.0
    assert mean.score.value == least.score.value == 0.0 == max(mean.score.details["per_class"])
    mean, least = scores["real"][1:]
    assert 0.9 < mean.score.value < 1.1 and 0.7 < least.score.value <= mean.score.value
    assert 0.9 < mean.real_baseline.value < 1.1  # of the 500 held-out digits


def test_the_diversity_of_a_class_without_pairs_is_not_a_number_in_records():
    rows = FeatureSet("f", 4, np.float32([[0], [1], [5], [9]]), label=np.int32([0, 0, 1, 2]))
    mean, least = conditional.diversity(Comparison(rows, rows))
    assert mean.value == least.value == 1.0
    assert mean.details == {"per_class": [1.0, None, None]}


def test_a_translation_is_read_as_the_label_of_the_example_whose_source_it_is(extractor):
    source = open_source("edges:mnist5k")
    digits = np.concatenate([batch["data"] for batch in source.held_out.examples()])

    class Shifted(Translator):
        """Translates edges to their digit, or to a later one."""

        shift = 0

        def sample(self, count, *, start, source, **_):
            return {"data": np.roll(digits, self.shift, axis=0)[start : start + count]}

    evaluator, model = evaluation.Evaluator(source, extractor, ["labels", "fd"]), Shifted(None)
    right, distance = evaluator.evaluate(model).results
    assert right.score.value == right.real_baseline.value > 0.98 and right.fake_count == 500
    assert distance.score.value == distance.real_baseline.value
    model.shift = 1
    wrong, _ = evaluator.evaluate(model).results
    assert wrong.score.value < 0.25


def test_samples_with_other_classes_are_refused():
    fake = FeatureSet("f", 2, logits=np.eye(3)[:2], label=np.int32([0, 3]))
    with pytest.raises(ValueError, match="labels up to 3; .* 3 classes"):
        conditional.label(Comparison(fake, fake))
