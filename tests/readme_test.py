"""What the README shows works word for word, but for the number of steps."""

import re
from pathlib import Path

import numpy as np

from tfgan import recipes

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_the_library_example_runs():
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 12
    names = {}
    exec(code.replace("steps_per_epoch=1000", "steps_per_epoch=1, verbose=0"), names)
    assert names["images"].shape == (16, 28, 28, 1)
    assert names["images"].dtype == np.uint8


def test_the_table_lists_every_recipe():
    rows = re.findall(r"^\| `(\w+)` \|", README.split("## Recipes")[1], re.MULTILINE)
    assert rows == sorted(recipes.names())


def test_ci_finds_the_test_command():
    [command] = re.findall(r"^    (.* && pytest)$", README, re.MULTILINE)
    assert command == "pip install -e '.[cpu,test]' && pytest"
    assert "&& pytest$" in (ROOT / ".ci" / "run").read_text()
