"""Metrics of autoencoders: do the codes of new data look like the prior, and do they tell classes?

New data are the held-out examples: on training data the encoder may do better than it is.
"""

import numpy as np

from tfgan import metrics, rng
from tfgan.evaluation.figures import Figure

_MOST = 5_000


def match(comparison):
    """Two tests of held-out codes against as many draws of the prior, for each part of the code.

    The energy distance looks at the whole, the nearest neighbour at the closest look; a p-value
    above 0.01 is a prior that the codes cannot be told from at that level.

    Raises: ValueError for a model whose codes have no prior.
    """
    codes = _codes(comparison, comparison.held_out.data[:_MOST], "codes")
    count = len(next(iter(codes.values())))
    drawn = comparison.model.prior(count, rng.stream(comparison.seed, 0, "codes of the prior"))
    figures = []
    for name, code in codes.items():
        prior = np.asarray(drawn[name])
        energy = metrics.energy_two_sample(prior, code, seed=comparison.seed)
        figures.append(
            Figure(f"{name}_energy", energy.distance, "lower", details={"p_value": energy.p_value})
        )
        figures.append(Figure(f"{name}_energy_p", energy.p_value, "higher"))
        if name != comparison.model.category:  # a softmax is never quite one-hot
            nearest = metrics.classifier_two_sample(prior, code)
            details = {"p_value": nearest.p_value, "count": count}
            figures.append(Figure(f"{name}_c2st_accuracy", nearest.accuracy, details=details))
    return figures


def category(comparison):
    """The error on held-out examples of the part of the code that is a distribution over classes.

    Of a model that was told labels, classification_error; of one that was not, clustering_error:
    the clusters are then named by training examples.

    Raises: ValueError for a model without such a part, or data without labels.
    """
    model, real, held_out = comparison.model, comparison.real, comparison.held_out
    name = getattr(model, "category", None)
    if name is None or held_out.label is None:
        raise ValueError("The metric category needs a model with a class code, and labelled data.")
    test = _codes(comparison, held_out.data, "category")[name]
    if model.classes:
        error = float(np.mean(test.argmax(axis=1) != held_out.label))
        deviation = np.sqrt(error * (1.0 - error) / len(test))
        return [Figure("classification_error", error, "lower", float(deviation))]
    known = _codes(comparison, real.data, "category")[name]
    classes = int(max(real.label.max(), held_out.label.max())) + 1
    found = metrics.cluster_error(known, real.label, test, held_out.label, classes)
    deviation = np.sqrt(found.error * (1.0 - found.error) / len(test))
    details = {"clusters": found.clusters, "known": len(known)}
    return [
        Figure("clustering_error", found.error, "lower", float(deviation), details),
        Figure("clustering_error_majority", found.majority_error, "lower", details=details),
    ]


def _codes(comparison, data, metric):
    if not hasattr(comparison.model, "codes"):
        raise ValueError(f"The metric {metric} needs an autoencoder whose codes have a prior.")
    return comparison.model.codes(data, raw_weights=comparison.raw_weights)
