"""The metrics by the names that a command knows them by, and what each of them needs.

A measure takes a `Comparison` and returns a list of `Score`. The arithmetic is in `tfgan.metrics`.
"""

import dataclasses
import difflib
from collections.abc import Callable

from tfgan import modalities
from tfgan.evaluation.measures import (
    codes,
    conditional,
    distances,
    fidelity,
    likelihood,
    modes,
    path_length,
    pixels,
    texts,
    videos,
)

_ALL = tuple(kind.kind for kind in modalities.KINDS)
_CONTINUOUS = tuple(kind.kind for kind in modalities.KINDS if kind.is_continuous)


@dataclasses.dataclass(frozen=True)
class Measure:
    """One entry of the table.

    Attributes:
      function: Comparison -> list of Score.
      needs: tuple of "features", "logits", "data", "label" (of the samples), "held_out", "model".
      about: str, what it tells.
      needs_samples: bool, False where the model is asked about real examples instead.
      kinds: tuple of kinds of data, `Modality.kind`: what the examples may be.
      min_side: int, the pixels that each side of an image must have.
    """

    function: Callable
    needs: tuple
    about: str
    needs_samples: bool = True
    kinds: tuple = _ALL
    min_side: int = 0


MEASURES = {
    "fd": Measure(distances.frechet, ("features",), "Frechet distance"),
    "fd_infinity": Measure(
        distances.frechet_infinity, ("features",), "Frechet distance at an endless count"
    ),
    "kd": Measure(distances.kernel, ("features",), "kernel distance"),
    "is": Measure(distances.inception, ("logits",), "Inception score"),
    "pr": Measure(fidelity.precision_and_recall, ("features",), "precision and recall"),
    "dc": Measure(fidelity.density_and_coverage, ("features",), "density and coverage"),
    "c2st": Measure(fidelity.two_sample, ("features",), "1-nearest-neighbor two-sample test"),
    "auth": Measure(fidelity.authentic, ("features",), "authenticity"),
    "copying": Measure(fidelity.copying, ("features", "held_out"), "data-copying test"),
    "modes": Measure(modes.modes, (), "modes found, and how evenly"),
    "labels": Measure(conditional.label, ("logits", "label"), "samples that show their label"),
    "cas": Measure(
        conditional.classification,
        ("data", "label", "held_out"),
        "classification accuracy score",
        kinds=("points", "images"),
    ),
    "swd": Measure(
        pixels.sliced_wasserstein,
        ("data",),
        "sliced Wasserstein distance of patches",
        kinds=("images",),
        min_side=7,
    ),
    "ms_ssim": Measure(
        pixels.similarity, ("data",), "MS-SSIM of random pairs", kinds=("images",), min_side=16
    ),
    "parzen": Measure(
        pixels.parzen,
        ("data", "held_out"),
        "Parzen-window log-likelihood",
        kinds=_CONTINUOUS,
    ),
    "ngrams": Measure(
        texts.ngrams, ("data",), "divergence of n-grams, unlike and new texts", kinds=("texts",)
    ),
    "grammar": Measure(
        texts.grammar, ("data",), "correct sentences of a toy language", kinds=("texts",)
    ),
    "motion": Measure(videos.motion, ("data",), "frames and their changes", kinds=("videos",)),
    "codes": Measure(
        codes.match,
        ("data", "held_out", "model"),
        "codes against their prior",
        needs_samples=False,
    ),
    "category": Measure(
        codes.category,
        ("data", "held_out", "model"),
        "error of the code's class or cluster",
        needs_samples=False,
    ),
    "nll": Measure(
        likelihood.of_model,
        ("data", "held_out", "model"),
        "log-likelihood of held-out examples",
        needs_samples=False,
    ),
    "ppl": Measure(path_length.path_length, ("model",), "perceptual path length"),
}

_UNDECIDED = ("c2st", "auth", "copying", "ms_ssim")


def find(names):
    """Looks measures up.

    Args:
      names: sequence of str.
    Returns: dict of Measure by name, in the order given.
    Raises: ValueError for no names, and for a name that there is not, with the nearest ones.
    """
    if not names:
        raise ValueError(f"There must be a metric; there are {', '.join(MEASURES)}.")
    for name in names:
        if name not in MEASURES:
            near = difflib.get_close_matches(name, MEASURES, n=2)
            listed = f"the nearest are {', '.join(near)}" if near else ", ".join(MEASURES)
            raise ValueError(f"There is no metric {name!r}; {listed}.")
    return {name: MEASURES[name] for name in names}


def check_can_select(name):
    """Refuses a metric that cannot tell which of two models is the better.

    Raises: ValueError.
    """
    if name in _UNDECIDED:
        raise ValueError(
            f"The metric {name} cannot decide which state is the best: neither its high nor its "
            "low values are good. Name another one first."
        )
