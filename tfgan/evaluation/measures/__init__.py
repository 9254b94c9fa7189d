"""The metrics by name, and what each of them needs.

A measure maps a `Comparison` to a list of `Score`. The arithmetic is in `tfgan.metrics`.
"""

import dataclasses
from collections.abc import Callable

from tfgan import choices, metrics, modalities, words
from tfgan.evaluation import true_masks
from tfgan.evaluation.measures import (
    codes,
    conditional,
    distances,
    fidelity,
    latent_codes,
    likelihood,
    modes,
    path_length,
    pixels,
    segmentation,
    texts,
    translations,
    videos,
)

_ALL = tuple(kind.kind for kind in modalities.KINDS)
_CONTINUOUS = tuple(kind.kind for kind in modalities.KINDS if kind.is_continuous)


@dataclasses.dataclass(frozen=True)
class Measure:
    """How one metric is computed.

    Attributes:
      function: Comparison -> list of Score.
      needs: tuple of "features", "logits", "data", "label" and "latents" (of the samples),
        "held_out", "model", "conditions" (that samples are drawn under), "target" (of each sample)
        and "masks" (true ones of translations); "samples" is the data of samples and held-out
        examples alone.
      needs_samples: bool, False for a metric of a model on real examples.
      kinds: tuple of `Modality.kind`, the kinds of data that it is defined for.
      min_side: int, the least height and width of an image.
      baseline: function as `function`, of real examples instead of samples, where theirs would say
        nothing; its list may be empty. None for `function` itself.
    """

    function: Callable
    needs: tuple
    needs_samples: bool = True
    kinds: tuple = _ALL
    min_side: int = 0
    baseline: Callable | None = None

    def suits(self, modality, raw_shape=None):
        """Whether it is defined for a `Modality`, and for its examples of a shape, if given."""
        is_large = raw_shape is None or not self.min_side or min(raw_shape[:2]) >= self.min_side
        return modality.kind in self.kinds and is_large


def _of_pairs(function, min_side=0):
    baseline = translations.of_sources(function)
    needs = ("samples", "conditions", "target")
    return Measure(function, needs, kinds=("images",), min_side=min_side, baseline=baseline)


_OF_MODEL = {"needs": ("data", "held_out", "model"), "needs_samples": False}

# The metrics of `choices.METRICS`.
MEASURES = {
    "fd": Measure(distances.frechet, ("features",)),
    "fd_infinity": Measure(distances.frechet_infinity, ("features",)),
    "kd": Measure(distances.kernel, ("features",)),
    "is": Measure(distances.inception, ("logits",)),
    "pr": Measure(fidelity.precision_and_recall, ("features",)),
    "dc": Measure(fidelity.density_and_coverage, ("features",)),
    "c2st": Measure(fidelity.two_sample, ("features",)),
    "auth": Measure(fidelity.authenticity, ("features",)),
    "copying": Measure(fidelity.copying, ("features", "held_out")),
    "modes": Measure(modes.modes, ()),
    "labels": Measure(conditional.label, ("logits", "label")),
    "diversity": Measure(conditional.diversity, ("features", "label")),
    "cas": Measure(
        conditional.classification, ("data", "label", "held_out"), kinds=("points", "images")
    ),
    "swd": Measure(pixels.sliced_wasserstein, ("data",), kinds=("images",), min_side=7),
    "ms_ssim": Measure(pixels.similarity, ("data",), kinds=("images",), min_side=16),
    "parzen": Measure(pixels.parzen, ("data", "held_out"), kinds=_CONTINUOUS),
    "ngrams": Measure(texts.ngrams, ("data",), kinds=("texts",)),
    "grammar": Measure(texts.grammar, ("data",), kinds=("texts",)),
    "motion": Measure(videos.motion, ("data",), kinds=("videos",)),
    "codes": Measure(codes.match, **_OF_MODEL),
    "category": Measure(codes.category, **_OF_MODEL),
    "code_classes": Measure(latent_codes.classes, ("logits", "latents", "model")),
    "mig": Measure(
        latent_codes.information_gap, ("samples", "latents", "model"), kinds=("images",)
    ),
    "nll": Measure(likelihood.of_model, **_OF_MODEL),
    "ppl": Measure(path_length.path_length, ("model",)),
    "l1": _of_pairs(translations.absolute_error),
    "psnr": _of_pairs(translations.signal_to_noise),
    "ssim": _of_pairs(translations.similarity, metrics.SSIM_WINDOW),
    "segmentation": Measure(
        segmentation.segmentation,
        ("data", "conditions", "masks"),
        kinds=("images", "masks"),
        baseline=segmentation.of_real,
    ),
    "cycle": Measure(translations.cycle, ("samples", "conditions", "model")),
}

_NOT_ORDERED = (
    "c2st",
    "auth",
    "copying",
    "ms_ssim",
    "diversity",
)  # neither high nor low values are better


def by_name(names):
    """The Measures by name, in the order of `names`. Raises: ValueError for no or unknown names."""
    if not names:
        raise ValueError(f"metrics must name one of {', '.join(choices.METRICS)}; received none.")
    for name in names:
        if name not in MEASURES:
            raise words.unknown("metrics", name, choices.METRICS)
    return {name: MEASURES[name] for name in names}


def check_data(name, source, modality, shape):
    """Raises ValueError for a metric that is not defined for some data.

    Args:
      name, source: str, the metric and the data.
      modality: `modalities.Modality`.
      shape: tuple, of one raw example.
    """
    measure = MEASURES[name]
    if not measure.suits(modality):
        raise ValueError(
            f"The metric {name} is for {' and '.join(measure.kinds)}; {source} holds "
            f"{modality.kind}."
        )
    if not measure.suits(modality, shape):
        raise ValueError(
            f"The metric {name} needs images of at least {measure.min_side} x {measure.min_side} "
            f"pixels; {source} holds {modality.describe(shape)}."
        )


def check_translation(name, source):
    """Raises ValueError for a metric of translations that need what a `data.Source` lacks."""
    spec, needs = source.spec, MEASURES[name].needs
    if "conditions" in needs and not spec.conditions:
        raise ValueError(
            f"The metric {name} is for data with a source to translate from; {source.name} has "
            "none."
        )
    if "target" in needs and not spec.is_paired:
        raise ValueError(
            f"The metric {name} needs a target for each source; the domains of {source.name} are "
            "not paired."
        )
    if "masks" in needs and not true_masks.are_known(spec, source.facts):
        raise ValueError(
            f"The metric {name} needs the true class of each pixel, such as pairs of masks and "
            f"images; it is unknown for {source.name}."
        )


def check_can_select(name):
    """Raises ValueError for a metric by which no state can be called the best."""
    if name in _NOT_ORDERED:
        raise ValueError(
            f"The metric {name} cannot decide which state is the best: neither its high nor its "
            "low values are good. Name another one first."
        )
