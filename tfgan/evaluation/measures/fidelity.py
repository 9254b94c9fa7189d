"""Is each sample real enough, is every kind of example found, and is any of them copied?

These look at all pairs, so they take 10,000 examples a side at most.
"""

from tfgan import metrics
from tfgan.evaluation.scores import Score

_MOST = 10_000


def precision_and_recall(comparison):
    """Precision and recall at k = 3, on equally many examples of both sides."""
    real, fake = _equal(comparison)
    found = metrics.precision_recall(real, fake, k=3)
    details = {"k": 3, "count": len(real)}
    return [
        Score("precision", found.precision, "higher", details=details),
        Score("recall", found.recall, "higher", details=details),
    ]


def density_and_coverage(comparison):
    """Density and coverage at k = 5, on equally many examples of both sides."""
    real, fake = _equal(comparison)
    found = metrics.density_coverage(real, fake, k=5)
    details = {"k": 5, "count": len(real)}
    expected = {"expected": found.expected_coverage}
    return [
        Score("density", found.density, "higher", details=details),
        Score("coverage", found.coverage, "higher", details=details | expected),
    ]


def two_sample(comparison):
    """How often the nearest neighbor tells real from fake; 0.5 is a perfect generator."""
    real, fake = _equal(comparison)
    found = metrics.classifier_two_sample(real, fake)
    details = {
        "accuracy_real": found.accuracy_real,
        "accuracy_fake": found.accuracy_fake,
        "p_value": found.p_value,
    }
    return [Score("c2st_accuracy", found.accuracy, details=details)]


def authentic(comparison):
    """The share of samples that lie no nearer to a training example than another such example.

    Copies have a low one, but a bad model a high one, so only the floor tells what is good.
    """
    real, fake = comparison.real.first(_MOST), comparison.fake.first(_MOST)
    return [Score("authenticity", metrics.authenticity(real.features, fake.features))]


def copying(comparison):
    """The data-copying test: far below 0 the samples are nearer to training data than new data."""
    sets = [comparison.real, comparison.held_out, comparison.fake]
    found = metrics.copying_score(*(s.first(_MOST).features for s in sets), seed=comparison.seed)
    details = {"train": min(sets[0].count, _MOST), "held_out": min(sets[1].count, _MOST)}
    return [Score("copying_z", found.z, details=details)]


def _equal(comparison):
    count = min(comparison.real.count, comparison.fake.count, _MOST)
    return comparison.real.features[:count], comparison.fake.features[:count]
