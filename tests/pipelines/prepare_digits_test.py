"""`tfgan prepare` makes the weights that the extractor `digits` reads."""

import hashlib
import re

import numpy as np
from tfgan.pipelines import main

from tfgan.extractors import digits


def test_the_digits_extractor_is_made_with_its_accuracy_and_hash(tmp_path, capsys):
    path = tmp_path / "digits.npz"
    flags = ["--what=digits_extractor", "--steps=3", f"--out={path}"]
    assert main._run(["prepare", *flags]) == 0
    out = capsys.readouterr().out
    assert re.search(r"\d+ of 500 held-out digits are classified correctly", out)
    assert f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}" in out
    with np.load(path, allow_pickle=False) as made, np.load(digits._PATH) as shipped:
        assert [made[n].shape for n in made.files] == [shipped[n].shape for n in shipped.files]


def test_a_place_that_cannot_be_written_gets_one_sentence(tmp_path, capsys):
    (tmp_path / "none").write_text("a file where a folder is needed")
    flags = ["--what=digits_extractor", "--steps=1", f"--out={tmp_path}/none/digits.npz"]
    assert main._run(["prepare", *flags]) == 1
    assert "none/digits.npz cannot be written" in capsys.readouterr().err
