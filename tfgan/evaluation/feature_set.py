"""One side of a comparison: examples, their features, or statistics of these."""

import collections
import dataclasses
import functools

import numpy as np

from tfgan import modalities
from tfgan.data.decoding import cache
from tfgan.data.facts import Facts
from tfgan.metrics import FrechetReference, Moments

_ARRAYS = ("features", "logits", "data", "label", "target")


@dataclasses.dataclass(frozen=True)
class FeatureSet:
    """A set of examples with the features of an extractor.

        >>> two = FeatureSet("points", 2, np.float32([[0, 0], [2, 2]]))
        >>> two.dimensions, two.moments.mean.tolist(), two.first(1).count
        (2, [1.0, 1.0], 1)

    Attributes:
      name: str, for messages.
      count: int, examples; 0 if statistics do not say.
      features: float32 `[count, d]`, or None.
      logits: float32 `[count, classes]` of the extractor's classifier, or None.
      data: raw examples as in a batch, or None.
      label: int32 `[count]`, or None.
      statistics: `Moments` of the features where the features are unknown, or None.
      identity: dict, `Extractor.identity` of the features; None if it is unknown.
      conditions: dict of raw arrays `[count, ...]`, without the label; of samples those that they
        were drawn under. Empty where they are not kept.
      condition_modalities: dict of the `Modality` of each.
      target: raw examples as `data`, what each example would be at best: of samples the real
        examples with their conditions, of paired real examples these themselves; None for neither.
      latents: dict of float32 `[count, ...]`, what samples were generated from, where it is kept.
      modality: `Modality` of `data`; by default inferred from its form, None without data.
      facts: `data.facts.Facts` of the source.
    """

    name: str
    count: int
    features: np.ndarray | None = None
    logits: np.ndarray | None = None
    data: np.ndarray | None = None
    label: np.ndarray | None = None
    statistics: Moments | None = None
    identity: dict | None = None
    conditions: dict = dataclasses.field(default_factory=dict)
    condition_modalities: dict = dataclasses.field(default_factory=dict)
    target: np.ndarray | None = None
    latents: dict = dataclasses.field(default_factory=dict)
    modality: modalities.Modality | None = None
    facts: Facts = Facts()

    def __post_init__(self):
        if self.modality is None and self.data is not None:
            form = self.data.shape[1:], self.data.dtype.name
            object.__setattr__(self, "modality", modalities.of_arrays(self.name, *form))

    @property
    def form(self):
        return self.modality.describe(self.data.shape[1:])

    @functools.cached_property
    def moments(self):
        return self.statistics or Moments.of(self.features)

    @functools.cached_property
    def frechet_reference(self):
        return FrechetReference(self.moments)

    @property
    def dimensions(self):
        return len(self.moments.mean) if self.features is None else self.features.shape[1]

    def first(self, count):
        """The set of the first examples; itself, if it has no more."""
        return self if count >= self.count else self.rows(slice(0, count))

    def rows(self, index):
        """The set of some of the examples, by any index of NumPy rows."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        arrays = {name: None if rows is None else rows[index] for name, rows in arrays.items()}
        for each in ("conditions", "latents"):
            arrays[each] = {name: rows[index] for name, rows in getattr(self, each).items()}
        count = len(np.arange(self.count)[index])
        return dataclasses.replace(self, count=count, **arrays)


def collect(
    name,
    batches,
    extractor,
    total,
    *,
    keep_data=False,
    modality=None,
    facts=None,
    condition_modalities=None,
):
    """Extracts the features of batches: FeatureSet.

    Args:
      batches: iterable of dict batches in NumPy: `data`, and `label` if there are labels; where
        data are kept also the conditions, and `target`; `latents`, a dict, are kept always.
      extractor: `extractors.Extractor`, or None to compute no features.
      total: int, the expected number of examples, for the progress report.
      keep_data: bool, whether to keep the examples themselves.
      name, modality, facts, condition_modalities: see FeatureSet.
    Raises: ValueError for batches without examples.
    """
    kinds = condition_modalities or {}
    parts, latents = collections.defaultdict(list), collections.defaultdict(list)
    report = cache.ProgressLog(f"{name}: seen %s of {total:,} examples")
    count = 0
    for batch in batches:
        entries = {"data", "label", "target", *kinds} if keep_data else {"label"}
        arrays = {key: rows for key, rows in batch.items() if key in entries}
        if extractor is not None:
            output = extractor(batch["data"])
            arrays |= {"features": output.features, "logits": output.logits}
        for key, rows in arrays.items():
            if rows is not None:
                parts[key].append(rows)
        for key, rows in batch.get("latents", {}).items():
            latents[key].append(rows)
        count += len(batch["data"])
        report.step(len(batch["data"]))
    if count == 0:
        raise ValueError(f"{name}: there are no examples.")
    arrays = {key: np.concatenate(rows) for key, rows in parts.items()}
    return FeatureSet(
        name,
        count,
        **{key: rows for key, rows in arrays.items() if key not in kinds},
        conditions={key: rows for key, rows in arrays.items() if key in kinds},
        condition_modalities=kinds,
        latents={key: np.concatenate(rows) for key, rows in latents.items()},
        identity=extractor and extractor.identity,
        modality=modality,
        facts=facts or Facts(),
    )
