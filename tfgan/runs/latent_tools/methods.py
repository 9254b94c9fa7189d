"""The methods of `Run` that walk in the latent space."""

import contextlib
import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfgan.data import Source
from tfgan.evaluation import defaults
from tfgan.extractors import Extractor, IdentityExtractor
from tfgan.models import GenerativeModel
from tfgan.runs.latent_tools import (
    classifier,
    directions,
    draws,
    groups,
    projection,
    sums,
    target_images,
    walks,
)
from tfgan.runs.record import Record
from tfgan.typing import Path


class LatentMethods:
    """A part of `Run`, which has a model and its data, and numbers the classes of conditions."""

    if TYPE_CHECKING:
        model: GenerativeModel
        record: Record

        def open_data(self) -> Source: ...

        def _numbered(self, conditions: dict[str, Any]) -> dict[str, Any]: ...

    def interpolate(
        self,
        seeds: Sequence[int],
        *,
        steps: int = 9,
        mode: Literal["auto", "linear", "spherical"] = "auto",
        closed: bool = False,
        truncation: float | None = None,
        **conditions: Any,
    ) -> walks.Walk:
        """Images between samples: one row from each seed to the next.

        Args:
          seeds: two or more ints of 64 bits, sample 0 of each.
          steps: int, images in a row, with both ends, 2 or more.
          mode: "auto" for the path that the prior asks for, see `latents.modes_of`.
          closed: bool, whether a last row leads back to the first seed.
          truncation: float, the threshold at which the prior is truncated, or None.
          **conditions: `label`, a class by name or number; by default that of the first seed.
        Returns: `Walk` with images `data` `[rows, steps, ...]` and their `latents`.
        Raises: ValueError for other numbers, a model without latents, and conditions that it does
          not have.
        """
        return walks.interpolate(
            self.model, seeds, steps=steps, mode=mode, closed=closed, truncation=truncation,
            conditions=self._numbered(conditions),
        )  # fmt: skip

    def arithmetic(
        self,
        add: str | Sequence[str | Sequence[int]],
        subtract: str | Sequence[str | Sequence[int]] = (),
        *,
        truncation: float | None = None,
        candidates: int = 1000,
        extractor: str | Extractor | IdentityExtractor | None = None,
        **conditions: Any,
    ) -> sums.Sum:
        """The sum of the mean latents of some groups of seeds, less those of others.

        Args:
          add, subtract: groups, each a sequence of ints or a text: ["0-2", "6-8"] less [[3, 4, 5]].
            "label:7" are three seeds whose samples a classifier reads as a 7; such a label less
            another has a second group of the other one added. Labels need an unconditional model.
          candidates: int, seeds that are classified to find those of a label.
          extractor: the classifier, see `project`; None for that of the data.
          truncation, **conditions: see `interpolate`.
        Returns: `Sum` with the images of the members, of the means and of the result, and all
          `latents`; what the prior could have drawn, see `latents.arithmetic`.
        Raises: ValueError for an empty group, a label with too few seeds, and as `interpolate`.
        """

        def open_classifier():
            chosen = classifier.of(self.open_data(), self._extractor(extractor))
            arguments = chosen.scores, candidates, truncation
            return chosen, functools.partial(draws.labeled, self.model, *arguments)

        chosen = groups.find(
            groups.parse(add, "add"), groups.parse(subtract, "subtract"), open_classifier
        )
        return sums.arithmetic(
            self.model, chosen.add, chosen.subtract, truncation=truncation,
            conditions=self._numbered(conditions),
        )  # fmt: skip

    def directions(
        self,
        method: Literal["sefa", "pca", "probe"] = "sefa",
        *,
        target: Callable | None = None,
        count: int | None = 6,
        steps: int = 7,
        reach: float = 0.5,
        seed: int = 0,
        samples: int = 1000,
        **conditions: Any,
    ) -> directions.DirectionWalk:
        """Directions of the latent space, and images along each of them.

        Args:
          method: "sefa", the closed form on the generator's first layer; "pca", the principal
            components of its first activations; "probe", linear regression, see
            `latents.directions`.
          target: function of raw data `[n, ...]` -> `[n]` or `[n, k]` for the probe: one direction
            per column, such as the one-hot labels that a classifier predicts.
          count: int, directions at most, 1 or more; None for all.
          steps: int, images in a row, 2 or more.
          reach: float, 0 or more, the length of the way to either side, in lengths of the latent.
          seed: int, whose sample 0 is in the middle of each row, of an odd number of steps.
          samples: int, that pca and probe are computed from.
          **conditions: see `interpolate`.
        Returns: `DirectionWalk`; images `walk.data` `[directions, steps, ...]`.
        Raises: ValueError for numbers out of range, a model without a vector of latents or without
          a network from it to data, and a target that is the same for all samples.
        """
        return directions.directions(
            self.model, method, target=target, count=count, steps=steps, reach=reach, seed=seed,
            samples=samples, conditions=self._numbered(conditions),
        )  # fmt: skip

    def project(
        self,
        image: Path | np.ndarray,
        *,
        method: Literal["auto", "encode", "optimize", "refine"] = "auto",
        extractor: str | Extractor | IdentityExtractor | None = None,
        steps: int = 300,
        restarts: int = 8,
        candidates: int = 1000,
        seed: int = 0,
        progress: Callable[[int, int], None] | None = None,
        **conditions: Any,
    ) -> projection.Projection:
        """The latents whose image is nearest to a given one.

        The same arguments give the same latents.

        Args:
          image: path of a file, or uint8 `[height, width, channels]`, of any size: it is cropped,
            resized and colored as the run's data were.
          method: "encode" by the model's encoder; "optimize" from the nearest samples by gradients
            of the errors of pixels and of features; "refine", from the code of the encoder too;
            "auto" to encode if the model has an encoder, else to optimize.
          extractor: of the features, an `Extractor` or str, see `extractors.open_extractor`; None
            for that of the data, or else what the last layer of the discriminator reads.
          steps: int, of the optimization.
          restarts: int, starts that are optimized at once; the best result is returned.
          candidates: int, samples that the nearest are chosen from.
          seed: int, of these samples.
          progress: function (done, total) of the steps, or None.
          **conditions: `label`, a class by name or number; by default the samples of all classes
            are candidates.
        Returns: `Projection` with the image `data`, its `latents`, and the errors of both `match`
          and the `nearest` sample.
        Raises: ValueError for an image that cannot be read, a model of other data or without
          latents, and "encode" or "refine" without an encoder; `projection.NotNearer`, a
          `failures.Failure` with the `projection`, if it is not nearer than the nearest sample.
        """
        projector = projection.Projector(self.model, self._extractor(extractor))
        shape = self.model.modality.raw_shape(self.model.sample_shape)
        target = target_images.fitted(image, shape, self.record.data.get("crop") or "center")
        return projector(
            target, method, steps=steps, restarts=restarts, candidates=candidates, seed=seed,
            conditions=self._numbered(conditions), progress=progress,
        )  # fmt: skip

    def _extractor(
        self, extractor: str | Extractor | IdentityExtractor | None
    ) -> Extractor | IdentityExtractor | None:
        if isinstance(extractor, Extractor | IdentityExtractor):
            return extractor
        if extractor is not None and not isinstance(extractor, str):
            raise ValueError(
                f"extractor must be an Extractor, its name or None; received {extractor!r}."
            )
        source = None
        with contextlib.suppress(ValueError):  # without the data, the discriminator's features
            source = self.open_data()
        return defaults.open_extractor(extractor or "", source)
