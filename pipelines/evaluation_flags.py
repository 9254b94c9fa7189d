"""The flags that say how examples are measured, shared by the programs that evaluate."""

from absl import flags

from . import path_flags

MIXTURES = ("toy:ring", "toy:grid")
TOY_POINTS = (*MIXTURES, "toy:swiss_roll")
TOY_TEXTS = ("toy:sentences", "toy:paragraphs")

_NOUNS = {"text": "texts", **dict.fromkeys(TOY_TEXTS, "texts"), "toy:bouncing": "videos"}
_WITHOUT_EXTRACTOR = {
    "texts": ["ngrams"],
    "images": ["swd", "ms_ssim"],
    "videos": ["motion"],
}
_OF_TINY_IMAGES = ["parzen"]  # which looks at no patches, and needs a run


def define_extractor(values):
    """--extractor and what it needs."""
    path_flags.define_source(
        "extractor",
        "",
        "What turns images into features: digits, inception, keras:NAME, a FILE.keras or the "
        "folder of a SavedModel. By default digits for MNIST, and the points themselves for "
        "points.",
        values,
    )
    path_flags.define(
        "extractor_weights", "", "The weights file of inception or keras:NAME.", values
    )
    flags.DEFINE_enum(
        "resize",
        "",
        ["", "clean", "legacy_tf", "legacy_pytorch"],
        "How images are resized for the extractor: clean is antialiased bicubic, the legacy ones "
        "are what TensorFlow 1 and PyTorch did. By default legacy_tf for inception, else clean.",
        values,
    )


def open_extractor(values, source_name="", noun=""):
    """The `extractors.Extractor` that the flags name, or that suits the data; None for none.

    Args:
      values: the flags.
      source_name, noun: as of `suitable`.
    """
    from tfgan import extractors

    name = values.extractor or suitable(source_name, noun)
    if not name:
        if values.extractor_weights or values.resize:
            raise ValueError("--extractor_weights and --resize need --extractor.")
        return None
    return extractors.open_extractor(
        name, weights=values.extractor_weights or None, resize=values.resize or None
    )


def evaluator(values, source, data, conditional, metrics, **options):
    """The `evaluation.Evaluator` of a source.

    Args:
      values: the flags.
      source: `data.Source`.
      data: dict, `runs.Record.data` of the run.
      conditional: bool, whether samples have labels.
      metrics: str, names with commas between them; "" for those that suit the data.
      **options: `count`, `seed` and `batch_size` of the Evaluator.
    """
    from tfgan import evaluation

    extractor = open_extractor(values, data["source"], source.spec.noun)
    facts = {name: data[name] for name in ("image_size", "crop", "channels")}
    return evaluation.Evaluator(
        source,
        extractor,
        names(metrics) or _suitable_metrics(source, extractor, conditional),
        cache=evaluation.FeatureCache(values.cache_dir or None, facts),
        **options,
    )


def default_decisive(values, data, spec=None):
    """The metric that decides which state is the best, unless one is named.

    Args:
      values: the flags.
      data: dict, as `data_flags.resolve` gives it.
      spec: `DataSpec` of the data; without it, what the source's name tells.
    """
    kind = data["source"].partition(":")[0]
    noun = spec.noun if spec else _NOUNS.get(data["source"]) or _NOUNS.get(kind, "images")
    if values.extractor or suitable(data["source"], noun):
        return "fd"
    return _without_extractor(noun, spec.shape[:2])[0] if spec else _WITHOUT_EXTRACTOR[noun][0]


def tell_how_to_have_fid(extractor, *nouns):
    """Says what FID needs, if images were measured without an extractor.

    Args:
      extractor: `extractors.Extractor`, or None.
      *nouns: str, `DataSpec.noun` of what was measured.
    """
    if extractor is None and "images" in nouns:
        print(
            "FID:        not measured; it needs --extractor=inception and --extractor_weights=\n"
            "            the .pth file of pytorch-fid or the frozen graph of 2015 (.pb)."
        )


def provenance(evaluator, data):
    """What makes a figure comparable: dict that JSON can hold."""
    return {
        "extractor": evaluator.extractor and evaluator.extractor.identity,
        "seed": evaluator.seed,
        "quantised": evaluator.source.spec.dtype == "uint8",
        "data": {**data, "source": evaluator.source.name, "real": "training examples"},
    }


def metrics_of_sets(text, sides, extractor):
    """The names in --metrics; without any, those that suit two sets.

    Args:
      text: str, --metrics.
      sides: list of `evaluation.FeatureSet` of features or statistics, and of `sets.Examples`.
      extractor: `extractors.Extractor` that will read the examples, or None.
    Returns: list of str.
    """
    from tfgan.evaluation import FeatureSet

    known = [side for side in sides if isinstance(side, FeatureSet)]
    if text:
        return names(text)
    if any(side.statistics is not None for side in known):
        return ["fd"]
    if extractor is None and not known:
        spec = sides[0].spec
        chosen = _without_extractor(spec.noun, spec.shape[:2])
        if chosen == _OF_TINY_IMAGES:
            raise ValueError(
                f"Images of {spec.shape[0]} x {spec.shape[1]} pixels are too small for the metrics "
                "that need no extractor; give --extractor or a larger --image_size."
            )
        return chosen
    has_logits = all(side.logits is not None for side in known)
    has_logits &= len(known) == 2 or (extractor is not None and extractor.classes is not None)
    return ["fd", "kd", "pr", "dc", "auth"] + (["modes"] if has_logits else [])


def names(text):
    """What stands between commas: list of str."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _suitable_metrics(source, extractor, conditional):
    if extractor is None:
        is_toy = source.name in TOY_TEXTS
        chosen = _without_extractor(source.spec.noun, source.spec.shape[:2])
        return chosen + (["grammar"] if is_toy else [])
    chosen = ["fd", "kd", "pr", "dc", "auth"]
    chosen += ["modes"] if extractor.classes or source.name in MIXTURES else []
    chosen += ["labels"] if conditional and extractor.classes == source.spec.classes else []
    return chosen


def _without_extractor(noun, sides):
    """The metrics that need no extractor, the decisive one first.

    Args:
      noun: str, `DataSpec.noun` of the examples.
      sides: (height, width) of images.
    """
    from tfgan import evaluation

    chosen = _WITHOUT_EXTRACTOR[noun]
    if noun == "images":
        chosen = [each for each in chosen if min(sides) >= evaluation.MEASURES[each].least_side]
    return list(chosen) or _OF_TINY_IMAGES


def suitable(source_name, noun=""):
    """The extractor that needs no choice, only for data that it was made for: str, "" for none.

    Args:
      source_name: str, as `--data` takes it.
      noun: str, `DataSpec.noun` of the examples, where it is known.
    """
    if noun == "points" or source_name in TOY_POINTS:
        return "points"
    is_digits = source_name == "mnist5k" or source_name.split("@")[0] == "tfds:mnist"
    return "digits" if is_digits else ""
