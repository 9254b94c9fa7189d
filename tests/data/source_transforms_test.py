import numpy as np
import pytest
from scipy import ndimage

from tfgan.data import DataSpec
from tfgan.data.source_transforms import TRANSFORMS, Edges, Gray, Hole, Lines, Small

DRAW = np.random.default_rng(0)
COLOR = DRAW.integers(0, 256, (5, 12, 18, 3), np.uint8)
GRAY = COLOR[..., :1]


def test_edges_are_the_magnitude_of_the_filters_of_sobel():
    edges = Edges()(GRAY).numpy()
    for image, result in zip(GRAY[..., 0].astype(float), edges[..., 0], strict=True):
        down, across = (ndimage.sobel(image, axis=axis, mode="reflect") for axis in (0, 1))
        expected = np.clip(np.hypot(across, down) / 4, 0, 255)
        np.testing.assert_allclose(result, expected, atol=0.501)


def test_edges_of_color_images_are_those_of_their_gray():
    np.testing.assert_array_equal(Edges()(COLOR), Edges()(Gray()(COLOR)))


def test_a_constant_has_no_edges_not_at_its_border_either():
    assert not Edges()(np.full((1, 5, 5, 3), 90, np.uint8)).numpy().any()


def test_an_edge_between_half_gray_and_white_has_half_the_strength():
    image = np.full((1, 4, 6, 1), 128, np.uint8)
    image[:, 2:] = 255
    assert Edges()(image)[0, :, 3, 0].numpy().tolist() == [0, 127, 127, 0]


def test_lines_are_white_on_black():
    image = np.zeros((1, 8, 8, 3), np.uint8)
    image[:, :, 4:] = 255
    assert Lines()(image)[0, 4, :, 0].numpy().tolist() == [0, 0, 0, 255, 0, 0, 0, 0]


def test_gray_is_the_luma_of_bt_601():
    expected = COLOR @ np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(Gray()(COLOR)[..., 0], expected, atol=0.501)


def test_a_hole_is_a_square_of_half_the_shorter_side_in_the_middle():
    result = Hole()(COLOR).numpy()
    inside = np.zeros((12, 18), bool)
    inside[3:9, 6:12] = True
    assert (result[:, inside] == 128).all()
    np.testing.assert_array_equal(result[:, ~inside], COLOR[:, ~inside])


def test_small_images_have_the_averages_of_4_by_4_pixels():
    checks = np.indices((16, 16)).sum(0) % 2 * 100
    blocks = np.repeat([[10], [150]], 8, axis=0) + checks
    result = Small()(blocks.astype(np.uint8)[None, :, :, None]).numpy()[0, :, :, 0]
    # Far from the edge between two blocks, bicubic interpolation returns their averages.
    assert (result[:2] == 60).all() and (result[-2:] == 200).all()


def test_small_images_of_any_size_keep_it():
    assert Small()(COLOR[:, :11, :17]).shape == (5, 11, 17, 3)


@pytest.mark.parametrize("name", TRANSFORMS)
def test_an_example_does_not_depend_on_the_others_of_its_batch(name):
    transform = TRANSFORMS[name]
    together = transform(COLOR).numpy()
    for row in range(5):
        np.testing.assert_array_equal(transform(COLOR[row : row + 1]).numpy()[0], together[row])


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.parametrize("channels", [3, 4])
def test_the_results_have_the_form_that_is_declared(name, channels):
    images = np.concatenate([COLOR, COLOR], axis=-1)[..., :channels]
    spec = TRANSFORMS[name].spec("it", DataSpec((12, 18, channels)))
    result = TRANSFORMS[name](images)
    assert result.dtype == "uint8" and result.shape[1:] == spec.raw_shape


def test_images_that_have_no_such_source_are_refused():
    with pytest.raises(ValueError, match="gray:a must be of color images; received gray ones"):
        Gray().spec("gray:a", DataSpec((8, 8, 1)))
    with pytest.raises(
        ValueError, match="must be of images of 4 x 4 pixels or more; received 8 x 3"
    ):
        Small().spec("small:a", DataSpec((8, 3, 1)))
