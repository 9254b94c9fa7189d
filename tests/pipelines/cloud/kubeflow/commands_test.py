"""What a step does: runs a program, and decides by a figure."""

import pytest
from tfgan.pipelines.cloud.kubeflow import commands


@pytest.mark.parametrize(
    ("value", "better", "threshold", "decision"),
    [
        (3.0, "lower", 4.0, "export"),
        (4.0, "lower", 4.0, "export"),
        (4.1, "lower", 4.0, "stop"),
        (0.9, "higher", 0.8, "export"),
        (0.8, "higher", 0.8, "export"),
        (0.7, "higher", 0.8, "stop"),
    ],
)
def test_a_figure_passes_on_its_better_side(value, better, threshold, decision):
    assert commands.judge("m", value, better, threshold)[0] == decision


def test_the_verdict_says_why():
    assert commands.judge("fd_digits", 4.1, "lower", 4.0)[1] == (
        "Not exported: fd_digits is 4.1 and must be at most 4."
    )
    assert commands.judge("recall", 0.9, "higher", 0.8)[1] == (
        "Good enough: recall is 0.9 and must be at least 0.8."
    )


def test_a_metric_without_a_better_side_decides_nothing():
    with pytest.raises(SystemExit, match="c2st decides nothing"):
        commands.judge("c2st", 0.5, "", 0.5)


def test_a_program_that_fails_ends_the_step_with_its_code_and_sentence(capfd):
    with pytest.raises(SystemExit) as ended:
        commands.run("train", "--step=3")
    assert ended.value.code == 2
    assert capfd.readouterr().err.startswith("tfgan train: There is no flag --step")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('5\n{"step": null}\n{"step": 3, "d_loss": 1.0}\n', "wrote no figure, so nothing decides"),
        ('{"step": 3, "metric": "fd", "value": null}\n', "fd is not a number, which decides"),
    ],
)
def test_an_evaluation_without_a_figure_ends_the_step_with_one_sentence(
    tmp_path, monkeypatch, lines, sentence
):
    def evaluate(verb, *flags):
        workdir = flags[-1].removeprefix("--workdir=")
        with open(f"{workdir}/metrics.jsonl", "w") as file:
            file.write(lines)

    monkeypatch.setattr(commands, "run", evaluate)
    (tmp_path / "run").mkdir()
    with pytest.raises(SystemExit, match=sentence):
        commands.evaluate(str(tmp_path / "run"), "mnist5k")
