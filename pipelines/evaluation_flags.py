"""The flags that say how examples are measured, shared by the programs that evaluate."""

from absl import flags

MIXTURES = ("toy:ring", "toy:grid")


def define_extractor(values):
    """--extractor and what it needs."""
    text = flags.DEFINE_string
    text(
        "extractor",
        "",
        "What turns images into features: digits, inception, keras:NAME, a FILE.keras or the "
        "folder of a SavedModel. By default digits for MNIST, and the points themselves for "
        "points.",
        values,
    )
    text("extractor_weights", "", "The weights file of inception or keras:NAME.", values)
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


def default_decisive(values, data):
    """The metric that decides which state is the best, unless one is named."""
    return "fd" if values.extractor or suitable(data["source"]) else "swd"


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
    pixels = [side.data for side in sides if side.features is None]
    if pixels:
        return _of_pixels(pixels[0].shape[1:])
    has_logits = all(side.logits is not None for side in sides)
    return ["fd", "kd", "pr", "dc", "auth"] + (["modes"] if has_logits else [])


def names(text):
    """What stands between commas: list of str."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _suitable_metrics(source, extractor, conditional):
    if extractor is None:
        return _of_pixels(source.spec.shape)
    chosen = ["fd", "kd", "pr", "dc", "auth"]
    chosen += ["modes"] if extractor.classes or source.name in MIXTURES else []
    chosen += ["labels"] if conditional and extractor.classes == source.spec.classes else []
    return chosen


def _of_pixels(shape):
    """The metrics that need no extractor, for examples of a shape."""
    from tfgan import evaluation

    least = evaluation.MEASURES["ms_ssim"].least_side
    return ["swd", "ms_ssim"] if len(shape) == 3 and min(shape[:2]) >= least else ["swd"]


def suitable(source_name):
    """The extractor that needs no choice: only for data that it was made for."""
    if source_name.startswith("toy:"):
        return "points"
    is_digits = source_name == "mnist5k" or source_name.split("@")[0] == "tfds:mnist"
    return "digits" if is_digits else ""
