"""The directions of a model's latent space, with a row of images along each."""

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np

from tfgan import choices, latents, summaries, words
from tfgan.latents import first_layer
from tfgan.metrics import image_shapes
from tfgan.models import GenerativeModel, sampling
from tfgan.parameters import arguments
from tfgan.runs.latent_tools import draws, walks

# What `--target` names beside the label: functions of uint8 images.
PROPERTIES = {
    "brightness": image_shapes.brightness,
    "width": image_shapes.width,
    "slant": image_shapes.slant,
}
_COMPONENTS = 80  # as in the paper of `latents.regress`


@dataclasses.dataclass(frozen=True, repr=False)
class DirectionWalk(summaries.Summary):
    """Directions, and images along each of them.

    Attributes:
      name: str, the part of the latents that moves.
      directions: `latents.Directions`.
      walk: `walks.Walk`, one row per direction; of an odd number of steps the middle one is the
        sample itself.
    """

    name: str
    directions: latents.Directions
    walk: walks.Walk


def directions(
    model: GenerativeModel,
    method: str = "sefa",
    *,
    target: Callable | None = None,
    count: int | None = 6,
    steps: int = 7,
    reach: float = 0.5,
    seed: int = 0,
    samples: int = 1000,
    conditions: Mapping | None = None,
) -> DirectionWalk:
    """The first directions of a method, see `runs.Run.directions`: DirectionWalk."""
    if method not in choices.DIRECTION_METHODS:
        raise words.unknown("method", method, choices.DIRECTION_METHODS)
    count = None if count is None else arguments.whole("count", count, 1)
    steps, samples = arguments.whole("steps", steps, 2), arguments.whole("samples", samples, 2)
    reach = arguments.number("reach", reach, 0.0)
    prior, name = draws.prior_of(model), moving_part(model)
    compute = {"sefa": _sefa, "pca": _pca, "probe": _probe}[method]
    conditions = dict(conditions or {})
    chosen = compute(model, name, samples, target, conditions).first(count)
    point = draws.of_one_label(model, [seed], None, conditions)
    amounts = reach * np.linalg.norm(point[name]) * np.linspace(-1.0, 1.0, steps)
    rows = [latents.move(prior, point, name, vector, amounts) for vector in chosen.vectors]
    stacked = {each: np.stack([row[each] for row in rows]) for each in point}
    return DirectionWalk(name, chosen, walks.along(model, stacked, {name: "linear"}))


def moving_part(model: GenerativeModel) -> str:
    """The largest part of the latents that is a vector of numbers, not a class: str.

    Raises: ValueError for a model without such a part.
    """
    modes = latents.modes_of(draws.prior_of(model), "linear")
    shapes = model.latent_shapes
    names = [name for name, mode in modes.items() if mode == "linear" and len(shapes[name]) == 1]
    if not names:
        raise ValueError(f"The latents of this model, {', '.join(modes)}, have no directions.")
    return max(names, key=lambda name: shapes[name][0])


def _sefa(model, name, samples, target, conditions):
    return latents.sefa(first_layer.kernel(_network(model), name))


def _pca(model, name, samples, target, conditions):
    points = draws.of_seeds(model, range(samples), None, conditions)
    network = first_layer.activation_network(_network(model), name)
    activations = sampling.generate_in_batches(network, points).reshape(samples, -1)
    components = latents.pca(activations).first(_COMPONENTS)
    return latents.regress(points[name], activations, components)


def _probe(model, name, samples, target, conditions):
    if not callable(target):
        raise ValueError(
            f"target must be a function of images for the method probe; received {target!r}."
        )
    size = model.latent_shapes[name][0]
    if 4 * samples <= 5 * size:
        raise ValueError(
            f"samples must be more than {5 * size // 4:,} for the method probe, which fits the "
            f"{size:,} numbers of {name} to four fifths of them; received {samples:,}."
        )
    points = draws.of_seeds(model, range(samples), None, conditions)
    values = np.asarray(target(sampling.generate(model, points)))
    if values.shape[:1] == (samples,) and (values == values[:1]).all():
        raise ValueError(
            f"target must differ between samples, such as labels of two classes or more; it is the "
            f"same for all {samples:,} samples, so no direction changes it."
        )
    return latents.probe(points[name], values)


def _network(model):
    network = model.sampling_network()
    if network is None:
        raise ValueError(f"{type(model).__name__} makes data in more than one pass: use sample.")
    return network
