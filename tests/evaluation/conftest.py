"""A generator of digits without a network: it hands out images by their numbers."""

import numpy as np
import pytest

from tfgan.data import open_source


class Dealer:
    """A stand-in for a model: sample i is image i of an array."""

    latent_shapes = code_shapes = condition_specs = {}  # noqa: RUF012
    category = None

    def __init__(self, data, label=None):
        self.data, self.label = data, label
        self.classes = None if label is None else int(label.max()) + 1
        self.calls = []

    def sample(self, count, *, seed=0, start=0, label=None, truncation=None):
        self.calls.append((count, start))
        rows = np.arange(start, start + count) % len(self.data)
        batch = {"data": self.data[rows]}
        if self.classes:
            batch["label"] = self.label[rows] if label is None else np.asarray(label, np.int32)
        return batch


@pytest.fixture(scope="session")
def digits():
    """The source mnist5k."""
    return open_source("mnist5k")


@pytest.fixture(scope="session")
def arrays(digits):
    """(training data, their labels, held-out data)."""
    parts = [list(part.examples()) for part in (digits, digits.held_out)]
    data, held_out = (np.concatenate([b["data"] for b in part]) for part in parts)
    return data, np.concatenate([batch["label"] for batch in parts[0]]), held_out


@pytest.fixture(scope="session")
def deal():
    """The class Dealer."""
    return Dealer


@pytest.fixture(scope="session")
def noise():
    """600 images of noise."""
    return np.random.default_rng(0).integers(0, 256, (600, 28, 28, 1), np.uint8)
