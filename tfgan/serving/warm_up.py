"""A version is tried whole before clients see it: one request from its body to its answer."""

import numpy as np
import tensorflow as tf

from tfgan.failures import sentence
from tfgan.serving import page, predict_request, responses
from tfgan.serving.http_errors import Rejection

_BODY = b'{"instances": [{"seed": 0}]}'


def check(model):
    """Asks a model for a sample, calls its other signatures, and writes its page.

    The first call of a signature takes as long as many later ones, so this also spares the first
    clients that time. Models that tfgan did not export are not called: what they take is not known.

    Args:
      model: `served_model.Model`.
    Raises: ValueError: why the model cannot be served.
    """
    page.text(model, "model", 1)
    if model.facts is None:
        return
    try:
        _ask(model)
        _call_others(model.signatures)
    except Rejection as error:
        raise ValueError(f"it does not answer a request: {error.sentence}") from error
    except tf.errors.OpError as error:
        raise ValueError(f"it fails when it is called: {sentence(error.message)}") from error


def _ask(model):
    """One request for a sample, from the bytes of the request to those of the answer."""
    sampling = model.signatures.get("serving_default")
    if sampling is None or "seed" not in sampling.inputs:
        raise ValueError("it has no signature serving_default that takes a seed.")
    if ("label" in sampling.inputs) != bool(model.facts.get("classes")):
        raise ValueError(
            f"it has {model.facts.get('classes') or 'no'} classes by its facts, and its signature "
            f"takes {'a' if 'label' in sampling.inputs else 'no'} label."
        )
    asked = predict_request.parse(_BODY, model, 1)
    responses.encode(asked.signature(asked.inputs), asked.in_rows)


def _call_others(signatures):
    for name, signature in signatures.items():
        specs = signature.inputs
        known = all(spec.shape[1:].is_fully_defined() for spec in specs.values())
        if name != "serving_default" and signature.in_rows and known:
            signature({name: np.zeros((1, *spec.shape[1:])) for name, spec in specs.items()})
