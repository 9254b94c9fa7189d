"""Rows of images along paths in the latent space, and how smooth they are."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from tfgan import latents, metrics, summaries
from tfgan.extractors import Extractor, IdentityExtractor
from tfgan.modalities import Modality
from tfgan.models import GenerativeModel, sampling
from tfgan.parameters import arguments
from tfgan.runs.latent_tools import draws


@dataclasses.dataclass(frozen=True, repr=False)
class Walk(summaries.Summary):
    """Images along several paths, one per row.

    Attributes:
      data: raw NumPy `[rows, steps, ...]`.
      latents: dict of arrays `[rows, steps, ...]` by name.
      modes: dict, "linear", "spherical", "switch" or "stay" by name, see `latents.modes_of`.
    """

    data: np.ndarray
    latents: draws.Latents
    modes: dict[str, str]

    @property
    def flat_latents(self) -> draws.Latents:
        """The latents row by row, as `Run.generate` takes them: `[rows * steps, ...]`."""
        return {name: x.reshape(-1, *x.shape[2:]) for name, x in self.latents.items()}

    def frames(self, closed: bool = False) -> np.ndarray:
        """The images of rows that follow each other, none twice: raw `[n, ...]`.

        Args:
          closed: bool, whether the last row ends where the first begins.
        """
        frames = self.data[:, :-1].reshape(-1, *self.data.shape[2:])
        return frames if closed else np.concatenate([frames, self.data[-1, -1:]])


def along(model: GenerativeModel, points: draws.Latents, modes: dict[str, str]) -> Walk:
    """The `Walk` of latents `[rows, steps, ...]`."""
    shape = next(iter(points.values())).shape[:2]
    walk = Walk(np.zeros((0, 0)), points, modes)
    data = sampling.generate(model, walk.flat_latents)
    return dataclasses.replace(walk, data=data.reshape(*shape, *data.shape[1:]))


def interpolate(
    model: GenerativeModel,
    seeds: Sequence[int],
    *,
    steps: int,
    mode: str = "auto",
    closed: bool = False,
    truncation: float | None = None,
    conditions: Mapping | None = None,
) -> Walk:
    """A row from each seed to the next, see `runs.Run.interpolate`: Walk."""
    prior = draws.prior_of(model, truncation)
    modes = latents.modes_of(prior, mode)
    if set(modes.values()) <= {"stay"}:
        raise ValueError(
            f"The latents of this model are {', '.join(modes)}: seeds of noise, between which "
            "there is no path."
        )
    seeds, steps = list(seeds), arguments.whole("steps", steps, 2)
    if len(seeds) < 2:
        raise ValueError(f"seeds must be two or more points of a path; received {len(seeds)}.")
    points = draws.of_one_label(model, seeds, truncation, conditions)
    ends = latents.segments(points, closed)
    return along(model, latents.interpolate(prior, *ends, steps, mode), modes)


def smoothness(
    walk: Walk, modality: Modality, extractor: Extractor | IdentityExtractor | None = None
) -> metrics.PathSteps:
    """The steps of each row of a walk in a feature space: `metrics.PathSteps`.

    Args:
      modality: of the data.
      extractor: of the features; None for the data as vectors, such as pixels in 0..1.
    """
    rows, steps = walk.data.shape[:2]
    data = walk.data.reshape(-1, *walk.data.shape[2:])
    features = modality.as_vectors(data) if extractor is None else extractor(data).features
    return metrics.path_steps(features.reshape(rows, steps, -1))
