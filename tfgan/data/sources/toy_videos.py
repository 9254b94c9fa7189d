"""`toy:bouncing`: a disc, a square or a triangle flies through a box and bounces off its walls.

8 frames of 32 x 32 gray pixels; labels 0 to 2 are the shapes. The speed is uniform in 1 to 3 pixels
a frame and the direction in all directions, so that a model's motion can be compared with them.
"""

import numpy as np

from tfgan.data import order
from tfgan.data.sources.array_source import ArraySource

SHAPES = ("disc", "square", "triangle")

_FRAMES, _SIDE, _RADIUS = 8, 32, 5.0
_SPEEDS = 1.0, 3.0
_COUNT, _HELD_OUT = 5_000, 500
_SEED = 2017  # one fixed draw, so that every run sees the same videos


def open_videos():
    """5,000 videos, the same in every run.

    Returns: `ArraySource` of uint8 `[5000, 8, 32, 32, 1]`; 500 more are held out.
    """

    def source(part, count, **options):
        draw = order.generator(_SEED, "bouncing" + part)
        label = draw.integers(len(SHAPES), size=count)
        return ArraySource("toy:bouncing", _videos(draw, label), label, SHAPES, **options)

    return source("", _COUNT, open_held_out=lambda: source(" held out", _HELD_OUT))


def _videos(draw, label):
    """uint8 `[count, frames, side, side, 1]`, one video a label."""
    place = _places(draw, len(label))
    pixel = np.arange(_SIDE) + 0.5
    down = (pixel[:, None] - place[..., 0, None, None]).astype(np.float32)
    right = (pixel[None, :] - place[..., 1, None, None]).astype(np.float32)
    outside = np.empty((*place.shape[:2], _SIDE, _SIDE), np.float32)
    for shape, distance in enumerate((_disc, _square, _triangle)):
        chosen = label == shape
        outside[chosen] = distance(down[chosen], right[chosen])
    return (255.0 * np.clip(0.5 - outside, 0.0, 1.0)).round().astype(np.uint8)[..., None]


def _places(draw, count):
    """The middle of the shape in each frame, (down, right): float `[count, frames, 2]` pixels."""
    room = _SIDE - 2.0 * _RADIUS
    start = draw.uniform(0.0, room, (count, 1, 2))
    speed, angle = draw.uniform(*_SPEEDS, count), draw.uniform(0.0, 2.0 * np.pi, count)
    step = speed[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    straight = start + step[:, None] * np.arange(_FRAMES)[:, None]
    return _RADIUS + room - np.abs(straight % (2.0 * room) - room)  # mirrored at the walls


def _disc(down, right):
    """How far each pixel is outside the shape; negative inside."""
    return np.hypot(down, right) - _RADIUS


def _square(down, right):
    return np.maximum(np.abs(down), np.abs(right)) - 0.8 * _RADIUS


def _triangle(down, right):
    side = (2.0 * np.abs(right) - down) / np.sqrt(5.0) - 0.45 * _RADIUS
    return np.maximum(side, down - 0.8 * _RADIUS)
