"""What a step does inside its container: runs programs of tfgan and reads their figures."""

import pathlib
import shutil
import subprocess
import sys
import tempfile


def run(verb, *flags):
    """Runs `tfgan VERB FLAGS`, whose words go to the step's log.

    Raises: SystemExit with the program's exit code, if it is not 0; no traceback follows the
      sentence that the program ends with.
    """
    done = subprocess.run([sys.executable, "-m", "tfgan.pipelines", verb, *flags])
    if done.returncode:
        raise SystemExit(done.returncode if done.returncode > 0 else 128 - done.returncode)


def evaluate(workdir, data, *flags):
    """Runs `tfgan evaluate` and leaves the run as it was.

    Args:
      workdir: str, a run; an artifact that other steps share, so nothing is written there.
      data: str, `--data` of the pipeline, before it was prepared.
      *flags: str, those of `tfgan evaluate`, without `--workdir`.
    Returns: list of dict, what was measured, as in `metrics.jsonl`; the first decides.
    Raises: SystemExit, if the program fails or the first figure is no number.
    """
    from tfgan import modalities
    from tfgan.data import describe_name
    from tfgan.evaluation import defaults

    kind, facts = describe_name(data)
    extractor = defaults.extractor_name(modalities.by_kind(kind), facts)
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy(workdir, folder)
        # The prepared set does not know for which data an extractor was made.
        chosen = [f"--extractor={extractor}"] if extractor else []
        run("evaluate", *chosen, *flags, f"--workdir={copy}")
        records = _figures(copy)
    if not records:
        raise SystemExit("The evaluation wrote no figure, so nothing decides.")
    if records[0]["value"] is None:
        raise SystemExit(f"{records[0]['metric']} is not a number, which decides nothing.")
    return records


def _figures(workdir):
    """The records of evaluations: list of dict."""
    from tfgan import runs

    return runs.MetricsFile(workdir).figures()


def judge(name, value, better, threshold):
    """Whether a figure is good enough: value <= threshold where lower is better, else >=.

    Args:
      name: str, the metric.
      value: float.
      better: "lower" or "higher".
      threshold: float; a figure that equals it is good enough.
    Returns: ("export" or "stop", a sentence that says why).
    Raises: SystemExit for a metric without a better side.
    """
    if better not in ("lower", "higher"):
        raise SystemExit(f"{name} decides nothing: neither its high nor its low values are good.")
    good = value <= threshold if better == "lower" else value >= threshold
    limit = "at most" if better == "lower" else "at least"
    sentence = f"{name} is {value:.6g} and must be {limit} {threshold:.6g}"
    return (
        ("export", f"Good enough: {sentence}.") if good else ("stop", f"Not exported: {sentence}.")
    )


def export(workdir, figures, out, *flags):
    """Runs `tfgan export` on a copy of the run that knows what was measured.

    Args:
      workdir: str, a run.
      figures: str, a file with records of `evaluate`, one JSON object a line.
      out: str, where the export goes.
      *flags: str, others of `tfgan export`.
    Raises: SystemExit, if the program fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy(workdir, folder)
        shutil.copyfile(figures, copy / "metrics.jsonl")
        run("export", *flags, f"--workdir={copy}", f"--out={out}")


def _copy(workdir, folder):
    """A copy of what makes a run a model, for a program that writes into the run."""
    left_out = shutil.ignore_patterns("logs", "samples", "metrics.jsonl")
    return pathlib.Path(shutil.copytree(workdir, f"{folder}/run", ignore=left_out))
