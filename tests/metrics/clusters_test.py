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


def test_agreement_does_not_depend_on_the_order_of_clusters():
    label = np.repeat(np.arange(10), 5)
    same = metrics.cluster_agreement((label * 7 + 3) % 10, label)
    assert same.accuracy == 1.0 and same.nmi == pytest.approx(1.0)
    assert same.mutual_information == pytest.approx(np.log(10))
    assert same.class_of == {(7 * y + 3) % 10: y for y in range(10)}


def test_agreement_of_two_merged_classes_by_hand():
    # Cluster 0 holds classes 0 and 1, cluster 1 nothing else than 2; cluster 2 is empty.
    merged = metrics.cluster_agreement([0, 0, 1, 1], [0, 1, 2, 2])
    assert merged.accuracy == 0.75  # one of the two classes is matched
    information, of_labels = np.log(2), 0.5 * np.log(2) + 0.5 * np.log(4)
    assert merged.nmi == pytest.approx(2 * information / (np.log(2) + of_labels))


def test_clusters_beyond_the_classes_are_errors_and_one_cluster_says_nothing():
    split = metrics.cluster_agreement([0, 1, 2, 2], [0, 0, 1, 1])
    assert split.accuracy == 0.75 and len(split.class_of) == 2
    one = metrics.cluster_agreement([0, 0, 0], [0, 1, 1])
    assert (one.nmi, one.mutual_information) == (0.0, 0.0)
    assert metrics.cluster_agreement([0, 0], [0, 0]).nmi == 0.0


def test_agreement_is_that_of_scikit_learn():
    from sklearn.metrics import normalized_mutual_info_score

    random = np.random.default_rng(0)
    cluster, label = random.integers(0, 6, 300), random.integers(0, 4, 300)
    label[cluster < 3] = cluster[cluster < 3]
    expected = normalized_mutual_info_score(cluster, label)
    assert metrics.cluster_agreement(cluster, label).nmi == pytest.approx(expected)
