"""The agreement of clusters, learned without labels, with classes.

>>> from tfgan import metrics
>>> known, test = [[0.9, 0.1], [0.2, 0.8]], [[0.7, 0.3], [0.6, 0.4]]
>>> metrics.cluster_error(known, [5, 3], test, [5, 3], classes=6).error
0.5
"""

import dataclasses

import numpy as np

from tfgan.metrics.labels import check_labels


@dataclasses.dataclass(frozen=True)
class ClusterError:
    """The error of clusters as classes.

    Attributes:
      error: float in 0..1, each cluster labeled by its most probable example.
      majority_error: float in 0..1, each cluster labeled by its most frequent class.
      clusters: int, those with a test example.
    """

    error: float
    majority_error: float
    clusters: int


def cluster_error(known, label, test, test_label, classes):
    """The fraction of test examples whose cluster has the label of another class: ClusterError.

    Labeled examples label a cluster by its most probable example, as in the paper, and by its most
    frequent label. An example belongs to its most probable cluster; a cluster without labeled
    examples has the first label in both.

    Args:
      known: float `[n, k]`, probabilities of the k clusters for labeled examples.
      label: int `[n]`, their labels.
      test: float `[m, k]`, probabilities for test examples.
      test_label: int `[m]`.
      classes: int; labels are 0 .. classes - 1.
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
    most_probable = label[known.argmax(axis=0)]
    counts = np.zeros((known.shape[1], classes), np.int64)
    np.add.at(counts, (known.argmax(axis=1), label), 1)
    majority = np.where(counts.any(axis=1), counts.argmax(axis=1), most_probable)
    cluster = test.argmax(axis=1)
    return ClusterError(
        float(np.mean(most_probable[cluster] != test_label)),
        float(np.mean(majority[cluster] != test_label)),
        len(np.unique(cluster)),
    )
