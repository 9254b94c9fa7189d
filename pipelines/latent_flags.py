"""The flags of the commands that walk in the latent space."""

import contextlib

from absl import flags

from . import evaluation_flags, path_flags, run_flags


def define(
    values, default, kinds, without_label="By default that of the first seed.", *, truncates=False
):
    """The flags of the run, --label, --out, --standing_statistics and those of the extractor.

    Args:
      default: str, the default of --out in the run.
      kinds: str, the suffixes that it takes, in words.
      without_label: str, a sentence on the default of --label.
      truncates: bool, whether there is --truncation too.
    """
    run_flags.define(values)
    flags.DEFINE_string(
        "label",
        "",
        f"The class of all images, by name or number, if the model is conditional. {without_label}",
        values,
    )
    about = (
        f"{kinds}. The latents are written beside it, as FILE.png.npz for FILE.png; FILE.npz holds "
        f"`data` too. Both files are replaced, if they exist. By default {default} in the run."
    )
    path_flags.define("out", "", about, values)
    if truncates:
        run_flags.define_truncation(values)
    else:
        run_flags.define_standing_statistics(values)
    evaluation_flags.define_extractor(values)


def inputs(values, **others):
    """The files that a command reads, for `outputs.check`: dict of paths by flag.

    Args:
      **others: further ones by the name of their flag.
    """
    paths = {"recipe": values.recipe, "extractor": values.extractor}
    paths |= {"extractor_weights": values.extractor_weights} | others
    return {f"--{name}": path for name, path in paths.items()}


def conditions(values):
    """The conditions of `Run.interpolate`: dict."""
    return {"label": values.label} if values.label else {}


def extractor(values, run):
    """The extractor of the flags, or of the run's data where they can be read; or None."""
    source = None
    with contextlib.suppress(ValueError):  # without the data, pixels are compared
        source = run.open_data()
    return evaluation_flags.open_extractor(values, source)


def classifier(values, run):
    """The `Classifier` of the flags, or of the run's data."""
    from tfgan.runs.latent_tools import classifier

    source = run.open_data()
    return classifier.of(source, evaluation_flags.open_extractor(values, source))
