"""The kept values against what the libraries return.

pip install torch==2.13.0 torchvision==0.28.0 scipy==1.17.1 scikit-learn==1.9.1
pip install --no-deps torch-fidelity==0.4.0 pytorch-fid==0.3.0 clean-fid==0.1.35 prdc==0.2
pip install pillow requests tqdm && pytest -m parity -n 0
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
