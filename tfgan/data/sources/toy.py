"""`toy:NAME`: data whose distribution is known, so that a model can be judged.

Points in the plane are here, texts in `toy_texts` and videos in `toy_videos`. The points are the
three sets of Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, Section 4 and their code:
ring (8 Gaussians), grid (25 Gaussians) and swiss_roll, scaled to about unit variance.
"""

import difflib

import numpy as np

from tfgan.data import order
from tfgan.data.facts import Facts, Mixture
from tfgan.data.sources import toy_texts, toy_videos
from tfgan.data.sources.array_source import ArraySource

MIXTURES = ("ring", "grid")
POINTS = (*MIXTURES, "swiss_roll")
KINDS = {
    **dict.fromkeys(POINTS, "points"),
    **dict.fromkeys(toy_texts.SENTENCES_OF, "texts"),
    "bouncing": "videos",
}
NAMES = tuple(KINDS)

_COUNT = 100_000
_HELD_OUT = 10_000
_SEED = 2017  # one fixed draw, so that every run sees the same points


def mixture(name):
    """The components of a toy set, for metrics that count the modes a model has found.

    Args:
      name: "ring" or "grid".
    Returns: `Mixture`; component i is the points with label i.
    Raises: ValueError for another name; a swiss roll has no components.
    """
    if name == "ring":
        angle = 2.0 * np.pi * np.arange(8) / 8
        centers = 2.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return Mixture((centers / 1.414).astype(np.float32), 0.02 / 1.414)
    if name == "grid":
        side = 2.0 * np.arange(-2, 3)
        centers = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1).reshape(-1, 2)
        return Mixture((centers / 2.828).astype(np.float32), 0.05 / 2.828)
    raise ValueError(f"Only the toy sets ring and grid are mixtures; received {name!r}.")


def open_toy(name):
    """The examples of a toy set, the same in every run.

    Args:
      name: "ring", "grid" (labels: the component) or "swiss_roll" (no labels), 100,000 points;
        "sentences", "paragraphs" or "bouncing", see their modules.
    Returns: `ArraySource`, of float32 `[100000, 2]` for points, of which 10,000 more are held out.
    Raises: ValueError for another name.
    """
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, n=1)
        hint = f"; did you mean toy:{near[0]}?" if near else "."
        raise ValueError(f"toy:NAME takes {', '.join(NAMES)}; received {name!r}{hint}")
    if name == "bouncing":
        return toy_videos.open_videos()
    if name in toy_texts.SENTENCES_OF:
        return toy_texts.open_texts(name)
    facts = Facts(mixture=mixture(name) if name in MIXTURES else None)

    def source(part, count, **options):
        return ArraySource(f"toy:{name}", *_points(name, part, count), facts=facts, **options)

    return source("", _COUNT, open_held_out=lambda: source(" held out", _HELD_OUT))


def _points(name, part, count):
    """(points, component or None): one fixed draw for each set and part."""
    draw = order.generator(_SEED, name + part)
    if name == "swiss_roll":
        return _swiss_roll(draw, count), None
    components = mixture(name)
    label = draw.integers(len(components.centers), size=count)
    noise = components.std * draw.standard_normal((count, 2))
    return (components.centers[label] + noise).astype(np.float32), label


def _swiss_roll(draw, count):
    """(t cos t, t sin t) + noise, t = 1.5 pi (1 + 2 u), u ~ U[0, 1), noise of deviation 0.25."""
    t = 1.5 * np.pi * (1.0 + 2.0 * draw.random(count))
    roll = np.stack([t * np.cos(t), t * np.sin(t)], axis=1)
    noise = 0.25 * draw.standard_normal((count, 2))
    return ((roll + noise) / 7.5).astype(np.float32)
