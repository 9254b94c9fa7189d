"""Pixels keep their values through networks, grids and files."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import images


def test_every_uint8_value_survives_the_way_to_float_and_back():
    values = np.arange(256, dtype=np.uint8).reshape(1, 16, 16, 1)
    floats = images.to_float(values)
    assert floats.dtype == tf.float32
    assert float(tf.reduce_min(floats)) == -1.0
    assert float(tf.reduce_max(floats)) == 1.0
    np.testing.assert_array_equal(images.to_uint8(floats), values)


def test_values_beyond_the_range_are_clipped():
    np.testing.assert_array_equal(images.to_uint8(tf.constant([-3.0, 3.0])), [0, 255])


def test_points_pass_unchanged():
    points = np.array([[3.5, -7.0]], np.float32)
    np.testing.assert_array_equal(images.to_float(points), points)


def test_other_types_are_refused():
    with pytest.raises(ValueError, match="uint8 images or float32 points; received int64"):
        images.to_float(np.zeros((1, 2), np.int64))


def test_image_i_stands_in_row_i_div_columns_and_column_i_mod_columns():
    pictures = np.stack([np.full((2, 3, 1), 10 * i, np.uint8) for i in range(5)])
    grid = images.grid(pictures, columns=2, gap=1)
    assert grid.shape == (3 * 3 + 1, 2 * 4 + 1, 1)
    for i in range(5):
        top, left = 1 + i // 2 * 3, 1 + i % 2 * 4
        assert (grid[top : top + 2, left : left + 3] == 10 * i).all()
    assert (grid[7:9, 5:8] == 255).all()  # the place of a sixth image stays white


def test_the_default_grid_is_square():
    assert images.grid(np.zeros((16, 4, 4, 3), np.uint8), gap=0).shape == (16, 16, 3)


def test_a_point_right_and_up_is_drawn_right_and_up():
    plot = images.scatter([[0.75, 0.65]], extent=1.0, size=20)[..., 0]
    # Pixels are 0.1 wide: 0.75 lies in column 17 and 0.65 in row 3; a dot is a cross around it.
    assert set(zip(*np.nonzero(plot < 255), strict=True)) == {
        (3, 17), (2, 17), (4, 17), (3, 16), (3, 18)
    }  # fmt: skip


def test_points_outside_the_plot_are_left_out():
    assert (images.scatter([[5.0, 0.0]], extent=1.0, size=8) == 255).all()


def test_a_point_has_its_color_where_its_pixel_is_full():
    red, blue = [[0.5, 0.5]] * 40, [[-0.5, -0.5]] * 40
    colors = np.uint8([[255, 0, 0]] * 40 + [[0, 0, 255]] * 40)
    plot = images.scatter(red + blue, extent=1.0, size=20, colors=colors)
    assert plot.shape == (20, 20, 3)
    np.testing.assert_array_equal(plot[4, 15], [255, 0, 0])
    np.testing.assert_array_equal(plot[14, 5], [0, 0, 255])
    np.testing.assert_array_equal(plot[0, 0], [255, 255, 255])


def test_points_that_share_a_pixel_mix_their_colors():
    colors = np.uint8([[255, 0, 0], [0, 0, 255]] * 20)
    plot = images.scatter([[0.5, 0.5]] * 40, extent=1.0, size=20, colors=colors)
    np.testing.assert_allclose(plot[4, 15], [127.5, 0, 127.5], atol=1)


def test_the_colors_of_a_palette_are_far_from_each_other():
    colors = images.palette(10).astype(int)
    assert colors.shape == (10, 3)
    apart = np.abs(colors[:, None] - colors).sum(axis=2) + 1_000 * np.eye(10, dtype=int)
    assert apart.min() > 60


@pytest.mark.parametrize("channels", [1, 3])
def test_a_written_png_reads_back_the_same(channels):
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, channels), np.uint8)
    images.write_png("ram://images_test/a.png", picture)
    data = tf.io.read_file("ram://images_test/a.png")
    np.testing.assert_array_equal(tf.io.decode_png(data), picture)
    assert not tf.io.gfile.exists("ram://images_test/a.png.part")


def test_a_picture_that_is_too_long_for_jpeg_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at most 65,500 pixels, as JPEG .* 65,501x1"):
        images.write_jpeg(f"{tmp_path}/a.jpg", np.zeros((1, 65_501, 1), np.uint8))


def test_a_picture_with_transparency_is_refused_as_jpeg(tmp_path):
    with pytest.raises(ValueError, match="1 or 3 channels, as JPEG files do; received 4"):
        images.write_jpeg(f"{tmp_path}/a.jpg", np.zeros((4, 4, 4), np.uint8))
    assert not list(tmp_path.iterdir())
