"""Scores per class, worked by hand."""

import numpy as np

from tfgan import evaluation


def test_the_table_of_classes_has_a_line_a_class():
    draw = np.random.default_rng(0)
    label = np.arange(300) % 3
    real = evaluation.FeatureSet("r", 300, draw.standard_normal((300, 4)), label=label)
    logits = np.eye(3)[np.where(label == 2, 0, label)]
    fake = evaluation.FeatureSet("f", 300, real.features + 1.0, logits, label=label)
    lines = evaluation.per_class(real, fake, ["a", "b", "c"])
    assert [line["class"] for line in lines] == ["a", "b", "c"]
    assert [line["predicted_share"] for line in lines] == [2 / 3, 1 / 3, 0.0]
    assert [line["label_accuracy"] for line in lines] == [1.0, 1.0, 0.0]
    np.testing.assert_allclose([line["fd"] for line in lines], 4.0, rtol=1e-6)


def test_samples_without_labels_have_shares_alone():
    real = evaluation.FeatureSet("r", 6, np.zeros((6, 2)), label=np.arange(6) % 2)
    fake = evaluation.FeatureSet("f", 6, np.zeros((6, 2)), np.eye(2)[[0, 0, 0, 1, 1, 1]])
    [first, _] = evaluation.per_class(real, fake, ["a", "b"])
    assert first == {"class": "a", "training_share": 0.5, "predicted_share": 0.5}
