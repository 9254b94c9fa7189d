"""Compares the samples of a model with the data it was trained on."""

import dataclasses
import functools

import numpy as np

from tfgan.data import example_order
from tfgan.evaluation import caveats, measures, sample_conditions, scores
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.evaluation.measures import model_needs
from tfgan.evaluation.scores import Comparison
from tfgan.extractors import CHUNK
from tfgan.models import sampling


@dataclasses.dataclass(frozen=True)
class Evaluation:
    """Results in the order of the metrics, and the samples, if a metric needs them."""

    results: list[scores.Result]
    fake: FeatureSet | None


class Evaluator:
    """Evaluates models against one source, whose examples are read once.

    Labels follow the training examples; other conditions are those of held-out examples, each for
    one sample (of training examples without any held out). Two evaluations of one model agree to
    the last bit.

    Attributes:
      needs_samples: bool, whether any metric needs samples; otherwise none are drawn.

    Args:
      source: `data.Source` that the model was trained on.
      extractor: `extractors.Extractor`; None, if no metric needs one.
      metrics: sequence of names of `measures.MEASURES`.
      count: int, samples, and the maximum number of training and held-out examples; there are at
        most as many samples as examples that give their conditions.
      seed: int, of the samples and of every random draw of a metric.
      batch_size: int, examples per pass, rounded up to hundreds; it changes no score.
      cache: `feature_cache.FeatureCache`, or None.
    Raises: ValueError for unknown metrics, and for metrics that lack an input.
    """

    def __init__(
        self, source, extractor, metrics, *, count=10_000, seed=0, batch_size=500, cache=None
    ):
        if count < 2:
            raise ValueError(f"count must be at least 2; received {count}.")
        self.source = source
        self.extractor = extractor
        self.count = count
        self.seed = seed
        # In whole passes: the last bit of a feature depends on its position in a pass.
        self._batch_size = -(-batch_size // CHUNK) * CHUNK
        self._measures = measures.by_name(metrics)
        self._cache = cache
        self._check_inputs()
        self.needs_samples = any(measure.needs_samples for measure in self._measures.values())
        needs = {need for measure in self._measures.values() for need in measure.needs}
        self._keep_latents = "latents" in needs
        self._keep_data, self._keep_samples = "data" in needs, bool({"data", "samples"} & needs)
        self._forms = {
            "modality": source.spec.modality,
            "facts": source.facts,
            "condition_modalities": source.spec.condition_modalities,
        }
        self._computed_once = {}  # `Comparison.results` for the real set

    @property
    def metrics(self):
        """The names of the metrics: list of str."""
        return list(self._measures)

    @functools.cached_property
    def real(self):
        """The FeatureSet of the training examples; a warning is logged if they are too few."""
        real = self._read(self.source, self._keep_data)
        caveats.warn_if_too_few(self._measures, real)
        return real

    @functools.cached_property
    def held_out(self):
        """The FeatureSet of the held-out examples, or None."""
        held_out = self.source.held_out
        return self._read(held_out, self._keep_samples) if held_out else None

    @functools.cached_property
    def real_baselines(self):
        """The scores of held-out examples for metrics of samples alone: dict of lists of Score."""
        if self.held_out is None:
            return {}
        others = {"model", "held_out"}
        of_samples = {n: m for n, m in self._measures.items() if not others & set(m.needs)}
        return scores.real_baselines(of_samples, self._comparison(self.held_out))

    def evaluate(self, model, *, truncation=None, **conditions):
        """Draws samples and measures them.

        Args:
          model: `models.GenerativeModel`.
          truncation: see `GenerativeModel.sample`.
          **conditions: one for all, or arrays `[count, ...]`; by default those of examples, see
            above.
        Returns: Evaluation.
        Raises: ValueError for too few samples, samples that are not finite or of another shape, and
          see `check_model`.
        """
        self.check_model(model)
        if not self.needs_samples:
            comparison = self._comparison(None, self.held_out, model)
            return Evaluation(scores.results(self._measures, comparison, {}, None), None)
        fake = self._sample(model, truncation, conditions)
        return Evaluation(self.compare(fake, model), fake)

    def check_model(self, model):
        """Raises ValueError for a metric of something that a `GenerativeModel` does not have."""
        for name in self._measures:
            model_needs.check(name, model, self.source.spec)

    def compare(self, fake, model=None):
        """Measures a FeatureSet of samples, of a model or none: list of Result."""
        comparison = self._comparison(fake, self.held_out, model)
        matched = self._comparison(fake.first(self.held_out.count)) if self.held_out else None
        return scores.results(self._measures, comparison, self.real_baselines, matched)

    def sample_count(self, model):
        """How many samples of a model are drawn, under the conditions of examples: int."""
        names = sample_conditions.names(model, self.source.spec)
        origin = sample_conditions.origin(self.source)
        return min(self.count, sample_conditions.count(origin, names)) if names else self.count

    def _comparison(self, fake, held_out=None, model=None):
        results = self._computed_once
        return Comparison(self.real, fake, self.extractor, held_out, model, self.seed, results)

    def _read(self, source, keep_data):
        extractor = self.extractor if self.needs_samples else None
        total = min(self.count, source.distinct("data"))

        def read():
            batches = source.examples(total, batch_size=self._batch_size)
            return self._collect(source.name, batches, extractor, total, keep_data)

        if self._cache is None or keep_data or extractor is None:
            real = read()
            is_paired = source.spec.conditions and source.spec.is_paired
            return dataclasses.replace(real, target=real.data) if is_paired else real
        features = self._cache.get_or_compute(read, source, extractor, total)
        return dataclasses.replace(features, **self._forms)

    def _collect(self, name, batches, extractor, total, keep_data):
        return collect(name, batches, extractor, total, keep_data=keep_data, **self._forms)

    def _sample(self, model, truncation, conditions):
        names = sample_conditions.names(model, self.source.spec)
        options = {"seed": self.seed, "truncation": truncation}
        total = self.count
        if set(names) - set(conditions):
            total, origin = self.sample_count(model), sample_conditions.origin(self.source)
            batches = sample_conditions.draw(
                model, origin, names, total, self._batch_size, **options, **conditions
            )
        else:
            conditions = {"label": self._labels(model), **conditions}
            batches = self._draw(model, conditions, options)
        if self._keep_latents:
            batches = _with_latents(model, batches, options)
        return self._collect("samples", batches, self.extractor, total, self._keep_samples)

    def _draw(self, model, conditions, options):
        """Yields batches of samples under conditions for all, or of one row per sample."""
        by_row = {name for name, each in conditions.items() if np.shape(each)[:1] == (self.count,)}
        for start in range(0, self.count, self._batch_size):
            count = min(self._batch_size, self.count - start)
            rows = slice(start, start + count)
            batch = {n: each[rows] if n in by_row else each for n, each in conditions.items()}
            yield model.sample(count, start=start, **options, **batch)

    def _labels(self, model):
        if not model.classes or self.real.label is None:
            return None
        draw = example_order.generator(self.seed, "labels of samples")
        return self.real.label[draw.integers(self.real.count, size=self.count)]

    def _check_inputs(self):
        source, spec = self.source, self.source.spec
        for name, measure in self._measures.items():
            if self.extractor is None and {"features", "logits"} & set(measure.needs):
                raise ValueError(f"The metric {name} needs an extractor; give --extractor.")
            if "logits" in measure.needs and self.extractor.classes is None:
                raise ValueError(
                    f"The metric {name} needs a classifier's logits; the extractor "
                    f"{self.extractor.name} has none."
                )
            if "held_out" in measure.needs and source.held_out is None:
                raise ValueError(
                    f"The metric {name} needs held-out examples; {source.name} has none."
                )
            measures.check_data(name, source.name, spec.modality, spec.raw_shape)
            measures.check_translation(name, source)


def _with_latents(model, batches, options):
    """Batches of samples with what they were generated from; without latents unchanged."""
    start = 0
    for batch in batches:
        count = len(batch["data"])
        conditions = {name: batch[name] for name in model.sampled_conditions}
        rows = {}
        if model.latent_shapes:
            rows = sampling.latents(model, count, start=start, **options, **conditions)
        yield batch | {"latents": {name: rows[name] for name in model.latent_shapes}}
        start += count
