import numpy as np
import pytest

from tfgan import metrics


def line(dx, dtype=np.float64, thickness=1):
    """A line from (14, 25) up to (14 + 20 dx, 5), white on black."""
    image = np.zeros((30, 40, 1), dtype)
    for y in range(5, 26):
        x = 14 + round((25 - y) * dx)
        image[y, x : x + thickness] = 255
    return image


def test_the_slant_is_the_tangent_of_the_angle_with_the_vertical():
    images = np.stack([line(dx) for dx in (-0.5, 0.0, 0.5, 1.0)])
    slant = metrics.stroke_factors(images)["slant"]
    np.testing.assert_allclose(slant, [-0.5, 0.0, 0.5, 1.0], atol=0.03)  # whole pixels


def test_width_and_ink_are_those_of_the_ink():
    images = np.stack([line(0.0), line(0.0, thickness=4)])
    factors = metrics.stroke_factors(images)
    np.testing.assert_allclose(factors["width"], [0.0, np.std([0, 1, 2, 3])], atol=1e-6)
    np.testing.assert_allclose(factors["ink"], [21 / 1200, 84 / 1200])


def test_neither_the_range_nor_the_sign_of_pixels_matters():
    image = np.stack([line(0.5, np.uint8), line(0.2, np.uint8, 3)])
    expected = metrics.stroke_factors(image)
    for other in (image / 127.5 - 1.0, 255 - image, np.repeat(image, 3, axis=3)):
        for name, values in metrics.stroke_factors(other).items():
            np.testing.assert_allclose(values, expected[name], atol=1e-9)


def test_an_empty_image_has_no_slant_width_or_ink():
    factors = metrics.stroke_factors(np.zeros((1, 8, 8, 1)))
    assert [float(values[0]) for values in factors.values()] == [0.0, 0.0, 0.0]
    with pytest.raises(ValueError, match="must be images"):
        metrics.stroke_factors(np.zeros((8, 8)))
