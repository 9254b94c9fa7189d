import numpy as np
import pytest

from tfgan.data.sources.arrays import axes


@pytest.mark.parametrize(
    ("shape", "layout"),
    [
        ((9, 28, 28), "hw"),
        ((9, 28, 28, 1), "hwc"),
        ((9, 32, 32, 3), "hwc"),
        ((9, 3, 32, 32), "chw"),
        ((9, 32, 32, 4), "hwc"),
        ((9, 8, 32, 32, 3), "thwc"),
        ((9, 8, 3, 32, 32), "tchw"),
        ((9, 3, 8, 32, 32), "cthw"),
    ],
)
def test_the_channels_are_recognized_and_moved_to_the_end(shape, layout):
    assert axes.recognize("it", shape, "uint8") == layout
    array = np.arange(np.prod(shape)).reshape(shape)
    moved = axes.to_channels_last(array, layout)
    sizes = dict(zip(layout, shape[1:], strict=True)) | ({} if "c" in layout else {"c": 1})
    assert moved.shape == (9, *(sizes[axis] for axis in "thwc" if axis in sizes))
    assert moved.flags.c_contiguous and sorted(moved.ravel()) == list(range(array.size))


def test_the_user_decides_what_is_ambiguous():
    assert axes.recognize("it", (9, 8, 32, 32), "uint8", "thw") == "thw"
    assert axes.to_channels_last(np.zeros((9, 8, 32, 32)), "thw").shape == (9, 8, 32, 32, 1)
    with pytest.raises(ValueError, match="is ambiguous: add #layout=hwc .* or #layout=chw"):
        axes.recognize("it", (9, 3, 5, 3), "uint8")
    assert axes.recognize("it", (9, 3, 5, 3), "uint8", "chw") == "chw"


@pytest.mark.parametrize("shape", [(9,), (9, 28, 3), (9, 8, 8, 7, 5), (9, 1, 2, 3, 4, 5)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="it must hold images"):
        axes.recognize("it", shape, "uint8")


def test_a_layout_for_another_number_of_axes_is_refused():
    with pytest.raises(ValueError, match="layout must be hwc or chw or thw for .* received 'tchw'"):
        axes.recognize("it", (9, 8, 8, 3), "uint8", "tchw")
