"""`tfgan benchmark --what=quality` at a size that shows the form of its figures."""

import json

import pytest
from tfgan.pipelines import main

from tfgan import recipes
from tfgan.studies.benchmarks import quality

TINY = "vae width=8 batch_size=4 latent_dim=2 learning_rate=0.1"


def test_variants_take_the_steps_that_fit_into_the_seconds(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(
        quality.timing, "interleave", lambda functions, *_: dict.fromkeys(functions, [0.5])
    )
    path = tmp_path / "figures.json"
    flags = ["--what=quality", f"--variant={TINY}", f"--variant={TINY} dropout=0.5"]
    flags += ["--seconds=1,2", "--seeds=0,1", "--count=100", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    out = capsys.readouterr().out
    results = json.loads(path.read_text())
    assert [row["name"] for row in results["variants"]] == [TINY, f"{TINY} dropout=0.5"]
    for row in results["variants"]:
        assert row["steps"] == [2, 4]
        [[early, late], other] = row["fd_digits"]
        assert early != late and other != [early, late]
        assert row["name"] in out


def test_every_listed_variant_is_one_of_a_recipe():
    for text in quality.VARIANTS:
        recipe, *settings = text.split()
        assert recipes.resolve(recipe, settings)
        assert recipes.find(recipe).recipe().data == "mnist5k"


@pytest.mark.parametrize(
    ("flag", "message"),
    [
        ("--seconds=60,60", "--seconds must be ascending whole numbers from 1 up"),
        ("--seeds=a", "--seeds must be ascending whole numbers from 0 up"),
        ("--variant=dcgna", "received 'dcgna'. Did you mean"),
        ("--variant=dcgan widht=2", "received 'widht'. Did you mean 'width'"),
    ],
)
def test_what_cannot_be_measured_is_refused(flag, message, capsys):
    assert main._run(["benchmark", "--what=quality", flag]) == 2
    assert message in capsys.readouterr().err
