"""`toy:bouncing`: a disc, a square or a triangle flies through a box and bounces off its walls.

8 frames of 32 x 32 gray pixels; labels 0 to 2 are the shapes. The speed is uniform in 1 to 3 pixels
a frame and the direction in all directions, so that a model's motion can be compared with them.
"""

import numpy as np

SHAPES = ("disc", "square", "triangle")

_FRAMES, _SIDE, _RADIUS = 8, 32, 5.0
_SPEEDS = 1.0, 3.0


def draw(random, count):
    """Videos: (uint8 `[count, 8, 32, 32, 1]`, int `[count]`, the shape of each)."""
    label = random.integers(len(SHAPES), size=count)
    center = _centers(random, count)
    pixel = np.arange(_SIDE) + 0.5
    down = (pixel[:, None] - center[..., 0, None, None]).astype(np.float32)
    right = (pixel[None, :] - center[..., 1, None, None]).astype(np.float32)
    outside = np.empty((count, _FRAMES, _SIDE, _SIDE), np.float32)
    for shape, distance in enumerate((_disc, _square, _triangle)):
        rows = label == shape
        outside[rows] = distance(down[rows], right[rows])
    gray = 255.0 * np.clip(0.5 - outside, 0.0, 1.0)
    return gray.round().astype(np.uint8)[..., None], label


def _centers(random, count):
    """The center of the shape in each frame, (down, right): float `[count, frames, 2]` pixels."""
    room = _SIDE - 2.0 * _RADIUS
    start = random.uniform(0.0, room, (count, 1, 2))
    speed, angle = random.uniform(*_SPEEDS, count), random.uniform(0.0, 2.0 * np.pi, count)
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
