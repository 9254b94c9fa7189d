import numpy as np
import pytest

from tfgan import metrics
from tfgan.metrics import sliced_wasserstein


def images(count=30, size=32, channels=1, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, size, size, channels), np.uint8)


def smooth(count=30, size=32, seed=0):
    """Images without fine detail."""
    small = np.random.default_rng(seed).integers(0, 256, (count, size // 8, size // 8, 1))
    return np.repeat(np.repeat(small, 8, axis=1), 8, axis=2).astype(np.uint8)


@pytest.mark.parametrize(
    ("size", "expected"), [(128, [128, 64, 32, 16]), (32, [32, 16]), (28, [28, 14]), (12, [12])]
)
@pytest.mark.parametrize("channels", [1, 3])
def test_the_levels_halve_down_to_sixteen_pixels(size, expected, channels):
    found = metrics.sliced_wasserstein_distance(
        images(4, size, channels), images(4, size, channels, 1)
    )
    assert [level for level, _ in found.levels] == expected
    assert found.mean == pytest.approx(np.mean([value for _, value in found.levels]))


def test_the_pyramid_adds_up_to_the_image():
    data = images(2, 64)
    levels = list(sliced_wasserstein._pyramid(data))
    rebuilt = levels[-1]
    for detail in levels[-2::-1]:
        rebuilt = detail + sliced_wasserstein._doubled(rebuilt, detail.shape)
    np.testing.assert_allclose(rebuilt, data, atol=1e-3)


def test_a_flat_image_has_no_detail():
    flat = np.full((2, 32, 32, 1), 77, np.uint8)
    detail, rest = sliced_wasserstein._pyramid(flat)
    np.testing.assert_allclose(detail, 0.0, atol=1e-4)
    np.testing.assert_allclose(rest, 77.0, atol=1e-4)


def test_one_level_is_the_mean_difference_of_sorted_projections():
    real, fake = images(5, 12), images(5, 12, seed=1)
    draw = np.random.default_rng([0, 0])
    top, left = (draw.integers(6, size=(5, 128)) for _ in range(2))

    def rows(data):
        patches = np.array(
            [
                data[i, top[i, p] : top[i, p] + 7, left[i, p] : left[i, p] + 7, 0].ravel()
                for i in range(5)
                for p in range(128)
            ],
            np.float64,
        )
        return (patches - patches.mean()) / patches.std()

    differences = []
    for _ in range(8):
        directions = draw.standard_normal((49, 64))
        directions /= np.linalg.norm(directions, axis=0)
        for direction in directions.T:
            ours, theirs = (np.sort(rows(data) @ direction) for data in (real, fake))
            differences.append(np.abs(ours - theirs).mean())
    found = metrics.sliced_wasserstein_distance(real, fake)
    assert found.mean == pytest.approx(1000.0 * np.mean(differences), rel=1e-4)


def test_equal_sets_are_at_zero_and_other_textures_are_not():
    same = metrics.sliced_wasserstein_distance(images(), images())
    assert same.mean == 0.0
    near = metrics.sliced_wasserstein_distance(images(), images(seed=1))
    far = metrics.sliced_wasserstein_distance(images(), smooth())
    assert 0.0 < near.mean < 0.5 * far.mean


def test_flat_images_give_a_number():
    flat = np.full((9, 32, 32, 1), 77, np.uint8)
    assert np.isfinite(metrics.sliced_wasserstein_distance(images(9), flat).mean)


@pytest.mark.parametrize(
    ("real", "fake", "sentence"),
    [
        (images(), images(29), "images of equal counts and shapes"),
        (images(), images(channels=3), "images of equal counts and shapes"),
        (images(channels=2), images(channels=2), "1, 3 or 4"),
        (images(size=6), images(size=6), "at least 7 x 7 pixels"),
    ],
)
def test_what_cannot_be_compared_is_refused(real, fake, sentence):
    with pytest.raises(ValueError, match=sentence):
        metrics.sliced_wasserstein_distance(real, fake)
