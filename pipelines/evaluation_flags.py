"""The flags that say how examples are measured, shared by the programs that evaluate."""

from absl import flags

from . import path_flags

MIXTURES = ("toy:ring", "toy:grid")
TOY_POINTS = (*MIXTURES, "toy:swiss_roll")
TOY_TEXTS = ("toy:sentences", "toy:paragraphs")

_NOUNS = {"text": "texts", **dict.fromkeys(TOY_TEXTS, "texts"), "toy:bouncing": "videos"}
_WITHOUT_EXTRACTOR = {
    "points": ["parzen"],
    "texts": ["ngrams"],
    "images": ["swd", "ms_ssim"],
    "videos": ["motion"],
}


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


def open_extractor(values, source_name=""):
    """The `extractors.Extractor` that the flags name, or that suits the source; None for none."""
    from tfgan import extractors

    name = values.extractor or suitable(source_name)
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

    extractor = open_extractor(values, data["source"])
    facts = {name: data[name] for name in ("image_size", "crop", "channels")}
    return evaluation.Evaluator(
        source,
        extractor,
        names(metrics) or _suitable_metrics(source, extractor, conditional),
        cache=evaluation.FeatureCache(values.cache_dir or None, facts),
        **options,
    )


def default_decisive(values, data, noun=""):
    """The metric that decides which state is the best, unless one is named.

    Args:
      values: the flags.
      data: dict, as `data_flags.resolve` gives it.
      noun: str, `DataSpec.noun` of the data; without it, what the source's name tells.
    """
    if values.extractor or suitable(data["source"]):
        return "fd"
    kind = data["source"].partition(":")[0]
    noun = noun or _NOUNS.get(data["source"]) or _NOUNS.get(kind, "images")
    return _WITHOUT_EXTRACTOR[noun][0]


def provenance(evaluator, data):
    """What makes a figure comparable: dict that JSON can hold."""
    return {
        "extractor": evaluator.extractor and evaluator.extractor.identity,
        "seed": evaluator.seed,
        "quantised": evaluator.source.spec.dtype == "uint8",
        "data": {**data, "source": evaluator.source.name, "real": "training examples"},
    }


def metrics_of_sets(text, real, fake):
    """The names in --metrics; without any, those that suit two sets."""
    sides = (real, fake)
    if text:
        return names(text)
    if any(side.statistics is not None for side in sides):
        return ["fd"]
    sides_of_data = [side for side in sides if side.features is None]
    if sides_of_data:
        side = sides_of_data[0]
        return _without_extractor(side.noun, side.data.shape[1:3])
    has_logits = all(side.logits is not None for side in sides)
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

    chosen = list(_WITHOUT_EXTRACTOR[noun])
    is_small = noun == "images" and min(sides) < evaluation.MEASURES["ms_ssim"].least_side
    return chosen[:1] if is_small else chosen


def suitable(source_name):
    """The extractor that needs no choice: only for data that it was made for."""
    if source_name in TOY_POINTS:
        return "points"
    is_digits = source_name == "mnist5k" or source_name.split("@")[0] == "tfds:mnist"
    return "digits" if is_digits else ""
