"""How much a code tells about the label: logistic regression on it, judged on held-out examples.

  min_W  mean_i -log softmax(W [x_i, 1])_{y_i} + (l2 / 2) ||W without the bias||^2

on codes x with mean 0 and standard deviation 1 over the training examples. The loss is convex, so
the answer depends on no learning rate and no seed.
"""

import dataclasses
import math

import numpy as np

_L2 = 1e-2
_TOLERANCE = 1e-3  # of every component of the gradient
_MOST_STEPS = 2000


@dataclasses.dataclass(frozen=True)
class Probe:
    """What a linear classifier read from codes.

    Attributes:
      right: bool `[n]`, of the held-out examples: whether their label was read.
      dimensions: int, of a code.
    """

    right: np.ndarray
    dimensions: int

    @property
    def accuracy(self):
        """The fraction of right answers: float."""
        return float(self.right.mean())

    @property
    def standard_error(self):
        """Of the accuracy: sqrt(a (1 - a) / n)."""
        return math.sqrt(self.accuracy * (1.0 - self.accuracy) / len(self.right))

    def gain_over(self, other):
        """(accuracy - other's, its standard error) on the same held-out examples, as pairs."""
        gains = self.right.astype(float) - other.right
        return float(gains.mean()), float(gains.std(ddof=1) / math.sqrt(len(gains)))


def run(codes, labels, held_out_codes, held_out_labels):
    """Trains the classifier on the codes of the training examples and asks it about the others.

    Args:
      codes, held_out_codes: float `[n, ...]`, `[m, ...]`; flattened.
      labels, held_out_labels: int `[n]`, `[m]`.
    Returns: Probe.
    """
    codes, held_out_codes = _flat(codes), _flat(held_out_codes)
    mean, deviation = codes.mean(axis=0), codes.std(axis=0)
    scale = np.where(deviation > 1e-6, deviation, np.inf)  # what never changes tells nothing
    codes, held_out_codes = (codes - mean) / scale, (held_out_codes - mean) / scale
    weights = fit(codes, labels, int(max(labels.max(), held_out_labels.max())) + 1)
    answers = (_with_bias(held_out_codes) @ weights).argmax(axis=1)
    return Probe(answers == held_out_labels, codes.shape[1])


def fit(codes, labels, classes, *, l2=_L2, tolerance=_TOLERANCE):
    """The minimum of the loss, by Nesterov's accelerated gradient, restarted where it turns back.

    Args:
      codes: float `[n, d]`.
      labels: int `[n]`, 0 .. classes - 1.
      classes: int.
      l2: float, the weight of the squared norm; it keeps the minimum finite.
      tolerance: float, of every component of the gradient at the end.
    Returns: float64 `[d + 1, classes]`, the bias in the last row.
    Source: O'Donoghue & Candes 2015, https://arxiv.org/abs/1204.3982, the gradient scheme.
    """
    x = _with_bias(np.asarray(codes, np.float64))
    targets = np.eye(classes)[labels]
    decay = np.full((x.shape[1], 1), l2)
    decay[-1] = 0.0
    # The Hessian of softmax's loss is at most 1/2, times the largest eigenvalue of the inputs.
    step = 1.0 / (0.5 * np.linalg.eigvalsh(x.T @ x / len(x))[-1] + l2)
    weights = ahead = np.zeros((x.shape[1], classes))
    momentum = 1.0
    for _ in range(_MOST_STEPS):
        gradient = x.T @ (_softmax(x @ ahead) - targets) / len(x) + decay * ahead
        if np.abs(gradient).max() < tolerance:
            break
        before, weights = weights, ahead - step * gradient
        if np.sum(gradient * (weights - before)) > 0.0:
            momentum = 1.0
        following = 0.5 * (1.0 + math.sqrt(1.0 + 4.0 * momentum**2))
        ahead = weights + (momentum - 1.0) / following * (weights - before)
        momentum = following
    return ahead


def _softmax(logits):
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def _with_bias(x):
    return np.concatenate([x, np.ones((len(x), 1))], axis=1)


def _flat(rows):
    return np.asarray(rows, np.float64).reshape(len(rows), -1)
