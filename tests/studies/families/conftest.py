"""A comparison of two families with made numbers."""

import numpy as np
import pytest

from tfgan.studies.families import comparison, verdicts


def scores(distance):
    fd = {"value": distance, "standard_error": None, "better": "lower", "of": None}
    modes = {"value": 9.0, "standard_error": None, "better": "higher", "of": 10}
    return {"as stored": {"fd_digits": fd, "modes": modes}, "black and white": {"fd_digits": fd}}


@pytest.fixture
def results():
    """A `comparison.Comparison` of a VAE and an adversarial autoencoder."""
    code = {"accuracy": 0.9, "standard_error": 0.01, "count": 1000, "dimensions": 20}
    gain = {"gain_over_pixels": 0.1, "gain_error": 0.01}
    nats = {"nats": -99.0, "standard_error": 1.0, "shared_error": 0.0, "kind": "lower bound"}
    sampling = {"count": 50, "ms_per_1000": 1234.0, "cpu_ms_per_1000": 900.0}
    measured = {
        "vae": {
            "abstraction": code | gain,
            "log_prob": nats,
            "sampling": sampling | {"sequential_passes": 1},
            "samples": scores(7.0),
        },
        "aae": {
            "abstraction": {"sentence": "No | code."},
            "log_prob": {"sentence": "No density."},
            "sampling": sampling | {"sequential_passes": 1000},
            "samples": scores(float("inf")),
        },
    }
    reference = {"abstraction": code, "samples": scores(0.5)}
    record = {"steps": 1000, "examples": 64_000, "seconds": 9.6, "cpu_seconds": 8.4, "weights": 7}
    facts = {
        "budget": "60 s of training", "data": "mnist5k", "seed": 0, "cores": 2, "count": 50,
        "training_examples": 4500, "versions": {"keras": "3"},
    }  # fmt: skip
    return comparison.Comparison(
        facts=facts,
        measured=measured,
        reference=reference,
        training=dict.fromkeys(measured, record),
        verdicts=verdicts.verdicts(measured, reference),
        samples={"Real examples": np.zeros((2, 4, 4, 1), np.uint8)},
    )
