"""The flags that say how examples are measured, shared by the programs that evaluate."""

from absl import flags

from . import path_flags


def define_extractor(values):
    """--extractor and what it needs."""
    path_flags.define_source(
        "extractor",
        "",
        "What turns images into features: digits, inception, keras:NAME, a FILE.keras or the "
        "folder of a SavedModel. By default digits for MNIST, and the numbers themselves for "
        "points and latents.",
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


def open_extractor(values, source=None):
    """The `extractors.Extractor` that the flags name, or that suits the data; None for none.

    Args:
      values: the flags.
      source: `data.Source`; None for no data.
    """
    from tfgan.evaluation import defaults

    return defaults.open_extractor(
        values.extractor, source, weights=values.extractor_weights, resize=values.resize
    )


def tell_how_to_have_fid(extractor, *kinds):
    """Says what FID needs, if images were measured without an extractor.

    Args:
      extractor: `extractors.Extractor`, or None.
      *kinds: str, `Modality.kind` of what was measured.
    """
    if extractor is None and "images" in kinds:
        print(
            "FID:        not measured; it needs --extractor=inception and --extractor_weights=\n"
            "            the .pth file of pytorch-fid or the frozen graph of 2015 (.pb)."
        )


def metrics_of_sets(text, sides, extractor):
    """The names in --metrics; without any, those that suit two sets.

    Args:
      text: str, --metrics.
      sides: list of `evaluation.FeatureSet` of features or statistics, and `example_sets.Examples`.
      extractor: `extractors.Extractor` that will read the examples, or None.
    Returns: list of str.
    """
    from tfgan.evaluation import FeatureSet, defaults

    known = [side for side in sides if isinstance(side, FeatureSet)]
    if text:
        return names(text)
    if any(side.statistics is not None for side in known):
        return ["fd"]
    if extractor is None and not known:
        spec = sides[0].spec
        chosen = defaults.metrics_without_extractor(spec)
        if chosen == defaults.METRICS_OF_TINY_IMAGES:
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
