"""The projection of an image into the latent space of a model."""

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np
import tensorflow as tf

from tfgan import choices, failures, latents, modalities, summaries, words
from tfgan.extractors import Extractor, IdentityExtractor
from tfgan.models import GenerativeModel, sampling
from tfgan.parameters import arguments
from tfgan.runs.latent_tools import draws
from tfgan.runs.latent_tools.image_errors import ImageErrors

_LEAST = 1e-6  # of a scale


@dataclasses.dataclass(frozen=True, repr=False)
class Match(summaries.Summary):
    """An image of the model, and how far it is from the target.

    Attributes:
      data: uint8 `[height, width, channels]`.
      latents: dict of arrays `[1, ...]` by name.
      pixels: float, the root mean square difference of pixels in 0..1.
      distance: float, between features.
    """

    data: np.ndarray
    latents: draws.Latents
    pixels: float
    distance: float


@dataclasses.dataclass(frozen=True, repr=False)
class Projection(summaries.Summary):
    """The projection of an image.

    Attributes:
      target: uint8 `[height, width, channels]`.
      match: `Match`, the projection.
      nearest: `Match`, the sample with the nearest features.
      nearest_index: int, its number among the samples of the seed.
      method: "encode", "optimize" or "refine".
      space: str, the features in words.
    """

    target: np.ndarray
    match: Match
    nearest: Match
    nearest_index: int
    method: str
    space: str

    @property
    def data(self) -> np.ndarray:
        """The image of the projection: uint8 `[height, width, channels]`."""
        return self.match.data

    @property
    def latents(self) -> draws.Latents:
        """Its latents, as `Run.generate` takes them: dict of arrays `[1, ...]`."""
        return self.match.latents

    @property
    def is_negative(self) -> bool:
        """Whether the negative of the target is nearer to the projection, by half or more."""
        colors = self.target[..., :3], self.data[..., :3]
        negative, data = np.float64(255 - colors[0]), np.float64(colors[1])
        return bool(np.sqrt(np.mean((negative - data) ** 2)) < 127.5 * self.match.pixels)


class NotNearer(failures.Failure):
    """A projection that is not nearer to the image than the nearest sample.

    Attributes:
      projection: `Projection`, what was reached.
    """

    def __init__(self, projection: Projection, candidates: int):
        match, nearest = projection.match, projection.nearest
        advice = NEGATIVE if projection.is_negative else _ADVICE[projection.method]
        super().__init__(
            f"The image was not projected: the distance of the result, {match.distance:.3g} "
            f"({projection.space}), is not below that of the nearest of {candidates:,} samples, "
            f"{nearest.distance:.3g}; {advice}."
        )
        self.projection = projection


def check_model(model: GenerativeModel) -> None:
    """Raises ValueError for a model of other data than images, and one without latents."""
    if not isinstance(model.modality, modalities.Images):
        raise ValueError(
            f"Images are projected into models of images; this one makes {model.modality.kind}."
        )
    draws.prior_of(model)


class Projector:
    """Projects images into the latent space of a model.

    Args:
      model: `GenerativeModel` of images.
      extractor: of the features; None for those of the discriminator, see `ImageErrors`.
    Raises: ValueError for a model of other data, or without a network from latents to images.
    """

    def __init__(
        self, model: GenerativeModel, extractor: Extractor | IdentityExtractor | None = None
    ):
        check_model(model)
        self._model, self._errors = model, ImageErrors(model, extractor)

    def __call__(
        self,
        image: np.ndarray,
        method: str = "auto",
        *,
        steps: int = 300,
        restarts: int = 8,
        candidates: int = 1000,
        seed: int = 0,
        conditions: Mapping | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Projection:
        """The projection of one image of the model's shape, see `runs.Run.project`."""
        method = self._method(method)
        steps = arguments.whole("steps", steps, 1)
        restarts = arguments.whole("restarts", restarts)
        candidates = arguments.whole("candidates", candidates)
        if restarts < 1 or candidates < restarts:
            raise ValueError(
                "restarts must be 1 or more, and candidates as many or more; received "
                f"{restarts} and {candidates}."
            )
        rows = sampling.latents(self._model, candidates, seed=seed, **dict(conditions or {}))
        pixels, distances = self._errors.of(rows, image)
        order = np.argsort(distances, kind="stable")
        nearest = self._match(draws.rows(rows, order[:1]), image)

        def result(match):
            number = int(order[0])
            return Projection(image, match, nearest, number, method, self._errors.space)

        if np.array_equal(nearest.data, image):
            return result(nearest)
        starts = draws.rows(rows, order[:restarts])
        if method != "optimize":
            starts = self._encoded(image, starts, restarts if method == "refine" else 1)
        if method != "encode":
            scales = [max(float(np.sqrt(np.mean(x**2))), _LEAST) for x in (pixels, distances)]
            loss = self._errors.loss(image, (scales[0], scales[1]))
            points, losses = latents.descend(
                self._model.prior, starts, loss, steps=steps, progress=progress
            )
            starts = draws.rows(points, [int(np.argmin(losses))])
        match = self._match(starts, image)
        if not match.distance < nearest.distance:
            raise NotNearer(result(match), candidates)
        return result(match)

    def _method(self, method):
        if method not in choices.PROJECTION_METHODS:
            raise words.unknown("method", method, choices.PROJECTION_METHODS)
        if method == "auto":
            return "encode" if self._model.has_encoder else "optimize"
        if method != "optimize" and not self._model.has_encoder:
            raise ValueError(
                f"method must be optimize for {type(self._model).__name__}, which has no encoder; "
                f"received {method}."
            )
        return method

    def _encoded(self, image, starts, count):
        """The code of an image in front of other starts: dict of arrays `[count, ...]`."""
        codes = self._model.encoded(tf.constant(image[None]))
        first = draws.rows(starts, [0])
        codes = {name: code.numpy().astype(first[name].dtype) for name, code in codes.items()}
        first = latents.nearest(self._model.prior, first | codes)
        return {n: np.concatenate([first[n], x])[:count] for n, x in starts.items()}

    def _match(self, row, image):
        [pixels], [distance] = self._errors.of(row, image)
        [data] = sampling.generate(self._model, row)
        return Match(data, row, float(pixels), float(distance))


_ADVICE = {
    "encode": "the method refine optimizes the code of the encoder",
    "optimize": "more steps or restarts may do it",
    "refine": "more steps or restarts may do it",
}
NEGATIVE = (
    "the negative of the image is nearer: invert dark on white, if the data are white on dark"
)
