"""Values that a flag cannot have are refused in our words, whatever absl says."""

import pytest
from tfgan.pipelines import main


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["train", "--batch_size=0"], "--batch_size must be a whole number, at least 1; "),
        (["train", "--batch_size=16.5"], "--batch_size must be a whole number, at least 1; "),
        (["train", "--steps=-1"], "--steps must be a whole number, at least 0; "),
        (["train", "--log_every=0"], "--log_every must be a whole number, at least 1; "),
        (["train", "--seed=a: b"], "--seed must be a whole number; "),
        (["train", "--crop=middle"], "--crop must be center or stretch; "),
        (["train", "--flip=maybe"], "--flip must be true or false; "),
        (["sample", "--truncation=-1"], "--truncation must be a number, at least 0; "),
        (["sample", "--truncation=nan"], "--truncation must be a number, at least 0; "),
        (["evaluate", "--truncation=inf"], "--truncation must be a number, at least 0; "),
        (["pipeline", "--threshold=nan"], "--threshold must be a number; "),
        (["serve", "--port=99999"], "--port must be a whole number from 0 to 65,535; "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_value_out_of_range_is_refused_with_the_range(capsys, argv, sentence):
    assert main._run(argv) == 2
    received = argv[1].partition("=")[2]
    quoted = repr(received) if received not in ("nan", "inf") else received
    assert capsys.readouterr().err == f"tfgan {argv[0]}: {sentence}received {quoted}.\n"


@pytest.mark.parametrize("argument", ["--noflip=3", "--set", "--step=3", "--bogus"])
def test_every_other_slip_gets_one_sentence(capsys, argument):
    assert main._run(["train", argument]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert argument.partition("=")[0] in line
