"""Fidelity, diversity and copies of training examples."""

from tfgan import metrics
from tfgan.evaluation.scores import Score

_MAX_COUNT = 10_000  # of a set: these metrics compare all pairs


def precision_and_recall(comparison):
    """Precision and recall at k = 3, on equally many examples of both sets."""
    real, fake = _equally_many(comparison)
    result = metrics.precision_recall(real, fake, k=3)
    details = {"k": 3, "count": len(real)}
    return [
        Score("precision", result.precision, "higher", details=details),
        Score("recall", result.recall, "higher", details=details),
    ]


def density_and_coverage(comparison):
    """Density and coverage at k = 5, on equally many examples of both sets."""
    real, fake = _equally_many(comparison)
    result = metrics.density_coverage(real, fake, k=5)
    details = {"k": 5, "count": len(real)}
    expected = {"expected": result.expected_coverage}
    return [
        Score("density", result.density, "higher", details=details),
        Score("coverage", result.coverage, "higher", details=details | expected),
    ]


def two_sample(comparison):
    """The accuracy of the nearest neighbor in telling real from fake; 0.5 is the best."""
    real, fake = _equally_many(comparison)
    result = metrics.classifier_two_sample(real, fake)
    details = {
        "accuracy_real": result.accuracy_real,
        "accuracy_fake": result.accuracy_fake,
        "p_value": result.p_value,
    }
    return [Score("c2st_accuracy", result.accuracy, details=details)]


def authenticity(comparison):
    """The fraction of samples no nearer to a training example than another training example is.

    It is low for copies but high for a bad model: compare it with its baseline.
    """
    real, fake = comparison.real.first(_MAX_COUNT), comparison.fake.first(_MAX_COUNT)
    return [Score("authenticity", metrics.authenticity(real.features, fake.features))]


def copying(comparison):
    """The data-copying test: far below 0, samples are nearer to training data than new data are."""
    sides = comparison.real, comparison.held_out, comparison.fake
    sets = [side.first(_MAX_COUNT) for side in sides]
    result = metrics.copying_score(*(side.features for side in sets), seed=comparison.seed)
    details = {"train": sets[0].count, "held_out": sets[1].count}
    return [Score("copying_z", result.z, details=details)]


def _equally_many(comparison):
    count = min(comparison.real.count, comparison.fake.count, _MAX_COUNT)
    return comparison.real.features[:count], comparison.fake.features[:count]
