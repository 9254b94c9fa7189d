"""Images to translate, whose true translation is known.

`toy:textures`: pairs. The source is a mask of two shapes on a ground, the data its picture: gray
sinusoids of period 4 with a random phase, horizontal, vertical or both. Only the texture
distinguishes the classes; their mean gray and their forms are equal.

`toy:stripes`: two unpaired domains of shapes on a dark ground. Sources have orange shapes with
horizontal stripes, data blue shapes with vertical ones.
"""

import numpy as np

GROUND = "ground"
TEXTURES = (GROUND, "horizontal", "vertical", "checkered")

_SIDE = 32
_RADII = 6.0, 10.0
_PERIOD = 4.0
_COLORS = {"source": (1.0, 0.6, 0.15), "data": (0.2, 0.5, 1.0)}  # of the brightest stripe
_DARK = 0.1  # the ground of stripes, in 0..1


def textures(random, count):
    """Pairs: (uint8 images `[count, 32, 32, 1]`, uint8 masks `[count, 32, 32, 1]`)."""
    mask = np.zeros((count, _SIDE, _SIDE), np.uint8)
    for _ in range(2):
        inside = _shapes(random, count)
        classes = random.integers(1, len(TEXTURES), (count, 1, 1), np.uint8)
        mask = np.where(inside, classes, mask)
    phases = random.uniform(0.0, 2.0 * np.pi, (2, count, 1))
    down, right = np.sin(2.0 * np.pi / _PERIOD * np.arange(_SIDE) + phases)
    down, right = down[:, :, None], right[:, None, :]
    waves = [
        0.0 * down * right,
        down + 0.0 * right,
        right + 0.0 * down,
        down * right * np.sqrt(2.0),
    ]
    gray = np.choose(mask, [wave.astype(np.float32) for wave in waves])
    return _to_uint8(0.5 + 0.35 * gray)[..., None], mask[..., None]


def stripes(random, count, domain):
    """Images of a domain, "source" or "data": uint8 `[count, 32, 32, 3]`."""
    inside = _shapes(random, count)[..., None]
    wave = np.sin(2.0 * np.pi / _PERIOD * np.arange(_SIDE) + random.uniform(0, 6.283, (count, 1)))
    wave = wave[:, :, None] if domain == "source" else wave[:, None, :]
    bright = (0.7 + 0.3 * wave)[..., None] * np.ones((1, _SIDE, _SIDE, 1))
    return _to_uint8(np.where(inside, bright * np.array(_COLORS[domain]), _DARK))


def stripes_mask(images):
    """Where the shapes of `stripes` are: uint8 `[count, 32, 32, 1]`, 0 or 1."""
    return (np.max(images, axis=-1, keepdims=True) > 64).astype(np.uint8)


def _shapes(random, count):
    """Where a random disc or square is, one per image: bool `[count, 32, 32]`."""
    radius = random.uniform(*_RADII, (count, 1, 1))
    center = random.uniform(radius, _SIDE - radius, (2, count, 1, 1))
    pixel = np.arange(_SIDE) + 0.5
    down, right = np.abs(pixel[:, None] - center[0]), np.abs(pixel - center[1])
    is_disc = random.random((count, 1, 1)) < 0.5
    return np.where(is_disc, np.hypot(down, right), np.maximum(down, right)) < radius


def _to_uint8(values):
    return np.clip(np.round(255.0 * values), 0, 255).astype(np.uint8)
