"""The modes that a generator covers: components of a known mixture, or a classifier's classes."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score


def modes(comparison):
    """The number of modes, and how evenly they are visited.

    Raises: ValueError, if there is neither a mixture nor a classifier.
    """
    if comparison.real.facts.mixture is not None:
        return _of_mixture(comparison)
    if comparison.fake.logits is None:
        raise ValueError(
            "The metric modes needs a classifier's logits or points of a known mixture "
            "(toy:ring, toy:grid); choose another extractor or omit the metric."
        )
    return _of_classes(comparison)


def _of_mixture(comparison):
    mixture = comparison.real.facts.mixture
    coverage = metrics.mode_coverage(comparison.fake.features, mixture.centers, mixture.std)
    return [
        Score("modes", coverage.modes, "higher", details={"of": len(mixture.centers)}),
        Score("high_quality", coverage.high_quality, "higher"),
        Score("modes_reverse_kl", coverage.reverse_kl, "lower"),
    ]


def _of_classes(comparison):
    """Relative to equal classes where they are known to be, else to those of training examples."""
    fake, real = (side.logits.argmax(axis=1) for side in (comparison.fake, comparison.real))
    classes = comparison.fake.logits.shape[1]
    reference = None if comparison.real.facts.has_equal_classes else real
    coverage = metrics.mode_coverage_of_labels(fake, classes, reference_labels=reference)
    histogram = (np.bincount(fake, minlength=classes) / len(fake)).tolist()
    return [
        Score("modes", coverage.modes, "higher", details={"of": classes, "histogram": histogram}),
        Score("modes_reverse_kl", coverage.reverse_kl, "lower"),
    ]
