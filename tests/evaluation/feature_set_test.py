"""A set of examples, its features and their moments."""

import types

import numpy as np
import pytest

from tfgan import evaluation, modalities


def batches(*sizes):
    start = 0
    for size in sizes:
        numbers = np.arange(start, start + size)
        yield {"data": numbers[:, None].astype(np.float32), "label": numbers.astype(np.int32)}
        start += size


class Doubling:
    """An extractor: twice the data."""

    identity = {"name": "doubling"}  # noqa: RUF012

    def __call__(self, data):
        return types.SimpleNamespace(features=2.0 * data, logits=None)


def test_batches_are_joined_in_their_order():
    points = {"modality": modalities.Points()}
    whole = evaluation.collect("p", batches(3, 2), Doubling(), 5, keep_data=True, **points)
    assert whole.count == 5 and whole.identity == {"name": "doubling"}
    assert whole.features.tolist() == [[0], [2], [4], [6], [8]]
    assert whole.label.tolist() == whole.data[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert evaluation.collect("p", batches(3), None, 3).data is None
    with pytest.raises(ValueError, match="p: there are no examples"):
        evaluation.collect("p", batches(), None, 0)


def test_rows_are_chosen_of_every_array():
    whole = evaluation.collect("p", batches(4), Doubling(), 4, keep_data=True)
    part = whole.rows([3, 1])
    assert (part.count, part.label.tolist()) == (2, [3, 1])
    assert part.features.tolist() == [[6], [2]] and part.logits is None
    assert whole.first(4) is whole and whole.first(2).label.tolist() == [0, 1]


def test_conditions_and_targets_are_kept_with_the_data():
    def pairs():
        for batch in batches(3, 2):
            yield batch | {"source": 10 * batch["data"], "target": -batch["data"], "other": None}

    kinds = {"condition_modalities": {"source": modalities.Points()}}
    whole = evaluation.collect("p", pairs(), None, 5, keep_data=True, **kinds)
    part = whole.rows([3, 1])
    assert part.conditions["source"].tolist() == [[30], [10]]
    assert (
        part.target.tolist() == [[-3], [-1]]
        and part.condition_modalities == whole.condition_modalities
    )
    without = evaluation.collect("p", pairs(), None, 5, **kinds)
    assert without.conditions == {} and without.target is None and without.label is not None


def test_moments_are_those_of_the_features_or_the_statistics():
    rows = np.float32([[0, 0], [2, 4]])
    known = evaluation.FeatureSet("a", 2, rows)
    assert known.moments.mean.tolist() == [1.0, 2.0]
    assert known.moments.covariance.tolist() == [[2.0, 4.0], [4.0, 8.0]]
    alone = evaluation.FeatureSet("b", 2, statistics=known.moments)
    assert alone.moments is known.moments and alone.dimensions == known.dimensions == 2


def test_the_modality_follows_from_the_form_of_the_data():
    gray = evaluation.FeatureSet("a", 2, data=np.zeros((2, 5, 6, 1), np.uint8))
    assert gray.modality == modalities.Images() and gray.form == "gray images of 5 x 6"
