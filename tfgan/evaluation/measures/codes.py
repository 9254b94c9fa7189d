"""Metrics of the codes and classes that a model reads from data, on held-out examples."""

import numpy as np

from tfgan import metrics, rng
from tfgan.evaluation.scores import Score

_MAX_COUNT = 5_000


def match(comparison):
    """Two tests of held-out codes against as many draws of the prior, for each part of the code."""
    codes = comparison.model.codes(comparison.held_out.data[:_MAX_COUNT])
    count = len(next(iter(codes.values())))
    prior = comparison.model.prior(count, rng.stream(comparison.seed, 0, "codes of the prior"))
    details, scores = {"held_out": count}, []
    for name, code in codes.items():
        draws = np.asarray(prior[name])
        energy = metrics.energy_two_sample(draws, code, seed=comparison.seed)
        scores.append(Score(f"{name}_energy", energy.distance, "lower", details=details))
        scores.append(Score(f"{name}_energy_p", energy.p_value, "higher", details=details))
        if name != comparison.model.category:  # a softmax is never exactly one-hot
            test = metrics.classifier_two_sample(draws, code)
            scores.append(Score(f"{name}_c2st_accuracy", test.accuracy, details=details))
            scores.append(Score(f"{name}_c2st_p", test.p_value, "higher", details=details))
    return scores


def category(comparison):
    """The error of the class on held-out examples.

    It is the classification_error of a model that was trained with labels, otherwise the
    clustering_error, where training examples name the clusters.
    """
    model, real, held_out = comparison.model, comparison.real, comparison.held_out
    code = model.classify(held_out.data)
    details = {"held_out": len(code)}
    if model.classifies_labels:
        return [_error("classification_error", np.mean(code.argmax(1) != held_out.label), details)]
    training = model.classify(real.data)
    classes = int(max(real.label.max(), held_out.label.max())) + 1
    errors = metrics.cluster_error(training, real.label, code, held_out.label, classes)
    details |= {"clusters": errors.clusters, "named_by": len(training)}
    return [
        _error("clustering_error", errors.error, details),
        _error("clustering_error_majority", errors.majority_error, details),
    ]


def _error(name, value, details):
    """A fraction of the held-out examples, with its binomial standard error."""
    deviation = np.sqrt(value * (1.0 - value) / details["held_out"])
    return Score(name, float(value), "lower", float(deviation), details)
