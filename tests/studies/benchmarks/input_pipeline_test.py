"""`tfgan benchmark --what=input` at a size that shows the form of its figures."""

import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan.studies.benchmarks import timing

FLAGS = ["--what=input", "--count=20", "--batch_size=4", "--width=2", "--rounds=2"]


def test_the_input_is_measured_against_what_a_step_consumes(tmp_path, capsys):
    for index in range(30):
        image = np.full((10, 10, 1), index, np.uint8)
        tf.io.write_file(f"{tmp_path}/photos/{index:02d}.jpg", tf.io.encode_jpeg(image))
    path = tmp_path / "figures.json"
    flags = [*FLAGS, f"--data=images:{tmp_path}/photos", "--image_size=8", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    out = capsys.readouterr().out
    results = json.loads(path.read_text())
    assert (results["count"], results["shape"]) == (20, [8, 8, 1])
    rows = {row["name"]: row for row in results["input"]}
    assert all(name in out and row["images_per_second"] > 0.0 for name, row in rows.items())
    against = {name: [other["name"] for other in row["against"]] for name, row in rows.items()}
    assert against["decoded"] == ["tf.data, one file per call", "what a dcgan step consumes"]
    assert "decoded" in against["batches of a prepared set"]
    assert all(len(other["ratios"]) == 2 for row in rows.values() for other in row["against"])
    assert len(results["memory"]) == timing.has_peak_memory()


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--what=input"], "--data must name the images whose reading is measured"),
        ([*FLAGS, "--data=toy:ring"], "--what=input measures images; toy:ring holds points"),
        ([*FLAGS, "--data=mnist5k", "--batch_size=32"], "larger than the 20 images of mnist5k"),
    ],
)
def test_what_cannot_be_measured_is_refused(flags, message, capsys):
    assert main._run(["benchmark", *flags]) == 2
    assert message in capsys.readouterr().err
