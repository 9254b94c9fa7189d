"""What a page needs to change latents: what a prior draws, and directions of the first layer.

>>> from tfgan import priors
>>> parts(priors.Joint([priors.Uniform(2), priors.Categorical(3)]))
{'latent': {'kind': 'range', 'low': -1.0, 'high': 1.0}, 'code': {'kind': 'class'}}
"""

from typing import Annotated, Literal, Required, TypedDict

import numpy as np
from msgspec import Meta

from tfgan import latents, priors
from tfgan.latents import first_layer

_COUNT = 6  # of directions
_DIGITS = 4  # after the decimal point, of unit vectors

_Length = Annotated[float, Meta(gt=0)]


class Part(TypedDict, total=False):
    """The vectors that a part of a prior draws.

    range: numbers from `low` to `high`; normal: any numbers; cut: of a normal distribution from
    `low` to `high`; sphere: vectors of the length `radius`; class: one 1, all others 0; seed: whole
    numbers; other: no rule.
    """

    kind: Required[Literal["range", "normal", "cut", "sphere", "class", "seed", "other"]]
    low: float
    high: float
    radius: _Length


class Directions(TypedDict):
    """Unit vectors along which the images change most, best first."""

    part: str
    vectors: list[list[float]]


def parts(prior: priors.Prior) -> dict[str, Part]:
    """The `Part` of each value of a prior, by name."""
    return {name: _part(part) for part in latents.parts(prior) for name in part.shapes}


def _part(part) -> Part:
    match part:
        case priors.Uniform():
            return {"kind": "range", "low": part.low, "high": part.high}
        case priors.Normal():
            return {"kind": "normal"}
        case priors.TruncatedNormal():
            return {"kind": "cut", "low": -part.threshold, "high": part.threshold}
        case priors.Sphere():
            return {"kind": "sphere", "radius": part.length}
        case priors.Categorical():
            return {"kind": "class"}
        case priors.Noise():
            return {"kind": "seed"}
    return {"kind": "other"}


def directions(model) -> Directions | None:
    """The first directions of `latents.sefa`, of the largest vector of a `GenerativeModel`.

    None for a model without such a vector, or without a layer with a kernel behind it.
    """
    network = model.sampling_network()
    if network is None or model.prior is None:
        return None
    try:
        name = max(latents.moving_parts(model.prior), key=lambda part: model.latent_shapes[part])
        kernel = first_layer.kernel(network, name)
    except ValueError:
        return None
    vectors = latents.sefa(kernel).first(_COUNT).vectors
    return {"part": name, "vectors": np.round(vectors, _DIGITS).tolist()}
