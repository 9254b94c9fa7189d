"""The kept values against what the libraries return.

It needs what the other files of this folder need; `pytest -m parity -n 0`.
"""

import json

import pytest

pytestmark = pytest.mark.parity


def test_the_kept_values_are_what_the_libraries_return(others, golden):
    rows = json.loads(golden.FILE.read_text(encoding="utf-8"))
    for row, now in zip(rows, golden.theirs(others), strict=True):
        assert row["figure"] == now["figure"]
        assert row["relative"] == now["relative"]
        assert row["value"] == pytest.approx(now["value"], rel=row["relative"], abs=0.0)
