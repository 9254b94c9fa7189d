"""One side of a comparison: what the metrics see of a set of examples."""

import dataclasses
import functools

import numpy as np

from tfgan import modalities
from tfgan.data.decoding import cache
from tfgan.data.facts import Facts
from tfgan.metrics import FrechetReference, Moments


@dataclasses.dataclass(frozen=True)
class FeatureSet:
    """Examples as an extractor sees them.

    Attributes:
      name: str, how messages call the set.
      count: int, examples; 0 where statistics do not tell it.
      features: float32 `[count, d]`, or None.
      logits: float32 `[count, classes]` of the extractor's classifier, or None.
      data: the examples themselves, raw as in a batch, or None.
      label: int32 `[count]`, or None.
      statistics: `Moments` of the features where only they are known, or None.
      identity: dict, `Extractor.identity` of what made the features; None where it is not known.
      modality: `Modality` of `data`; by default what their form says, None without data.
      facts: `data.facts.Facts`, what is known about the set.
    """

    name: str
    count: int
    features: np.ndarray | None = None
    logits: np.ndarray | None = None
    data: np.ndarray | None = None
    label: np.ndarray | None = None
    statistics: Moments | None = None
    identity: dict | None = None
    modality: modalities.Modality | None = None
    facts: Facts = Facts()

    def __post_init__(self):
        if self.modality is None and self.data is not None:
            form = self.data.shape[1:], self.data.dtype.name
            object.__setattr__(self, "modality", modalities.of_arrays(self.name, *form))

    @property
    def form(self):
        """The form of `data` in words, such as "gray images of 28 x 28"."""
        return self.modality.in_words(self.data.shape[1:])

    @functools.cached_property
    def moments(self):
        """The `Moments` of the features."""
        return self.statistics or Moments.of(self.features)

    @functools.cached_property
    def frechet_reference(self):
        """The `FrechetReference` of this set as the real side."""
        return FrechetReference(self.moments)

    @property
    def dimensions(self):
        """The dimension of the features: int."""
        return len(self.moments.mean) if self.features is None else self.features.shape[1]

    def first(self, count):
        """The set of the first examples; itself, if it has no more."""
        return self if count >= self.count else self.rows(slice(0, count))

    def rows(self, which):
        """The set of some of the examples: `which` indexes NumPy rows."""
        arrays = {name: getattr(self, name) for name in ("features", "logits", "data", "label")}
        arrays = {name: None if rows is None else rows[which] for name, rows in arrays.items()}
        count = len(np.arange(self.count)[which])
        return dataclasses.replace(self, count=count, **arrays)


def collect(name, batches, extractor, total, *, keep_data=False, modality=None, facts=None):
    """Reads batches to their end and keeps what an extractor says about them.

    Args:
      name: str, how messages call the set.
      batches: iterable of dict batches in NumPy: `data`, and `label` if there are labels.
      extractor: `extractors.Extractor`, or None for no features.
      total: int, how many examples will come; for the report of the progress.
      keep_data: bool, whether to keep the examples themselves.
      modality, facts: as of FeatureSet.
    Returns: FeatureSet.
    Raises: ValueError for a set without examples.
    """
    parts = {"features": [], "logits": [], "data": [], "label": []}
    report = cache.ProgressLog(f"{name}: seen %s of {total:,} examples")
    count = 0
    for batch in batches:
        found = {"label": batch.get("label"), "data": batch["data"] if keep_data else None}
        if extractor is not None:
            made = extractor(batch["data"])
            found |= {"features": made.features, "logits": made.logits}
        for key, rows in found.items():
            if rows is not None:
                parts[key].append(rows)
        count += len(batch["data"])
        report.step(len(batch["data"]))
    if count == 0:
        raise ValueError(f"{name}: there are no examples.")
    arrays = {key: np.concatenate(rows) for key, rows in parts.items() if rows}
    return FeatureSet(
        name,
        count,
        **arrays,
        identity=extractor and extractor.identity,
        modality=modality,
        facts=facts or Facts(),
    )
