"""Factors of written characters that are functions of the pixels: slant, width, ink.

An image is a mass of ink: the distance of each pixel's brightness from that of the border. The
moments are those of the ink about its center.

>>> import numpy as np
>>> from tfgan import metrics
>>> image = np.eye(5)[None, ::-1, :, None]  # from the lower left to the upper right
>>> {name: float(values[0].round(3)) for name, values in metrics.stroke_factors(image).items()}
{'slant': 1.0, 'width': 1.414, 'ink': 0.2}
"""

import numpy as np

from tfgan.metrics import checks


def stroke_factors(images):
    """The factors of each image: dict of float64 `[count]`.

    slant: the tangent of the angle of the strokes with the vertical, cov(x, -y) / var(y), positive
      for a slant to the right; 0 for an image without height.
    width: the standard deviation of the ink along x, in pixels.
    ink: the mean of the ink, in 0..1 of its largest value in all images.

    Args:
      images: `[count, height, width, channels]`, any range of pixels.
    """
    images, _ = checks.images(images, images)
    gray = np.asarray(images, np.float64).mean(axis=3)
    border = np.concatenate([gray[:, :, [0, -1]].ravel(), gray[:, [0, -1], :].ravel()])
    ink = np.abs(gray - np.median(border))
    mass = np.maximum(ink.sum(axis=(1, 2)), 1e-12)
    y, x = np.arange(gray.shape[1]), np.arange(gray.shape[2])

    def mean(values):
        return (ink * values).sum(axis=(1, 2)) / mass

    x = x - mean(x)[:, None, None]
    y = y[:, None] - mean(y[:, None])[:, None, None]
    variance = mean(y * y)
    slant = np.where(variance > 1e-9, -mean(x * y) / np.maximum(variance, 1e-9), 0.0)
    largest = max(float(ink.max()), 1e-12)
    return {"slant": slant, "width": np.sqrt(mean(x * x)), "ink": ink.mean(axis=(1, 2)) / largest}
