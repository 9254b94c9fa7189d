"""What suits a source: the extractor and the metrics, where nobody names them."""

from tfgan import extractors, modalities
from tfgan.evaluation.evaluator import Evaluator
from tfgan.evaluation.feature_cache import FeatureCache
from tfgan.evaluation.measures import MEASURES

METRICS_OF_TINY_IMAGES = ["parzen"]  # which looks at no patches, and needs a run


def extractor_name(modality, facts):
    """The extractor that needs no choice, only for data that it was made for: str, "" for none.

    Args:
      modality: `Modality` of the examples, or its class.
      facts: `data.Facts` of the set.
    """
    return modality.kind if modality.is_own_feature else facts.extractor


def open_extractor(name="", source=None, *, weights="", resize=""):
    """The `extractors.Extractor` of a name, or that suits a source; None for none.

    Args:
      name: str, as of `extractors.open_extractor`; "" for what suits.
      source: `data.Source`; None for no data.
      weights, resize: str, as of `extractors.open_extractor`; "" for none.
    Raises: ValueError, if it cannot be opened.
    """
    modality = source and source.spec.modality
    chosen = name or (extractor_name(modality, source.facts) if source else "")
    if not chosen:
        if weights or resize:
            raise ValueError("--extractor_weights and --resize need --extractor.")
        return None
    return extractors.open_extractor(
        chosen, weights=weights or None, resize=resize or None, modality=modality
    )


def evaluator(source, data, conditional, metrics, extractor, cache_dir="", **options):
    """The `Evaluator` of a run's source.

    Args:
      source: `data.Source`.
      data: dict, `runs.Record.data` of the run.
      conditional: bool, whether samples have labels.
      metrics: sequence of names; empty for those that suit the data.
      extractor: `extractors.Extractor`, or None.
      cache_dir: str, where features are kept.
      **options: `count`, `seed` and `batch_size` of the Evaluator.
    """
    facts = {name: data[name] for name in ("image_size", "crop", "channels")}
    return Evaluator(
        source,
        extractor,
        metrics or metrics_for(source, extractor, conditional),
        cache=FeatureCache(cache_dir or None, facts),
        **options,
    )


def selection_metric(extractor, source):
    """The metric that decides which state is the best, unless one is named: str.

    Args:
      extractor: str, the name of one, or "".
      source: `data.Source`.
    """
    if extractor or extractor_name(source.spec.modality, source.facts):
        return "fd"
    return metrics_without_extractor(source.spec)[0]


def expected_selection_metric(extractor, kind, facts):
    """What `selection_metric` will be for data known by `data.describe_name` alone: str.

    Args:
      extractor: str, the name of one, or "".
      kind: str, see `Modality.kind`.
      facts: `data.Facts`.
    """
    modality = modalities.find(kind)
    return "fd" if extractor or extractor_name(modality, facts) else modality.metrics[0]


def metrics_for(source, extractor, conditional):
    """The metrics that suit a source: list of str, the decisive one first.

    Args:
      source: `data.Source`.
      extractor: `extractors.Extractor`, or None.
      conditional: bool, whether samples have labels.
    """
    if extractor is None:
        return metrics_without_extractor(source.spec) + (
            ["grammar"] if source.facts.grammar else []
        )
    chosen = ["fd", "kd", "pr", "dc", "auth"]
    chosen += ["modes"] if extractor.classes or source.facts.mixture else []
    chosen += ["labels"] if conditional and extractor.classes == source.spec.classes else []
    return chosen


def metrics_without_extractor(spec):
    """The metrics that need no extractor, the decisive one first: list of str.

    Args:
      spec: `DataSpec`.
    """
    sides = spec.shape[:2]
    chosen = [each for each in spec.modality.metrics if MEASURES[each].min_side <= min(sides)]
    return chosen or METRICS_OF_TINY_IMAGES


def provenance(evaluator, data):
    """What makes a figure comparable: dict that JSON can hold.

    Args:
      evaluator: `Evaluator`.
      data: dict, `runs.Record.data` of the run.
    """
    return {
        "extractor": evaluator.extractor and evaluator.extractor.identity,
        "seed": evaluator.seed,
        "quantized": evaluator.source.spec.dtype == "uint8",
        "data": {**data, "source": evaluator.source.name, "real": "training examples"},
    }
