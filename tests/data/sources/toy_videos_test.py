import numpy as np
import pytest

from tfgan.data import open_source


@pytest.fixture(scope="module")
def source():
    return open_source("toy:bouncing").held_out


def centers(videos):
    """The center of brightness of each frame, (down, right) in pixels: `[count, frames, 2]`."""
    light = videos[..., 0].astype(np.float64)
    pixel = np.arange(32) + 0.5
    total = light.sum(axis=(2, 3))
    down = (light.sum(axis=3) * pixel).sum(axis=2) / total
    right = (light.sum(axis=2) * pixel).sum(axis=2) / total
    return np.stack([down, right], axis=-1)


def test_examples_are_videos_of_eight_frames(source):
    assert source.data.shape == (500, 8, 32, 32, 1) and source.data.dtype == np.uint8
    assert source.spec.modality.kind == "videos" and source.spec.class_names == (
        "disc",
        "square",
        "triangle",
    )
    batch = next(iter(source.batches(4, seed=0)))
    assert batch["data"].shape == (4, 8, 32, 32, 1)


def test_a_shape_keeps_its_size_in_all_frames(source):
    light = source.data.astype(np.float64).sum(axis=(2, 3, 4)) / 255.0
    assert np.ptp(light, axis=1).max() < 1.5  # pixels; edges fall on other pixels
    areas = [np.median(light[source.label == label]) for label in range(2)]
    np.testing.assert_allclose(areas, [25 * np.pi, 64], rtol=0.02)


def test_the_disc_flies_straight_with_its_speed_and_bounces(source):
    place = centers(source.data[source.label == 0])
    step = np.diff(place, axis=1)
    assert place.min() > 4.9 and place.max() < 27.1
    # Between two walls a shape keeps its step; a bounce turns one part of it around.
    size = np.abs(step)
    is_free = np.abs(np.diff(step, axis=1)).max(axis=2) < 0.1
    assert is_free.mean() > 0.6 and (~is_free).any()
    speed = np.median(np.hypot(size[..., 0], size[..., 1]), axis=1)
    assert speed.min() > 0.9 and speed.max() < 3.1
