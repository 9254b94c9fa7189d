"""What a budget pays for, and which texts name one."""

import pytest

from tfgan.studies.families import budget


@pytest.mark.parametrize(
    ("text", "seconds", "examples"),
    [
        ("60s", 60.0, None),
        ("2min", 120.0, None),
        ("1.5h", 5400.0, None),
        ("300kimg", None, 300_000),
        ("0.5kimg", None, 500),
        ("50000", None, 50_000),
    ],
)
def test_a_text_names_a_time_or_a_number_of_examples(text, seconds, examples):
    assert budget.parse(text) == budget.Budget(seconds, examples)


@pytest.mark.parametrize("text", ["", "0", "0s", "-3s", "60 parsecs", "1.5", "s", "0.0001kimg"])
def test_another_text_is_refused_with_what_is_accepted(text):
    with pytest.raises(ValueError, match=r"--budget must be a time \(60s.*300kimg.*received"):
        budget.parse(text)


def test_examples_pay_for_whole_batches():
    assert budget.Budget(examples=1000).steps(64) == 15  # 960 of 1,000


def test_time_pays_for_steps_by_their_seconds():
    assert budget.Budget(seconds=60.0).steps(64, 0.25) == 240


def test_the_smallest_budget_still_pays_for_one_step():
    assert budget.Budget(examples=3).steps(64) == 1
    assert budget.Budget(seconds=0.1).steps(64, 5.0) == 1
