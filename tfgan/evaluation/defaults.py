"""The extractor and the metrics that suit a source, where none are named."""

from tfgan import extractors, modalities
from tfgan.evaluation import sample_conditions, true_masks
from tfgan.evaluation.evaluator import Evaluator
from tfgan.evaluation.feature_cache import FeatureCache
from tfgan.evaluation.feature_set import FeatureSet
from tfgan.evaluation.measures import MEASURES

_OF_TINY_IMAGES = ["parzen"]  # which uses no patches, but needs a run
_OF_FEATURES = ["fd", "kd", "pr", "dc", "auth"]


def extractor_name(modality, facts):
    """The extractor of a `Modality`, or its class, and of `data.Facts`: str, or ""."""
    return modality.kind if modality.is_own_feature else facts.extractor


def open_extractor(name="", source=None, *, weights="", resize=""):
    """The `extractors.Extractor` of a name, or of a source; or None.

    Args:
      name: str, see `extractors.open_extractor`; "" for `extractor_name` of the source.
      source: `data.Source`, or None.
      weights, resize: str, see `extractors.open_extractor`; "" for the default.
    Raises: ValueError, if it cannot be opened.
    """
    modality = source and source.spec.modality
    name = name or (extractor_name(modality, source.facts) if source else "")
    if not name:
        if weights or resize:
            raise ValueError("--extractor_weights and --resize need --extractor.")
        return None
    return extractors.open_extractor(
        name, weights=weights or None, resize=resize or None, modality=modality
    )


def evaluator(source, data, model, metrics, extractor, cache_dir="", **options):
    """The `Evaluator` of a run's source.

    Args:
      source, extractor, model: see `metrics_for`.
      data: dict, `runs.Record.data` of the run.
      metrics: sequence of names; empty for `metrics_for` the source.
      cache_dir: str, the directory of the feature cache.
      **options: `count`, `seed` and `batch_size` of the Evaluator.
    Raises: ValueError for metrics of what the data or the model do not have.
    """
    facts = {name: data[name] for name in ("image_size", "crop", "channels")}
    cache = FeatureCache(cache_dir or None, facts)
    metrics = metrics or metrics_for(source, extractor, model)
    evaluator = Evaluator(source, extractor, metrics, cache=cache, **options)
    evaluator.check_model(model)
    return evaluator


def selection_metric(extractor, source, model):
    """The metric that selects the best state: str.

    Args:
      extractor: str, the name of one, or "".
      source, model: see `metrics_for`.
    Raises: ValueError for data without a target that no default metric is for.
    """
    if of_pairs := _of_pairs(source, model):
        return of_pairs[0]
    if extractor or extractor_name(source.spec.modality, source.facts):
        return "fd"
    names = metrics_without_extractor(source.spec)
    if not MEASURES[names[0]].suits(source.spec.modality):
        raise ValueError(
            f"No default metric selects the best state for {source.spec.modality.kind} without a "
            "target; name one with --evaluate_metrics."
        )
    return names[0]


def expected_selection_metric(extractor, kind, facts):
    """The `selection_metric` of data elsewhere, by `Modality.kind` and `data.Facts`: str."""
    modality = modalities.by_kind(kind)
    return "fd" if extractor or extractor_name(modality, facts) else modality.metrics[0]


def metrics_for(source, extractor, model):
    """The metrics that suit a source and a model: list of str, the one that selects states first.

    Args:
      source: `data.Source`.
      extractor: `extractors.Extractor`, or None.
      model: `models.GenerativeModel`.
    """
    names = _of_pairs(source, model)
    names += _of_sets(source, extractor, bool(model.classes or names))
    if sample_conditions.names(model, source.spec):
        is_known = true_masks.are_known(source.spec, source.facts)
        names += ["segmentation"] * (is_known and "segmentation" not in names)
        names += ["cycle"] * model.has_cycle
    has_answers = source.spec.classes and source.held_out is not None
    return names + ["category"] * bool(has_answers and model.category)


def _of_pairs(source, model):
    """The metrics of translations with a target, best first: list of str, empty for others."""
    spec = source.spec
    if not (spec.is_paired and sample_conditions.names(model, spec)):
        return []
    names = ["segmentation"] * true_masks.are_known(spec, source.facts) + ["ssim", "l1", "psnr"]
    return [name for name in names if MEASURES[name].suits(spec.modality, spec.raw_shape)]


def _of_sets(source, extractor, have_labels):
    """The metrics of two sets; `have_labels` says whether samples have those of examples."""
    if extractor is None:
        kind = source.spec.modality
        names = [n for n in metrics_without_extractor(source.spec) if MEASURES[n].suits(kind)]
        return names + ["grammar"] * bool(source.facts.grammar)
    names = [*_OF_FEATURES]
    names += ["modes"] if extractor.classes or source.facts.mixture else []
    if not (have_labels and source.spec.classes):
        return names
    return names + ["labels"] * (extractor.classes == source.spec.classes) + ["diversity"]


def metrics_for_sets(sides, extractor):
    """The metrics that suit two sets: list of str.

    Args:
      sides: FeatureSets, or `example_sets.Examples` that are not read yet.
      extractor: `extractors.Extractor` of the examples, or None.
    Raises: ValueError for images that are too small for every metric.
    """
    features = [side for side in sides if isinstance(side, FeatureSet)]
    if any(side.statistics is not None for side in features):
        return ["fd"]
    if extractor is None and not features:
        spec = sides[0].spec
        names = metrics_without_extractor(spec)
        if names == _OF_TINY_IMAGES:
            raise ValueError(
                f"Images of {spec.shape[0]} x {spec.shape[1]} pixels are too small for the metrics "
                "that need no extractor; give --extractor or a larger --image_size."
            )
        return names
    has_logits = all(side.logits is not None for side in features)
    has_logits &= len(features) == 2 or (extractor is not None and extractor.classes is not None)
    return _OF_FEATURES + ["modes"] * has_logits


def metrics_without_extractor(spec):
    """The metrics of a `DataSpec` that need no extractor: list of str, best first."""
    side = min(spec.shape[:2])
    names = [name for name in spec.modality.metrics if MEASURES[name].min_side <= side]
    return names or _OF_TINY_IMAGES


def provenance(evaluator, data):
    """What makes a score comparable with others, with `runs.Record.data`: dict for JSON."""
    return {
        "extractor": evaluator.extractor and evaluator.extractor.identity,
        "seed": evaluator.seed,
        "quantised": evaluator.source.spec.dtype == "uint8",
        "data": {**data, "source": evaluator.source.name, "real": "training examples"},
    }
