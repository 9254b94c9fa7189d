"""Groups of seeds, by number and by label."""

import numpy as np
import pytest

from tfgan.runs.latent_tools import groups
from tfgan.runs.latent_tools.draws import Labeled

LABELS = np.arange(30) % 3  # seeds 0, 3, 6, ... have the label 0


class Classes:
    """A stand-in for a classifier of three classes."""

    def number(self, name):
        return ["cat", "dog", "owl"].index(name)


def opened():
    return Classes(), lambda: Labeled({}, LABELS, np.zeros(30))


def fail():
    raise AssertionError("nothing names a label")


def test_seeds_are_taken_as_they_are():
    add, subtract = groups.parse(["0-2", "9,7"]), groups.parse(["4"], "--subtract")
    chosen = groups.find(add, subtract, fail)
    assert chosen == groups.Groups([[0, 1, 2], [9, 7]], [[4]])
    assert groups.parse([(0, 1), "2-3"]) == [[0, 1], [2, 3]]
    assert groups.parse("label:cat") == ["label:cat"]


def test_two_labels_are_a_move_from_one_to_the_other():
    chosen = groups.find(["label:dog"], ["label:cat"], opened)
    assert (
        chosen.add == [[1, 4, 7], [9, 12, 15]]
        and chosen.subtract == [[0, 3, 6]]
        or (chosen.add == [[1, 4, 7], [0, 3, 6]] and chosen.subtract == [[9, 12, 15]])
    )
    assert chosen.move == (1, 0)


def test_groups_of_one_label_do_not_share_seeds_and_mix_with_numbers():
    chosen = groups.find(["label:owl", "label:owl", [1, 2]], ["label:cat"], opened)
    assert chosen.add == [[2, 5, 8], [11, 14, 17], [1, 2]]
    assert chosen.subtract == [[0, 3, 6]] and chosen.move is None


def test_an_unknown_label_is_refused_before_any_sample_is_drawn():
    with pytest.raises(ValueError, match="'cow' is not in list"):
        groups.find(["label:cow"], [], lambda: (Classes(), fail))


def test_bad_groups_are_refused():
    with pytest.raises(ValueError, match="--subtract must be whole numbers"):
        groups.parse(["lable:7"], "--subtract")
    with pytest.raises(ValueError, match="label must be that of 12 or more of the first 30"):
        groups.find(["label:cat"] * 4, [], opened)
    with pytest.raises(ValueError, match="must have two labels; received label:cat twice"):
        groups.find(["label:cat"], ["label:cat"], opened)
