"""How well a label can be read linearly from a code, measured on held-out examples.

Multinomial logistic regression minimizes

  mean_i -log softmax(W [x_i, 1])_{y_i} + (l2 / 2) ||W without the bias||^2

over codes x with mean 0 and standard deviation 1 on the training examples.
"""

import dataclasses
import math

import numpy as np

_L2 = 1e-2


@dataclasses.dataclass(frozen=True)
class Probe:
    """Whether each held-out label was predicted, bool `[n]`, and the dimensions of a code."""

    correct: np.ndarray
    dimensions: int

    @property
    def accuracy(self):
        """The fraction of correct predictions: float."""
        return float(self.correct.mean())

    @property
    def standard_error(self):
        """Of the accuracy: sqrt(a (1 - a) / n)."""
        return math.sqrt(self.accuracy * (1.0 - self.accuracy) / len(self.correct))

    def gain_over(self, other):
        """(accuracy - other's, its standard error) on the same held-out examples, as pairs."""
        gains = self.correct.astype(float) - other.correct
        return float(gains.mean()), float(gains.std(ddof=1) / math.sqrt(len(gains)))


def run(codes, labels, held_out_codes, held_out_labels):
    """Trains the classifier on codes `[n, ...]` with labels `[n]`, applies it to others: Probe."""
    codes, held_out_codes = _flat(codes), _flat(held_out_codes)
    predicted = classifier(labels).fit(codes, labels).predict(held_out_codes)
    return Probe(predicted == held_out_labels, codes.shape[1])


def classifier(labels, *, l2=_L2, tolerance=1e-6):
    """A scikit-learn pipeline that standardizes codes and minimizes the loss above.

    Args:
      labels: int `[n]`, of the training examples.
      l2: float, the weight of the squared norm; it keeps the minimum finite.
      tolerance: float, of every component of the gradient at the end.
    """
    from sklearn import dummy, linear_model, pipeline, preprocessing

    if np.all(labels == labels[0]):
        return dummy.DummyClassifier()
    # scikit-learn weighs the sum of the examples' losses against the norm.
    model = linear_model.LogisticRegression(
        C=1.0 / (l2 * len(labels)), tol=tolerance, max_iter=5000
    )
    return pipeline.make_pipeline(preprocessing.StandardScaler(), model)


def _flat(rows):
    return np.asarray(rows, np.float64).reshape(len(rows), -1)
