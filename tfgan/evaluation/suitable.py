"""What suits a source: the extractor and the metrics, where nobody names them."""

from tfgan import extractors
from tfgan.evaluation.evaluator import Evaluator
from tfgan.evaluation.feature_cache import FeatureCache
from tfgan.evaluation.measures import MEASURES

MIXTURES = ("toy:ring", "toy:grid")
TOY_POINTS = (*MIXTURES, "toy:swiss_roll")
TOY_TEXTS = ("toy:sentences", "toy:paragraphs")

_NOUNS = {"text": "texts", **dict.fromkeys(TOY_TEXTS, "texts"), "toy:bouncing": "videos"}
_WITHOUT_EXTRACTOR = {
    "texts": ["ngrams"],
    "images": ["swd", "ms_ssim"],
    "videos": ["motion"],
}
OF_TINY_IMAGES = ["parzen"]  # which looks at no patches, and needs a run


def extractor_name(source_name, noun=""):
    """The extractor that needs no choice, only for data that it was made for: str, "" for none.

    Args:
      source_name: str, as `--data` takes it.
      noun: str, `DataSpec.noun` of the examples, where it is known.
    """
    if noun == "points" or source_name in TOY_POINTS:
        return "points"
    is_digits = source_name == "mnist5k" or source_name.split("@")[0] == "tfds:mnist"
    return "digits" if is_digits else ""


def open_extractor(name="", source_name="", noun="", *, weights="", resize=""):
    """The `extractors.Extractor` of a name, or that suits the data; None for none.

    Args:
      name: str, as of `extractors.open_extractor`; "" for what suits.
      source_name, noun: as of `extractor_name`.
      weights, resize: str, as of `extractors.open_extractor`; "" for none.
    Raises: ValueError, if it cannot be opened.
    """
    chosen = name or extractor_name(source_name, noun)
    if not chosen:
        if weights or resize:
            raise ValueError("--extractor_weights and --resize need --extractor.")
        return None
    return extractors.open_extractor(chosen, weights=weights or None, resize=resize or None)


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
        metrics or metrics_of(source, extractor, conditional),
        cache=FeatureCache(cache_dir or None, facts),
        **options,
    )


def decisive(extractor, source_name, spec=None):
    """The metric that decides which state is the best, unless one is named: str.

    Args:
      extractor: str, the name of one, or "".
      source_name: str, of the data.
      spec: `DataSpec` of the data; without it, what the source's name tells.
    """
    kind = source_name.partition(":")[0]
    noun = spec.noun if spec else _NOUNS.get(source_name) or _NOUNS.get(kind, "images")
    if extractor or extractor_name(source_name, noun):
        return "fd"
    return without_extractor(noun, spec.shape[:2])[0] if spec else _WITHOUT_EXTRACTOR[noun][0]


def metrics_of(source, extractor, conditional):
    """The metrics that suit a source: list of str, the decisive one first.

    Args:
      source: `data.Source`.
      extractor: `extractors.Extractor`, or None.
      conditional: bool, whether samples have labels.
    """
    if extractor is None:
        is_toy = source.name in TOY_TEXTS
        chosen = without_extractor(source.spec.noun, source.spec.shape[:2])
        return chosen + (["grammar"] if is_toy else [])
    chosen = ["fd", "kd", "pr", "dc", "auth"]
    chosen += ["modes"] if extractor.classes or source.name in MIXTURES else []
    chosen += ["labels"] if conditional and extractor.classes == source.spec.classes else []
    return chosen


def without_extractor(noun, sides):
    """The metrics that need no extractor, the decisive one first: list of str.

    Args:
      noun: str, `DataSpec.noun` of the examples.
      sides: (height, width) of images.
    """
    chosen = _WITHOUT_EXTRACTOR[noun]
    if noun == "images":
        chosen = [each for each in chosen if min(sides) >= MEASURES[each].least_side]
    return list(chosen) or OF_TINY_IMAGES


def provenance(evaluator, data):
    """What makes a figure comparable: dict that JSON can hold.

    Args:
      evaluator: `Evaluator`.
      data: dict, `runs.Record.data` of the run.
    """
    return {
        "extractor": evaluator.extractor and evaluator.extractor.identity,
        "seed": evaluator.seed,
        "quantised": evaluator.source.spec.dtype == "uint8",
        "data": {**data, "source": evaluator.source.name, "real": "training examples"},
    }
