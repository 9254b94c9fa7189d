"""The log-likelihood of real examples, for models with a density."""

import math

import numpy as np

from tfgan.evaluation.scores import Score
from tfgan.likelihoods import LogLikelihood

_NEGATED = {"lower bound": "upper bound"}


def of_model(comparison):
    """The mean log-likelihood of held-out examples, in nats and as bits per dimension.

    That of as many training examples is in the details: much larger, it shows overfitting.

    Raises: ValueError, if the model has no density.
    """
    held_out = comparison.held_out.data
    training = comparison.real.data[: len(held_out)]
    both = comparison.model.log_prob(np.concatenate([held_out, training]), seed=comparison.seed)
    parts = [
        LogLikelihood(nats, both.kind, both.shared_error)
        for nats in (both.nats[: len(held_out)], both.nats[len(held_out) :])
    ]
    dimensions = math.prod(held_out.shape[1:])
    in_bits = 1.0 / (dimensions * math.log(2.0))
    bits = [part.bits_per_dimension(dimensions) for part in parts]
    negated = _NEGATED.get(both.kind, both.kind)
    return [
        _score("log_likelihood_nats", "higher", both.kind, parts, [p.mean for p in parts], 1.0),
        _score("bits_per_dimension", "lower", negated, parts, bits, in_bits),
    ]


def _score(name, better, kind, parts, values, scale):
    """A score whose errors are those of the likelihoods in nats, times `scale`."""
    held_out, training = parts
    details = {
        "held_out": len(held_out.nats),
        "shared_error": held_out.shared_error * scale,
        "training": {
            "count": len(training.nats),
            "value": values[1],
            "standard_error": training.standard_error * scale,
        },
    }
    return Score(name, values[0], better, held_out.standard_error * scale, details, kind)
