"""The latents of several seeds, and the labels of their images."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf

from tfgan import rng, summaries
from tfgan.models import GenerativeModel, sampling
from tfgan.parameters import arguments
from tfgan.priors import Prior

Latents = dict[str, np.ndarray]


def of_seeds(
    model: GenerativeModel,
    seeds: Sequence[int],
    truncation: float | None = None,
    conditions: Mapping | None = None,
) -> Latents:
    """The latents of sample 0 of each seed, see `runs.Run.latents`: dict of arrays `[n, ...]`.

    Args:
      seeds: sequence of ints of up to 64 bits.
      truncation: float, the threshold of the prior, or None.
      conditions: dict, such as int `label`.
    Raises: ValueError for a model without latents, conditions that it does not have, and seeds that
      are not whole numbers of 64 bits.
    """
    prior_of(model, truncation)
    rows = sampling.sample_arguments(model, len(seeds), truncation, conditions or {})
    # A seed of 2^63 or more and the negative one with the same 64 bits are one seed, see `rng`.
    whole = [arguments.seed("seeds", seed) for seed in seeds]
    rows["seed"] = np.array([seed - 2**64 * (seed >= 2**63) for seed in whole], np.int64)

    def draw(_, rows: dict[str, tf.Tensor]):
        streams = rng.fold(sampling.stream(rows.pop("seed")), 0)
        return model.latents(streams, **rows)

    return sampling.sample_in_batches(draw, model.sample_batch_size, len(seeds), 0, rows)


def of_one_label(
    model: GenerativeModel,
    seeds: Sequence[int],
    truncation: float | None = None,
    conditions: Mapping | None = None,
) -> Latents:
    """As `of_seeds`, all of the class that the first seed draws, unless the conditions have one.

    Raises: ValueError for conditions with several labels.
    """
    conditions = dict(conditions or {})
    if np.size(conditions.get("label")) > 1:
        raise ValueError(
            f"label must be one class for all points; received {len(conditions['label'])}."
        )
    if model.classes and conditions.get("label") is None:
        first = of_seeds(model, seeds[:1], truncation, conditions)
        conditions["label"] = int(first["label"][0])
    return of_seeds(model, seeds, truncation, conditions)


def prior_of(model: GenerativeModel, truncation: float | None = None) -> Prior:
    """The prior of a model, truncated.

    Raises: ValueError for a model without latents, and a prior that cannot be truncated.
    """
    if model.prior is None:
        raise ValueError(f"{type(model).__name__} has no latents: nothing maps them to data.")
    return model.prior if truncation is None else model.prior.truncated(truncation)


@dataclasses.dataclass(frozen=True, repr=False)
class Labeled(summaries.Summary):
    """Latents with the labels that a classifier predicts for their images.

    Attributes:
      latents: dict of arrays `[n, ...]`.
      label: int `[n]`.
      margin: float `[n]`, how much the score of the label exceeds that of any other.
    """

    latents: Latents
    label: np.ndarray
    margin: np.ndarray

    def share(self, label: int) -> float:
        """The fraction of the latents with a label."""
        return float(np.mean(self.label == label))

    def seeds(self, label: int, count: int, skip: int = 0) -> list[int]:
        """The seeds of a label with the largest margins, after some of them: list of int.

        Raises: ValueError, if there are fewer.
        """
        places = np.flatnonzero(self.label == label)
        places = places[np.argsort(-self.margin[places], kind="stable")]
        if len(places) < skip + count:
            raise ValueError(
                f"label must be that of {skip + count} or more of the first {len(self.label):,} "
                f"seeds, the candidates; received {label}, which the classifier reads in "
                f"{len(places)} of their images."
            )
        return places[skip : skip + count].tolist()


def labeled(model: GenerativeModel, scores, count: int, truncation=None) -> Labeled:
    """Latents of the seeds 0 .. count - 1 of an unconditional model, with labels: Labeled.

    Args:
      scores: function, raw data `[n, ...]` -> float `[n, classes]`, such as `Classifier.scores`.
      truncation: float, the threshold of the prior, or None.
    Raises: ValueError for a conditional model, whose latents do not decide the class.
    """
    check_unconditional(model, "label:NAME")
    count = arguments.whole("candidates", count, 1)
    latents = of_seeds(model, range(count), truncation)
    table = np.asarray(scores(sampling.generate(model, latents)))
    second, first = np.sort(table, axis=1)[:, -2:].T
    return Labeled(latents, table.argmax(axis=1), first - second)


def check_unconditional(model: GenerativeModel, text: str) -> None:
    """Raises ValueError for a conditional model, whose latents do not decide the class.

    Args:
      text: str, what needs another model.
    """
    if model.classes:
        raise ValueError(
            f"{text} needs an unconditional model; the classes of this one are conditions, see "
            "--label."
        )


def rows(latents: Latents, places) -> Latents:
    """Some rows of latents: dict of arrays `[n, ...]`."""
    return {name: array[places] for name, array in latents.items()}
