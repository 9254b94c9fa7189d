"""`tfgan arithmetic`."""

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import runs
from tfgan.runs.latent_tools import classifier, groups

from .latent_runs import arrays, conditional, run  # noqa: F401


@pytest.fixture(autouse=True)
def open_each_run_once(monkeypatch, open_once):
    """A run stays as it is: the first test that opens it does so for all."""
    monkeypatch.setattr(runs.loading, "open_model", open_once)


def arithmetic(run, *arguments):  # noqa: F811
    return main._run(["arithmetic", f"--workdir={run}", *arguments])


def test_three_columns_of_three_their_means_and_the_result(run, tmp_path, capsys):  # noqa: F811
    assert arithmetic(run, f"--out={tmp_path}/a.png") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == [
        "Groups:     seeds + 0,1,2  + 6,7,8  - 3,4,5",
        f"13 latents of step 2: {tmp_path}/a.png, {tmp_path}/a.png.npz",
    ]
    opened, latents = tfgan.open_run(run), arrays(tmp_path / "a.png.npz")
    result = opened.arithmetic([[0, 1, 2], [6, 7, 8]], [[3, 4, 5]])
    np.testing.assert_array_equal(opened.generate(latents)[12:], result.result)
    picture = np.asarray(PIL.Image.open(tmp_path / "a.png"))
    assert picture.shape == (2 + 4 * 58 + 14, 4 + 3 * 84 + 56)


def test_groups_are_found_by_label_and_sums_are_counted(
    run,  # noqa: F811
    tmp_path,
    capsys,
    monkeypatch,
):
    """Noise has few labels: whether the sum of all pixels is odd stands in for the digits."""

    def is_odd(data):
        return data.sum(axis=(1, 2, 3), dtype=int) % 2

    monkeypatch.setattr(
        classifier.Classifier, "scores", lambda self, data: np.eye(10)[is_odd(data)]
    )
    monkeypatch.setattr(groups, "SIZE", 1)
    arguments = ["--extractor=digits", "--candidates=60", "--trials=10", f"--out={tmp_path}/a.npz"]
    assert arithmetic(run, "--add=label:1", "--subtract=label:0", *arguments) == 0
    output = capsys.readouterr().out
    assert "Result:     classified as " in output
    assert (
        "of 10 sums mean(1) - mean(0) + mean(other samples of 0) are classified as 1; with random"
        in output
    )
    content = arrays(tmp_path / "a.npz")
    labels = is_odd(tfgan.open_run(run).generate(content))
    assert labels[:3].tolist() == [1, 0, 0] and content["data"].shape == (1, 8, 8, 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--subtract=1"], "--add must name a group of seeds or a label"),
        (["--add=x"], "--add must be whole numbers of up to 64 bits"),
        (["--add=label:1"], "extractor must be a classifier, such as digits for MNIST"),
        (["--add=label:cat", "--extractor=digits", "--candidates=1"], "The class must be one of"),
        (["--out=a.gif"], "--out must end with .png, .jpg, .jpeg or .npz; received 'a.gif'"),
        (["--label=2"], "--label=2 needs a conditional model"),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(run, capsys, arguments, sentence):  # noqa: F811
    assert arithmetic(run, *arguments) == 2
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1 and sentence in errors


def test_labels_of_a_conditional_model_are_conditions(conditional, capsys):  # noqa: F811
    assert arithmetic(conditional, "--add=label:1", "--extractor=digits") == 2
    assert "label:NAME needs an unconditional model" in capsys.readouterr().err
