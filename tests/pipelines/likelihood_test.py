"""`tfgan evaluate --metrics=nll`, of models with a density and of one without."""

import json

import numpy as np
import pytest
from tfgan.pipelines import main


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The --data of 40 gray images, four of them held out."""
    path = tmp_path_factory.mktemp("likelihood") / "grays.npz"
    np.savez(path, data=np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8))
    return f"arrays:{path}"


def train(data, workdir, recipe, *flags):
    return main._run(
        ["train", f"--recipe={recipe}", f"--data={data}", f"--workdir={workdir}", "--steps=2",
         "--batch_size=8", "--sample_every=0", *flags]
    )  # fmt: skip


def records(workdir):
    lines = [json.loads(line) for line in (workdir / "metrics.jsonl").open()]
    return {line["metric"]: line for line in lines if "metric" in line}


def test_a_bound_is_printed_and_recorded_as_a_bound(data, tmp_path, capsys):
    run = tmp_path / "run"
    assert train(data, run, "vae", "--set=width=4", "--set=latent_dim=2", "--binarise=static") == 0
    assert json.loads((run / "recipe.json").read_text())["data"]["binarise"] == "static"
    capsys.readouterr()
    assert main._run(["evaluate", f"--workdir={run}", "--metrics=nll"]) == 0
    printed = capsys.readouterr().out
    head = "nll of step 2 (seed 0, running average) on 4 held-out examples of arrays:"
    assert printed.startswith(head) and "FID" not in printed
    assert "log_likelihood_nats, lower bound" in printed
    nats, bits = (records(run)[name] for name in ("log_likelihood_nats", "bits_per_dimension"))
    assert (nats["kind"], bits["kind"]) == ("lower bound", "upper bound")
    assert bits["value"] == pytest.approx(-nats["value"] / (64 * np.log(2.0)))
    assert nats["value"] < 0.0 < nats["standard_error"]
    assert nats["details"]["training"]["count"] == 4


def test_static_data_are_another_run_than_gray_ones(data, tmp_path, capsys):
    tiny = ["--set=hidden_units=2", "--set=chains=2", "--set=sampling_steps=2"]
    assert train(data, tmp_path / "run", "rbm", *tiny) == 0
    assert "binarise" not in json.loads((tmp_path / "run" / "recipe.json").read_text())["data"]
    assert train(data, tmp_path / "run", "rbm", *tiny, "--binarise=static") == 2
    assert "data.binarise: None -> static" in capsys.readouterr().err


def test_a_gan_says_in_a_sentence_that_it_has_no_likelihood(data, tmp_path, capsys):
    tiny = ["--set=width=4", "--set=latent_dim=2"]
    assert train(data, tmp_path / "run", "dcgan", *tiny) == 0
    capsys.readouterr()
    assert main._run(["evaluate", f"--workdir={tmp_path}/run", "--metrics=nll"]) == 2
    output, errors = capsys.readouterr()
    [sentence] = errors.splitlines()
    assert "GAN is an implicit model" in sentence
    assert output == ""  # not even the heading of an evaluation
