import numpy as np

from tfgan import rng
from tfgan.data import binarisation


def test_a_pixel_is_white_as_often_as_it_is_grey():
    greys = np.broadcast_to(np.array([0, 51, 204, 255], np.uint8), (10_000, 1, 4))[..., None]
    drawn = binarisation.dynamic(greys, rng.stream(0, 0, "binary")).numpy()
    assert set(np.unique(drawn)) == {0.0, 1.0}
    np.testing.assert_allclose(drawn.mean(axis=(0, 1, 3)), [0.0, 0.2, 0.8, 1.0], atol=0.016)  # 4 se


def test_black_and_white_images_stay_as_they_are():
    image = np.random.default_rng(0).choice([0, 255], (3, 8, 8, 1)).astype(np.uint8)
    for seed in range(5):
        drawn = binarisation.dynamic(image, rng.stream(seed, 0, "binary"))
        np.testing.assert_array_equal(drawn, image / 255.0)
