"""Names as users give them, and names from files that nobody vouches for."""

import pytest

from tfgan import files


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "/a", "../a", "a\\b", "a\0b", None, 5, ["a"]]
)
def test_a_name_that_leads_elsewhere_is_not_plain(name):
    assert not files.is_plain_name(name)


@pytest.mark.parametrize("name", ["a", "step-1.index", "..a", "a b", "ä"])
def test_other_names_are_plain(name):
    assert files.is_plain_name(name)
