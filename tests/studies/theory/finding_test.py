"""A check passes what it says and nothing else."""

import numpy as np
import pytest

from tfgan.studies.theory import finding


@pytest.mark.parametrize(
    ("check", "passed"),
    [
        (finding.near("", 1.05, 1.0, 0.1), True),
        (finding.near("", 1.2, 1.0, 0.1), False),
        (finding.near("", np.nan, 1.0, 0.1), False),
        (finding.near("", np.inf, np.inf, 0.0), True),
        (finding.near("", 700.0, np.inf, 0.0), False),
        (finding.at_most("", 1.0, 1.0), True),
        (finding.at_most("", np.nan, 1.0), False),
        (finding.at_least("", 0.9, 1.0), False),
        (finding.at_least("", np.nan, 1.0), False),
    ],
)
def test_a_check_passes_only_what_it_says(check, passed):
    assert check.passed is passed
    assert finding.Finding("", "", "", (check,), ()).passed is passed
