"""`tfgan benchmark --what=step` at a size that shows the form of its results."""

import json

from tfgan.pipelines import main


def test_the_step_is_measured_against_its_kernels_and_its_peers(tmp_path, capsys):
    path = tmp_path / "figures.json"
    flags = ["--what=step", "--image_size=8x8x1", "--width=2", "--batch_size=4", "--rounds=1"]
    assert main._run(["benchmark", *flags, f"--out={path}"]) == 0
    out = capsys.readouterr().out
    rows = {row["name"]: row for row in json.loads(path.read_text())["steps"]}
    assert all(name in out for name in rows)
    for mode in ("alternating", "simultaneous", "alternating, bfloat16"):
        row = rows[f"tfgan, {mode}"]
        assert row["against"].startswith(f"bare kernels, {mode}") and row["ratio"] > 0.0
    for name in ("tfgan through fit, alternating", "as keras.io writes it"):
        assert rows[name]["against"] == "tfgan, alternating"


def test_a_malformed_size_is_refused(capsys):
    assert main._run(["benchmark", "--what=step", "--image_size=28"]) == 2
    assert "--image_size must be of the form 28x28x1" in capsys.readouterr().err
