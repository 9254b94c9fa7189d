"""Metrics of autoencoders: do the codes of new data look like the prior, and do they tell classes?

New data are the held-out examples: on training data the encoder may do better than it is.
"""

import numpy as np

from tfgan import metrics, rng
from tfgan.evaluation.scores import Score

_MOST = 5_000


def match(comparison):
    """Two tests of held-out codes against as many draws of the prior, for each part of the code.

    The energy distance looks at the whole, the nearest neighbor at the closest look; a p-value
    above 0.01 is a prior that the codes cannot be told from at that level.

    Raises: ValueError for a model whose codes have no prior.
    """
    codes = _codes(comparison, comparison.held_out.data[:_MOST], "codes")
    count = len(next(iter(codes.values())))
    drawn = comparison.model.prior(count, rng.stream(comparison.seed, 0, "codes of the prior"))
    details, figures = {"held_out": count}, []
    for name, code in codes.items():
        prior = np.asarray(drawn[name])
        energy = metrics.energy_two_sample(prior, code, seed=comparison.seed)
        figures.append(Score(f"{name}_energy", energy.distance, "lower", details=details))
        figures.append(Score(f"{name}_energy_p", energy.p_value, "higher", details=details))
        if name != comparison.model.category:  # a softmax is never quite one-hot
            found = metrics.classifier_two_sample(prior, code)
            figures.append(Score(f"{name}_c2st_accuracy", found.accuracy, details=details))
            figures.append(Score(f"{name}_c2st_p", found.p_value, "higher", details=details))
    return figures


def category(comparison):
    """The error on held-out examples of the part of the code that is a distribution over classes.

    Of a model that was told labels, classification_error; of one that was not, clustering_error:
    the clusters are then named by training examples.

    Raises: ValueError for a model without such a part, or data without labels.
    """
    model, real, held_out = comparison.model, comparison.real, comparison.held_out
    name = model.category
    if name is None or held_out.label is None:
        raise ValueError("The metric category needs a model with a class code, and labelled data.")
    test = _codes(comparison, held_out.data, "category")[name]
    details = {"held_out": len(test)}
    if model.classes:
        return [_error("classification_error", np.mean(test.argmax(1) != held_out.label), details)]
    known = _codes(comparison, real.data, "category")[name]
    classes = int(max(real.label.max(), held_out.label.max())) + 1
    found = metrics.cluster_error(known, real.label, test, held_out.label, classes)
    details |= {"clusters": found.clusters, "named_by": len(known)}
    return [
        _error("clustering_error", found.error, details),
        _error("clustering_error_majority", found.majority_error, details),
    ]


def _error(name, value, details):
    """A share of held-out examples, with its binomial standard error."""
    deviation = np.sqrt(value * (1.0 - value) / details["held_out"])
    return Score(name, float(value), "lower", float(deviation), details)


def _codes(comparison, data, metric):
    if not comparison.model.code_shapes:
        raise ValueError(f"The metric {metric} needs an autoencoder whose codes have a prior.")
    return comparison.model.codes(data)
