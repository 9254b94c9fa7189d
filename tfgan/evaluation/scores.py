"""Figures: a number, what it is called, and what is known about it."""

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
      better: "lower", "higher", or "" where neither is.
      standard_error: float, or None.
      details: dict that JSON can hold: what else is worth keeping.
      kind: str, what a likelihood is: "exact", "lower bound", "upper bound" or "estimate".
    """

    name: str
    value: float
    better: str = ""
    standard_error: float | None = None
    details: dict = dataclasses.field(default_factory=dict)
    kind: str = ""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """What a measure looks at.

    Attributes:
      real: FeatureSet of training examples.
      fake: FeatureSet of what is compared with them: samples, or held-out real examples; None
        where no measure takes samples.
      extractor: `extractors.Extractor`, or None.
      held_out: FeatureSet of real examples outside the training set, or None.
      model: the model that made the samples, or None.
      seed: int, of every draw.
    """

    real: FeatureSet
    fake: FeatureSet | None
    extractor: object = None
    held_out: FeatureSet | None = None
    model: object = None
    seed: int = 0

    def metric_name(self, metric, proper):
        """What a metric on features is called.

        The proper names (FID, KID, IS) belong to the published 2015 Inception network alone; with
        any other extractor the name tells which it was.
        """
        identity = (self.fake and self.fake.identity) or self.real.identity
        if identity is None:
            return f"{metric}_features"
        is_proper = identity["name"] == "inception" and identity["version"] != "unverified"
        return proper if is_proper else f"{metric}_{identity['name']}"


@dataclasses.dataclass(frozen=True)
class Result:
    """A figure with what is needed to judge it.

    Attributes:
      score: Score of the samples against the training examples.
      real_count, fake_count: int, how many of each were compared; 0 fakes where the model was
        asked about real examples.
      real_baseline: Score of the held-out real examples in place of the samples, or None.
      size_matched: Score of as many samples as there are held-out examples, or None without any.
      baseline_count: int, how many held-out examples; 0 without a floor.
    """

    score: Score
    real_count: int
    fake_count: int
    real_baseline: Score | None = None
    size_matched: Score | None = None
    baseline_count: int = 0


def real_baselines(measures, comparison):
    """What real examples score in place of the samples.

    Args:
      measures: dict of `measures.Measure` by name.
      comparison: Comparison of real examples with other real ones.
    Returns: dict of lists of Score by the measure's name, without the measures for which there are
      too few examples.
    """
    found = {}
    for name, measure in measures.items():
        with contextlib.suppress(TooFewError):
            found[name] = _figures(name, measure, comparison)
    return found


def judge(measures, whole, baselines, matched):
    """Every figure of every measure, with its floor.

    Args:
      measures: dict of `measures.Measure` by name.
      whole: Comparison of all samples.
      baselines: what `real_baselines` returned.
      matched: Comparison of as many samples as the floor has examples; None without a floor.
    Returns: list of Result.
    Raises: TooFewError, naming the metric for which there are too few examples.
    """
    results = []
    for name, measure in measures.items():
        figures = _figures(name, measure, whole)
        counts = whole.real.count, whole.fake.count if measure.needs_samples else 0
        if name not in baselines:
            results += [Result(figure, *counts) for figure in figures]
            continue
        is_same = matched.fake.count == whole.fake.count and matched.real is whole.real
        fair = figures if is_same else _figures(name, measure, matched)
        for figure, floor, match in zip(figures, baselines[name], fair, strict=True):
            results.append(Result(figure, *counts, floor, match, matched.fake.count))
    return results


def _figures(name, measure, comparison):
    try:
        return measure.function(comparison)
    except TooFewError as error:
        raise TooFewError(f"There are too few examples for the metric {name}: {error}") from error
