"""Scores: a number with a name, an error and a baseline of real examples."""

import contextlib
import dataclasses

from tfgan.evaluation.feature_set import FeatureSet
from tfgan.metrics import TooFewError


@dataclasses.dataclass(frozen=True)
class Score:
    """One number of one comparison.

    Attributes:
      name: str, such as "fd_digits" or "precision".
      value: float.
      better: "lower", "higher", or "" for neither.
      standard_error: float, or None.
      details: dict that JSON can hold.
      kind: str, of a likelihood: "exact", "lower bound", "upper bound" or "estimate".
    """

    name: str
    value: float
    better: str = ""
    standard_error: float | None = None
    details: dict = dataclasses.field(default_factory=dict)
    kind: str = ""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """The input of a measure.

    Attributes:
      real: FeatureSet of training examples.
      fake: FeatureSet of samples, or of held-out examples instead; None where no measure
        needs samples.
      extractor: `extractors.Extractor`, or None.
      held_out: FeatureSet of real examples outside the training set, or None.
      model: the model that drew the samples, or None.
      seed: int, of every random draw.
      results: dict, what measures compute once for one real set, see `once`.
    """

    real: FeatureSet
    fake: FeatureSet | None
    extractor: object = None
    held_out: FeatureSet | None = None
    model: object = None
    seed: int = 0
    results: dict = dataclasses.field(default_factory=dict)

    def once(self, name, compute):
        """What `compute()` returned at its first call with this name and real set."""
        if name not in self.results:
            self.results[name] = compute()
        return self.results[name]

    def metric_name(self, metric, published):
        """`metric` with the extractor, or the `published` name for Inception of 2015: str."""
        identity = (self.fake and self.fake.identity) or self.real.identity
        if identity is None:
            return f"{metric}_features"
        is_published = identity["name"] == "inception" and identity["version"] != "unverified"
        return published if is_published else f"{metric}_{identity['name']}"


@dataclasses.dataclass(frozen=True)
class Result:
    """A score of samples against training examples, and its baseline.

    Attributes:
      real_count, fake_count: int, examples of each; 0 samples for a metric of the model itself.
      real_baseline: Score of held-out real examples instead of samples, or None.
      size_matched: Score of as many samples as the baseline has examples, or None without one.
      baseline_count: int, held-out examples; 0 without a baseline.
    """

    score: Score
    real_count: int
    fake_count: int
    real_baseline: Score | None = None
    size_matched: Score | None = None
    baseline_count: int = 0


def real_baselines(measures, comparison):
    """The scores of real examples instead of samples: dict of lists of Score by measure.

    Args:
      measures: dict of `measures.Measure` by name; those with too few examples, and those whose
        baseline needs what the examples lack, are left out.
      comparison: Comparison of real examples with other real ones.
    """
    baselines = {}
    for name, measure in measures.items():
        with contextlib.suppress(TooFewError):
            baselines[name] = _scores(name, measure.baseline or measure.function, comparison)
    return {name: scores for name, scores in baselines.items() if scores}


def results(measures, comparison, baselines, size_matched):
    """All scores of all measures, with their baselines.

    Args:
      measures: dict of `measures.Measure` by name.
      comparison: Comparison of all samples.
      baselines: dict, see `real_baselines`.
      size_matched: Comparison of as many samples as the baselines have examples, or None.
    Returns: list of Result.
    Raises: TooFewError, with the name of the metric.
    """
    rows = []
    for name, measure in measures.items():
        scores = _scores(name, measure.function, comparison)
        counts = comparison.real.count, comparison.fake.count if measure.needs_samples else 0
        if name not in baselines:
            rows += [Result(score, *counts) for score in scores]
            continue
        count = size_matched.fake.count
        is_same = count == comparison.fake.count and size_matched.real is comparison.real
        matched = scores if is_same else _scores(name, measure.function, size_matched)
        for score, baseline, match in zip(scores, baselines[name], matched, strict=True):
            rows.append(Result(score, *counts, baseline, match, count))
    return rows


def _scores(name, function, comparison):
    try:
        return function(comparison)
    except TooFewError as error:
        raise TooFewError(f"There are too few examples for the metric {name}: {error}") from error
