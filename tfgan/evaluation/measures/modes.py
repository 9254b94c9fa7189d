"""Which modes a generator has found: components of a known mixture, or a classifier's classes."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score


def modes(comparison):
    """The modes found and how evenly they are visited.

    Raises: ValueError, if there is neither a mixture nor a classifier.
    """
    if comparison.real.facts.mixture is not None:
        return _of_mixture(comparison)
    if comparison.fake.logits is None:
        raise ValueError(
            "The metric modes needs a classifier's logits or points of a known mixture "
            "(toy:ring, toy:grid); choose another extractor or leave it out."
        )
    return _of_classes(comparison)


def _of_mixture(comparison):
    mixture = comparison.real.facts.mixture
    found = metrics.mode_coverage(comparison.fake.features, mixture.centers, mixture.std)
    return [
        Score("modes", found.modes, "higher", details={"of": len(mixture.centers)}),
        Score("high_quality", found.high_quality, "higher"),
        Score("modes_reverse_kl", found.reverse_kl, "lower"),
    ]


def _of_classes(comparison):
    """Against the classes that the same classifier sees in the training examples."""
    fake, real = (side.logits.argmax(axis=1) for side in (comparison.fake, comparison.real))
    classes = comparison.fake.logits.shape[1]
    found = metrics.mode_coverage_of_labels(fake, classes, reference_labels=real)
    histogram = (np.bincount(fake, minlength=classes) / len(fake)).tolist()
    return [
        Score("modes", found.modes, "higher", details={"of": classes, "histogram": histogram}),
        Score("modes_reverse_kl", found.reverse_kl, "lower"),
    ]
