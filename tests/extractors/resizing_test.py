"""Each mode against a formula of its own in NumPy, one pixel at a time."""

import numpy as np
import pytest

from tfgan import choices
from tfgan.extractors import resizing

SIZES = [((9, 7), (19, 23)), ((23, 30), (11, 8)), ((12, 12), (12, 31))]


def images(size, channels=3):
    return np.random.default_rng(0).integers(0, 256, (2, *size, channels)).astype(np.float32)


def bilinear(rows, size, place):
    """Interpolates the first axis; `place` gives the position in the input of an output pixel."""
    count = len(rows)
    result = []
    for index in range(size):
        at = min(max(place(index, count, size), 0.0), count - 1.0)
        low = int(np.floor(at))
        high = min(low + 1, count - 1)
        result.append(rows[low] + (at - low) * (rows[high] - rows[low]))
    return np.array(result)


def bicubic(rows, size):
    """Keys' cubic with a = -1/2, its support widened by the ratio when shrinking."""

    def kernel(x):
        x = abs(x)
        if x < 1:
            return 1.5 * x**3 - 2.5 * x**2 + 1
        return -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2 if x < 2 else 0.0

    ratio = len(rows) / size
    scale = max(ratio, 1.0)
    result = []
    for index in range(size):
        center = (index + 0.5) * ratio
        first = max(int(center - 2 * scale + 0.5), 0)
        last = min(int(center + 2 * scale + 0.5), len(rows))
        weights = np.array([kernel((i - center + 0.5) / scale) for i in range(first, last)])
        result.append(np.tensordot(weights / weights.sum(), rows[first:last], 1))
    return np.array(result)


def over_both(data, size, along):
    """Applies a resize of the first axis to height and then width."""
    data = data.astype(np.float64)
    for axis, side in ((1, size[0]), (2, size[1])):
        data = np.moveaxis(along(np.moveaxis(data, axis, 0), side), 0, axis)
    return data


@pytest.mark.parametrize(("before", "after"), SIZES)
def test_legacy_tf_takes_pixel_i_from_i_times_the_ratio(before, after):
    data = images(before)
    expected = over_both(
        data, after, lambda rows, n: bilinear(rows, n, lambda i, count, size: i * count / size)
    )
    found = resizing.find("legacy_tf")(data, after)
    np.testing.assert_allclose(found, expected, atol=2e-3)


@pytest.mark.parametrize(("before", "after"), SIZES)
def test_legacy_pytorch_aligns_pixel_centers(before, after):
    data = images(before)
    expected = over_both(
        data,
        after,
        lambda rows, n: bilinear(rows, n, lambda i, count, size: (i + 0.5) * count / size - 0.5),
    )
    found = resizing.find("legacy_pytorch")(data, after)
    np.testing.assert_allclose(found, expected, atol=2e-3)


@pytest.mark.parametrize(("before", "after"), SIZES)
def test_clean_is_antialiased_bicubic_within_the_range(before, after):
    data = images(before)
    expected = np.clip(over_both(data, after, bicubic), 0.0, 255.0)
    found = resizing.find("clean")(data, after)
    np.testing.assert_allclose(found, expected, atol=2e-4)


@pytest.mark.parametrize("mode", choices.RESIZE_METHODS)
def test_images_of_the_right_size_are_left_alone(mode):
    data = images((5, 6))
    assert resizing.find(mode)(data, (5, 6)) is data
