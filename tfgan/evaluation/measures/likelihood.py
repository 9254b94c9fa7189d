"""How probable a model finds real examples, for models that give a density."""

import math

import numpy as np

from tfgan.evaluation.scores import Score
from tfgan.likelihoods import LogLikelihood

_TURNED = {"lower bound": "upper bound"}  # of minus the log-likelihood


def of_model(comparison):
    """The mean log-likelihood of held-out examples, in nats and as bits per dimension.

    Beside it that of as many training examples: a model that knows these better has overfitted.

    Raises: ValueError, if the model gives no density.
    """
    held_out = comparison.held_out.data
    training = comparison.real.data[: len(held_out)]
    found = comparison.model.log_prob(np.concatenate([held_out, training]), seed=comparison.seed)
    ours, theirs = _parts(found, len(held_out))
    dimensions = math.prod(held_out.shape[1:])
    return [
        _figure("log_likelihood_nats", "higher", ours, theirs, lambda part: part.mean, 1.0),
        _figure(
            "bits_per_dimension",
            "lower",
            ours,
            theirs,
            lambda part: part.bits_per_dimension(dimensions),
            1.0 / (dimensions * math.log(2.0)),
        ),
    ]


def _parts(found, count):
    """What was found of the first `count` examples, and of the others."""
    return [
        LogLikelihood(nats, found.kind, found.shared_error)
        for nats in (found.nats[:count], found.nats[count:])
    ]


def _figure(name, better, held_out, training, value, scale):
    """A figure whose value is a function of the likelihood; its errors are nats times `scale`."""
    kind = held_out.kind if better == "higher" else _TURNED.get(held_out.kind, held_out.kind)
    details = {
        "held_out": len(held_out.nats),
        "shared_error": held_out.shared_error * scale,
        "training": {
            "count": len(training.nats),
            "value": value(training),
            "standard_error": training.standard_error * scale,
        },
    }
    error = held_out.standard_error * scale
    return Score(name, value(held_out), better, error, details, kind)
