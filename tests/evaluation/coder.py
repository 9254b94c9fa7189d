"""A stand-in for an autoencoder whose codes are known."""

import numpy as np

from tfgan import priors


class Coder:
    """A stand-in for an autoencoder: a given function is its encoder."""

    def __init__(self, code, name="latent", classes=None, category=None):
        self._code = code
        self._name = name
        self.classes = classes
        self.category = category
        self.classifies_labels = bool(classes and category)
        self.prior = priors.Categorical(10) if category else priors.Normal(2)
        [shape] = self.prior.shapes.values()
        self.code_shapes = {name: shape}

    def codes(self, data):
        return {self._name: self._code(data)}

    def classify(self, data):
        return self._code(data)


def normal(spread):
    def code(data):
        draws = np.random.default_rng(1).standard_normal((len(data), 2))
        return (spread * draws).astype(np.float32)

    return code
