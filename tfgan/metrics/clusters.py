"""The agreement of clusters or codes, learned without labels, with classes.

>>> from tfgan import metrics
>>> known, test = [[0.9, 0.1], [0.2, 0.8]], [[0.7, 0.3], [0.6, 0.4]]
>>> metrics.cluster_error(known, [5, 3], test, [5, 3], classes=6).error
0.5
>>> metrics.cluster_agreement([2, 2, 0, 0], [1, 1, 0, 0]).accuracy
1.0
"""

import dataclasses

import numpy as np

from tfgan.metrics.information import contingency, entropy, mutual_information
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


@dataclasses.dataclass(frozen=True)
class ClusterAgreement:
    """How far clusters are classes.

    Attributes:
      nmi: float in 0..1, 2 I(c; y) / (H(c) + H(y)); 0 if all clusters or all labels are the same.
      accuracy: float in 0..1, after the matching of clusters to different classes that is best.
      mutual_information: float, I(c; y) in nats.
      class_of: dict, the matched class by cluster; clusters without one are missing.
    """

    nmi: float
    accuracy: float
    mutual_information: float
    class_of: dict


def cluster_agreement(cluster, label):
    """Compares clusters with labels, whatever the order of the clusters: ClusterAgreement.

    The matching is found by the Hungarian method, from the examples themselves; examples of
    clusters that are left over are errors.

    Args:
      cluster: int `[count]`, 0 or more.
      label: int `[count]`, 0 or more.
    Raises: ImportError without SciPy.
    Source: Strehl & Ghosh 2002, https://www.jmlr.org/papers/v3/strehl02a.html, here with the mean
      of the entropies; Kuhn 1955, https://doi.org/10.1002/nav.3800020109.
    """
    try:
        from scipy import optimize
    except ImportError as error:
        raise ImportError("cluster_agreement needs SciPy: pip install scipy.") from error
    counts = contingency(cluster, label)
    information = mutual_information(counts)
    total = entropy(counts.sum(axis=1)) + entropy(counts.sum(axis=0))
    rows, columns = optimize.linear_sum_assignment(counts, maximize=True)
    return ClusterAgreement(
        nmi=2.0 * information / total if total else 0.0,
        accuracy=float(counts[rows, columns].sum() / counts.sum()),
        mutual_information=information,
        class_of=dict(zip(rows.tolist(), columns.tolist(), strict=True)),
    )


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
