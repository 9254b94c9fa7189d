"""Seeds as people write them."""

import pytest

from tfgan.runs.sample_files import seeds


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0", [0]),
        ("-3", [-3]),
        ("1-5,8", [1, 2, 3, 4, 5, 8]),
        ("8, 1-2", [8, 1, 2]),
        ("-2-1", [-2, -1, 0, 1]),
        ("7-7", [7]),
    ],
)
def test_ranges_hold_both_ends_and_keep_their_order(text, numbers):
    found = seeds.parse(text)
    assert [seed for one in found for seed in one] == numbers
    assert seeds.count(found) == len(numbers)


@pytest.mark.parametrize(
    "text", ["", "a", "1,", "1--5", "5-1", "1.5", "1-2-3", str(2**63), str(-(2**63) - 1), "1;2"]
)
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError, match="whole numbers of up to 64 bits .* 1-5,8; received"):
        seeds.parse(text)


@pytest.mark.parametrize("text", ["1,1", "1-5,3", "3,1-5"])
def test_a_seed_that_is_named_twice_is_refused(text):
    with pytest.raises(ValueError, match="name each seed once"):
        seeds.parse(text)


def test_long_ranges_cost_nothing():
    assert seeds.count(seeds.parse(f"{-(2**63)}-{2**63 - 1}")) == 2**64


def test_a_list_of_seeds_is_short():
    assert seeds.numbers("3,7-9", "--add") == [3, 7, 8, 9]
    with pytest.raises(ValueError, match="--between must name 1,000 seeds at most.*names 100,000,"):
        seeds.numbers("0-99999999999", "--between")
