"""`tfgan benchmark --what=translation` at a size that shows the form of its results."""

import importlib.util
import json

import pytest
from tfgan.pipelines import main


def test_both_recipes_are_measured_and_compared_with_pytorch_where_it_is_installed(
    tmp_path, capsys
):
    path = tmp_path / "figures.json"
    flags = ["--what=translation", "--image_size=16x16x1", "--layers=1", "--width=2", "--rounds=1"]
    assert main._run(["benchmark", *flags, f"--out={path}"]) == 0
    out = capsys.readouterr().out
    rows = {row["name"]: row for row in json.loads(path.read_text())["steps"]}
    orders = ("pix2pix", "pix2pix, new fakes", "pix2pix, simultaneous")
    expected = {f"tfgan, {name}" for name in (*orders, "cyclegan")}
    if importlib.util.find_spec("torch"):
        expected |= {"PyTorch, pix2pix", "PyTorch, cyclegan"}
    assert set(rows) == expected and all(name in out for name in rows)
    for name, batch_size in (("pix2pix", 8), ("cyclegan", 1)):
        row = rows[f"tfgan, {name}"]
        assert row["seconds"] > 0.0
        assert row["images_per_second"] == pytest.approx(batch_size / row["seconds"])


def test_a_malformed_size_is_refused(capsys):
    assert main._run(["benchmark", "--what=translation", "--image_size=64"]) == 2
    assert "--image_size must be of the form 64x64x3" in capsys.readouterr().err
