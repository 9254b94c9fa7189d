"""The flags of feature extractors and metrics."""

from absl import flags

from tfgan import choices

from . import path_flags


def define_extractor(values):
    """--extractor, --extractor_weights and --resize."""
    path_flags.define_source(
        "extractor",
        "",
        "The network that maps images to features: digits, stacked_digits, inception, "
        "keras:NAME, a FILE.keras or the folder of a SavedModel. By default digits for MNIST, and "
        "the data themselves for points and latents.",
        values,
    )
    path_flags.define("extractor_weights", "", "Weights file of inception or keras:NAME.", values)
    flags.DEFINE_enum(
        "resize",
        "",
        ["", *choices.RESIZE_METHODS],
        "How images are resized for the extractor: antialiased bicubic, as in TensorFlow 1, or as "
        "in PyTorch. By default legacy_tf for inception, else clean.",
        values,
    )


def open_extractor(values, source=None):
    """The `extractors.Extractor` of the flags, or else of a `data.Source`; or None."""
    from tfgan.evaluation import defaults

    return defaults.open_extractor(
        values.extractor, source, weights=values.extractor_weights, resize=values.resize
    )


def print_fid_hint(extractor, *kinds):
    """Says what FID needs, if images (`Modality.kind`) were measured without an extractor."""
    if extractor is None and "images" in kinds:
        print(
            "FID:        not measured; it needs --extractor=inception and --extractor_weights=\n"
            "            the .pth file of pytorch-fid or the frozen graph of 2015 (.pb)."
        )
