import numpy as np
import pytest

from tfgan import metrics

# Cluster 0 holds examples 0 1 2, mostly of class 1, but the surest, 2, is of class 0.
KNOWN = np.array([[0.6, 0.4], [0.7, 0.3], [0.9, 0.1], [0.2, 0.8]])
LABEL = np.array([1, 1, 0, 2])


def test_a_cluster_is_named_after_its_surest_example_or_after_most():
    test = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.6, 0.4]])
    found = metrics.cluster_error(KNOWN, LABEL, test, np.array([0, 1, 2, 1]), classes=3)
    assert found.error == 0.5  # both examples of class 1 lie in the cluster named 0
    assert found.majority_error == 0.25  # now the one of class 0 lies in the cluster named 1
    assert found.clusters == 2


def test_a_cluster_without_examples_has_the_name_of_the_surest_outside_it():
    known = np.array([[0.6, 0.4], [0.9, 0.1]])
    found = metrics.cluster_error(known, [2, 1], [[0.0, 1.0]], [2], classes=3)
    assert (found.error, found.majority_error) == (0.0, 0.0)


def test_more_clusters_than_classes_may_share_a_name():
    known = np.eye(4)
    found = metrics.cluster_error(known, [0, 1, 0, 1], np.eye(4), [0, 1, 0, 1], classes=2)
    assert (found.error, found.clusters) == (0.0, 4)


def test_rows_that_are_no_probabilities_of_the_same_clusters_are_refused():
    with pytest.raises(ValueError, match="one row of probabilities per label"):
        metrics.cluster_error(KNOWN, LABEL, np.ones((1, 3)), [0], classes=3)
    with pytest.raises(ValueError, match="one row of probabilities per label"):
        metrics.cluster_error(KNOWN[:3], LABEL, KNOWN, LABEL, classes=3)
    with pytest.raises(ValueError, match="test_label must be 0 to 2"):
        metrics.cluster_error(KNOWN, LABEL, KNOWN, LABEL + 1, classes=3)
