"""Metrics of conditional models."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score
from tfgan.extractors import classifier_training


def label(comparison):
    """The fraction of samples for which the extractor's classifier predicts their label.

    Raises: ValueError, if the classifier has other classes.
    """
    fake = comparison.fake
    classes = fake.logits.shape[1]
    if int(fake.label.max()) >= classes:
        raise ValueError(
            f"The samples have labels up to {fake.label.max()}; the extractor's classifier has "
            f"{classes} classes."
        )
    accuracy = metrics.label_accuracy(fake.logits.argmax(axis=1), fake.label, classes)
    details = {"per_class": [float(share) for share in accuracy.per_class]}
    return [Score("label_accuracy", accuracy.accuracy, "higher", details=details)]


def diversity(comparison):
    """The mean distance of two samples of a class, over that of two of its real examples.

    In the extractor's features; the mean of the classes and the least of them. 1: as diverse as the
    training examples; a generator that makes one sample per class has 0, and every label right.
    """
    real, fake = comparison.real, comparison.fake
    classes = int(max(real.label.max(), fake.label.max())) + 1
    sides = ((side.features, side.label) for side in (real, fake))
    score = metrics.class_diversity(*sides, classes)
    details = {"per_class": [None if np.isnan(each) else each for each in score.per_class.tolist()]}
    return [
        Score("class_diversity", score.mean, details=details),
        Score("class_diversity_least", score.least),
    ]


def classification(comparison):
    """The classification accuracy score: train on samples, test on held-out real examples."""
    real, fake, held_out = comparison.real, comparison.fake, comparison.held_out
    classes = int(max(real.label.max(), held_out.label.max(), fake.label.max())) + 1
    count = min(real.count, fake.count)
    score = metrics.classification_accuracy_score(
        classifier_training.classifier(classes, seed=comparison.seed),
        (fake.data[:count], fake.label[:count]),
        (real.data[:count], real.label[:count]),
        (held_out.data, held_out.label),
        classes,
    )
    details = {"real_accuracy": score.real_accuracy, "count": count}
    return [Score("cas", score.accuracy, "higher", details=details)]
