"""Samples that need conditions have those of held-out examples."""

import types

import numpy as np
import pytest

from tfgan import data
from tfgan.data.sources.pairs import Paired
from tfgan.runs.example_conditions import ExampleConditions


def paired(first, count, held_out=None):
    """Pairs of images with the levels first, first + 1, ..., and targets 100 above them."""
    levels = np.arange(first, first + count, dtype=np.uint8)[:, None, None, None]
    source, target = (
        data.ArraySource("levels", np.tile(levels + np.uint8(more), (1, 4, 4, 1)), None)
        for more in (0, 100)
    )
    return Paired("pairs", target, source, held_out)


def conditions(held_out):
    source = paired(0, 40, paired(50, held_out))
    model = types.SimpleNamespace(condition_specs={"source": None})
    opened = []

    def open_data():
        opened.append(source)
        return source

    return ExampleConditions(model, source.spec, open_data), opened


def test_sources_and_targets_are_those_of_held_out_examples_which_begin_again():
    examples, opened = conditions(held_out=7)
    taken, target = examples.take(range(5, 9))
    assert sorted(taken) == ["source"] and taken["source"].shape == (4, 4, 4, 1)
    np.testing.assert_array_equal(target, taken["source"] + 100)
    np.testing.assert_array_equal(taken["source"][2:], examples.take(range(2))[0]["source"])
    assert taken["source"].min() >= 50 and len(opened) == 1


def test_data_are_not_opened_where_all_conditions_are_known():
    examples, opened = conditions(held_out=7)
    assert examples.are_needed() and not examples.are_needed({"source"})
    assert examples.take(range(3), {"source": 0}) == ({}, None) and not opened


@pytest.mark.parametrize(("held_out", "pictured"), [(7, 7), (30, 24)])
def test_a_picture_shows_each_example_once_and_at_most_24(held_out, pictured):
    assert conditions(held_out)[0].pictured == pictured
