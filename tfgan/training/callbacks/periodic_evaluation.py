"""Evaluates a model during training, keeps its best state, and may stop the run."""

import math
import time

import tensorflow as tf

from tfgan import evaluation, terminal
from tfgan.training.callbacks.periodic import EveryNSteps

_DURING = {"during": "training"}
_COMPARABLE = ("metric", "extractor", "n_real", "n_fake", "seed", *_DURING)


class PeriodicEvaluation(EveryNSteps):
    """Evaluates every `every` steps, and at the run's last step.

    The first score of the first metric decides which state is the best.

    Attributes:
      best: (value, step) of the best state so far, or None.
      decisive: str, the name of the score that decides; None before the first evaluation.
      seconds: float, the duration of the evaluations in this process.

    Args:
      evaluator: `evaluation.Evaluator`.
      metrics_file: `runs.MetricsFile`, or None.
      best_checkpoints: `runs.Checkpoints` that keeps the best state, or None.
      writer, every: see `EveryNSteps`.
      steps: int, at which the run ends; None: where `fit` ends, unless a callback stops it.
      stop_after: int, evaluations without improvement after which training stops; 0 for never.
      provenance: dict that JSON can hold, added to every record.
      report: function (name, value, step) for the decisive score of every evaluation, or None.
    """

    def __init__(
        self,
        evaluator,
        metrics_file=None,
        writer=None,
        best_checkpoints=None,
        *,
        every,
        steps=None,
        stop_after=0,
        provenance=None,
        report=None,
    ):
        super().__init__(every, writer)
        self._evaluator = evaluator
        self._file = metrics_file
        self._checkpoints = best_checkpoints
        self._steps = steps
        self._stop_after = stop_after
        self._provenance = (provenance or {}) | _DURING
        self._report = report
        self._without_improvement = 0
        self.best = None
        self.decisive = None
        self.seconds = 0.0

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._started = time.perf_counter()

    def act(self, step, logs):
        start = time.perf_counter()
        results = self._evaluator.evaluate(self.model).results
        records = evaluation.records(results, self._provenance)
        if self.decisive is None:
            self._resume(records[0])
        decisive = results[0].score
        if self._update_best(decisive.value, decisive.better, step) and self._checkpoints:
            self._checkpoints.save()
        self.seconds += time.perf_counter() - start
        self._write(step, results, records)
        scores = (f"{each.score.name} {each.score.value:.4g}" for each in results)
        terminal.print_line(f"step {step} {' '.join(scores)}")
        if self._report:
            self._report(decisive.name, decisive.value, step)
        if self._stop_after and self._without_improvement >= self._stop_after:
            terminal.print_line(
                f"No better {decisive.name} in {self._stop_after} evaluations: stopping."
            )
            self.model.stop_training = True

    @property
    def at_end(self):
        """Not after an interruption: an evaluation would delay the last checkpoint."""
        return not self.model.stop_training if self._steps is None else self.step == self._steps

    @property
    def share(self):
        """The fraction of this process' training time spent on evaluations: float in 0..1."""
        return self.seconds / max(time.perf_counter() - self._started, 1e-9)

    def _write(self, step, results, records):
        for record in records if self._file else []:
            self._file.append(record | {"step": step})
        with self._writer.as_default(step=step):
            for result in results:
                tf.summary.scalar(f"evaluation/{result.score.name}", result.score.value)
                if result.real_baseline:
                    tf.summary.scalar(f"floor/{result.score.name}", result.real_baseline.value)
            tf.summary.scalar("evaluation/share_of_time", self.share)

    def _update_best(self, value, better, step):
        """Whether a value is the best so far; NaN and None never are."""
        is_best = value is not None and not math.isnan(value)
        if is_best and self.best is not None:
            is_best = value < self.best[0] if better == "lower" else value > self.best[0]
        self._without_improvement = 0 if is_best else self._without_improvement + 1
        if is_best:
            self.best = (value, step)
        return is_best

    def _resume(self, now):
        """Restores the best value of an interrupted run from records comparable with a new one."""
        self.decisive = now["metric"]
        for past in self._file.scores() if self._file else []:
            if _comparable(past) == _comparable(now):
                self._update_best(past["value"], past["better"], past["step"])


def _comparable(record):
    return {name: record.get(name) for name in _COMPARABLE}
