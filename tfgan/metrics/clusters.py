"""How well clusters that were found without labels agree with classes."""

import dataclasses

import numpy as np

from tfgan.metrics.labels import check_labels


@dataclasses.dataclass(frozen=True)
class ClusterError:
    """The error of clusters that were named after classes.

    Attributes:
      error: float in 0..1, each cluster named after the example that it is surest of.
      majority_error: float in 0..1, each cluster named after its most frequent class.
      clusters: int, how many hold a test example.
    """

    error: float
    majority_error: float
    clusters: int


def cluster_error(known, label, test, test_label, classes):
    """The share of test examples whose cluster is named after another class.

    A cluster is named by examples whose label is known, in two ways: after the label of the example
    with the highest probability of that cluster, as in the paper, and after the most frequent label
    of the examples that lie in it. An example lies in its most probable cluster; a cluster without
    known examples has the first name in both.

    Args:
      known: float `[n, k]`, probabilities of the k clusters of examples whose label is known.
      label: int `[n]`, their labels.
      test: float `[m, k]`, of the test examples.
      test_label: int `[m]`.
      classes: int; labels are 0 .. classes - 1.
    Returns: ClusterError.
    Raises: ValueError for labels out of range or other shapes.
    Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644, section 6.
    """
    known, test = np.asarray(known), np.asarray(test)
    label = check_labels("label", label, classes)
    test_label = check_labels("test_label", test_label, classes)
    if known.shape[:1] != label.shape or test.shape != (len(test_label), known.shape[-1]):
        raise ValueError(
            f"There must be one row of probabilities per label; received {list(known.shape)} for "
            f"{len(label)} and {list(test.shape)} for {len(test_label)} labels."
        )
    surest = label[known.argmax(axis=0)]
    held = np.zeros((known.shape[1], classes), np.int64)
    np.add.at(held, (known.argmax(axis=1), label), 1)
    majority = np.where(held.any(axis=1), held.argmax(axis=1), surest)
    cluster = test.argmax(axis=1)
    return ClusterError(
        float(np.mean(surest[cluster] != test_label)),
        float(np.mean(majority[cluster] != test_label)),
        len(np.unique(cluster)),
    )
