"""What the tests of experiments share."""

import pytest


@pytest.fixture
def failed():
    """Function: the names of the checks of a finding that do not hold."""
    return lambda finding: [check.what for check in finding.checks if not check.passed]
