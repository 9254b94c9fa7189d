"""Metrics of images against TensorFlow's MS-SSIM, SciPy's filters and POT's sliced distance.

pip install scipy==1.17.1 POT==0.9.7.post1 && pytest -m parity -n 0
"""

import numpy as np
import pytest

from tfgan import metrics

pytestmark = pytest.mark.parity


def images(count, size, channels=1, seed=0):
    """Noise that is the weaker the finer it is, as detail in photographs is."""
    draw = np.random.default_rng(seed)
    noise = draw.standard_normal((count, *size, channels)).cumsum(1).cumsum(2)
    noise -= noise.min()
    return (255.0 * noise / noise.max()).astype(np.uint8)


@pytest.mark.parametrize("size", [(256, 256), (300, 277)])
@pytest.mark.parametrize(("share", "tolerance"), [(0.3, 1e-5), (1.0, 5e-5)])
def test_the_multi_scale_similarity_of_gray_images_is_tensorflows(others, size, share, tolerance):
    """TensorFlow counts in float32, which tells the more the less alike the images are."""
    one, noise = images(6, size), images(6, size, seed=9)
    other = ((1.0 - share) * one + share * noise).astype(np.uint8)
    expected = others.tensorflow_multi_scale_ssim(one, other)
    np.testing.assert_allclose(metrics.multi_scale_ssim(one, other), expected, atol=tolerance)


def laplacian_levels(ndimage, data, sides):
    """The pyramid of Burt and Adelson in float64, finest level first; `sides` of its levels."""
    binomial = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0

    def blurred(values):
        for axis in (1, 2):
            values = ndimage.convolve1d(values, binomial, axis=axis, mode="mirror")
        return values

    levels, rest = [], data.astype(np.float64)
    for _ in sides[1:]:
        smaller = blurred(rest)[:, ::2, ::2]
        spread = np.zeros_like(rest)
        spread[:, ::2, ::2] = smaller
        levels.append(rest - blurred(spread) * 4.0)
        rest = smaller
    return [*levels, rest]


def descriptors(level, tops, lefts):
    """Patches of 7 x 7 as rows, each channel at mean 0 and deviation 1 over all patches."""
    patches = np.array(
        [
            image[top : top + 7, left : left + 7]
            for image, *corners in zip(level, tops, lefts, strict=True)
            for top, left in zip(*corners, strict=True)
        ]
    )
    patches = (patches - patches.mean(axis=(0, 1, 2))) / patches.std(axis=(0, 1, 2))
    return patches.transpose(0, 3, 1, 2).reshape(len(patches), -1)


@pytest.mark.parametrize(
    ("size", "channels", "sides"),
    [((32, 32), 1, [32, 16]), ((64, 80), 3, [64, 32, 16]), ((28, 28), 1, [28, 14])],
)
def test_the_sliced_wasserstein_distance_is_pots_on_scipys_pyramid(size, channels, sides):
    """With the places and directions that the seed gives, which are the same for both."""
    ot, ndimage = pytest.importorskip("ot"), pytest.importorskip("scipy.ndimage")
    real, fake = (images(4, size, channels, seed) for seed in (0, 1))
    found = metrics.sliced_wasserstein_distance(real, fake, seed=5)
    pyramids = [laplacian_levels(ndimage, data, sides) for data in (real, fake)]
    expected = []
    for number, levels in enumerate(zip(*pyramids, strict=True)):
        draw = np.random.default_rng([5, number])
        corners = [draw.integers(side - 6, size=(4, 128)) for side in levels[0].shape[1:3]]
        directions = [draw.standard_normal((49 * channels, 64)) for _ in range(8)]
        directions = np.concatenate(directions, axis=1)
        directions /= np.linalg.norm(directions, axis=0)
        rows = [descriptors(level, *corners) for level in levels]
        distance = ot.sliced_wasserstein_distance(*rows, p=1, projections=directions)
        expected.append(1000.0 * distance)
    assert [side for side, _ in found.levels] == sides
    np.testing.assert_allclose([value for _, value in found.levels], expected, rtol=1e-5)
    assert found.mean == pytest.approx(np.mean(expected), rel=1e-5)
