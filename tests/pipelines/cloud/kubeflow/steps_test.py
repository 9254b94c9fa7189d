"""What a step does: calls the library, refuses in one sentence, and decides by a score."""

import pytest
from tfgan.pipelines.cloud.kubeflow import steps

from tfgan import runs


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
def test_a_score_passes_on_its_better_side(value, better, threshold, decision):
    assert steps.decide("m", value, better, threshold)[0] == decision


def test_the_verdict_says_why():
    assert steps.decide("fd_digits", 4.1, "lower", 4.0)[1] == (
        "Not exported: fd_digits is 4.1 and must be at most 4."
    )
    assert steps.decide("recall", 0.9, "higher", 0.8)[1] == (
        "Good enough: recall is 0.9 and must be at least 0.8."
    )


def test_a_metric_without_a_better_side_decides_nothing():
    with pytest.raises(SystemExit, match="c2st decides nothing"):
        steps.decide("c2st", 0.5, "", 0.5)


def test_flags_that_a_program_refuses_end_the_step_with_its_code_and_sentence(capfd):
    with pytest.raises(SystemExit) as ended:
        steps.train("dcgan", "toy:ring", "unused", 1, 0, ["--step=3"])
    assert ended.value.code == 2
    assert capfd.readouterr().err.startswith("tfgan train: There is no flag --step")


def test_a_run_that_is_not_there_ends_the_step_with_one_sentence(tmp_path, capfd):
    with pytest.raises(SystemExit) as ended:
        steps.export(str(tmp_path), __file__, str(tmp_path / "out"), "last")
    assert ended.value.code == 2
    [line] = capfd.readouterr().err.splitlines()
    assert line.startswith("tfgan export: ") and str(tmp_path) in line


class _Run:
    """A run whose evaluation writes some lines."""

    record = model = state = None

    def __init__(self, folder, *_):
        self.folder = folder

    def open_data(self, *_, **__):
        return None

    def evaluate(self, *_, **__):
        with open(f"{self.folder}/metrics.jsonl", "w") as file:
            file.write(self.lines)
        return []


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('5\n{"step": null}\n{"step": 3, "d_loss": 1.0}\n', "has no score to decide by"),
        ('{"step": 3, "metric": "fd", "value": null}\n', "fd is not a number, which decides"),
    ],
)
def test_an_evaluation_without_a_score_ends_the_step_with_one_sentence(
    tmp_path, monkeypatch, capfd, lines, sentence
):
    monkeypatch.setattr(_Run, "lines", lines, raising=False)
    monkeypatch.setattr(steps.evaluation_flags, "open_extractor", lambda values, source: None)
    monkeypatch.setattr(runs, "open_run", lambda *_, **__: _Run(None))
    monkeypatch.setattr(runs, "Run", _Run)
    with pytest.raises(SystemExit) as ended:
        steps.evaluate("run", "mnist5k", "tfrecord:x", "fd", "last", 10, 0, [])
    assert ended.value.code == 1
    *_, line = capfd.readouterr().err.splitlines()
    assert line.startswith("tfgan evaluate: ") and sentence in line
