"""What the user says about the arrays of a file."""

import numpy as np
import pytest

from .files import images, opened


@pytest.mark.parametrize(
    ("content", "sentence", "choice"),
    [
        (images(9, 3, 3, 3), r"is ambiguous: add #layout=hwc for \[n, height, width, channe"
         r"ls\] or #layout=chw", "layout=chw"),
        (images(9, 3, 3, 8, 8), "add #layout=tchw for .* or #layout=cthw", "layout=cthw"),
        (images(9, 8, 8) % 17 + np.float32(0), "in 0..16, so it is ambiguous", "range=0..16"),
        (images(9, 8, 8) / 200, "add #range=0..1", "range=0..1"),
        (images(9, 8, 8) / 127.5 - 0.01, r"in -0.01..1.99", "range=0..2"),
        (images(9, 64, 3), r"received uint8 \[9, 64, 3\]; #layout=hw says otherwise", "layout=hw"),
    ],
)  # fmt: skip
def test_what_could_be_two_things_is_refused_until_it_is_said(tmp_path, content, sentence, choice):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, x=content)
    assert opened(tmp_path, f"#{choice}", x=content).count == 9


def test_pixels_outside_a_range_that_the_user_names_are_clipped_and_counted(tmp_path, lines):
    source = opened(tmp_path, "#range=0..1", x=np.full((2, 4, 4), 1.25))
    assert (source.data == 255).all()
    assert lines[0].endswith("32 of 32 pixels are outside 0..1 and are clipped.")


def test_the_user_names_the_arrays(tmp_path):
    content = {"x": images(5, 4, 4), "data": images(6, 4, 4), "y": np.arange(5), "id": np.arange(5)}
    assert opened(tmp_path, "#x", **content).spec.classes == 5
    assert opened(tmp_path, "#data=x,label=none", **content).spec.classes is None
    assert opened(tmp_path, "#data=x,label=id", **content).spec.classes == 5
    with pytest.raises(ValueError, match="has no array 'z'; there is x, data, y, id"):
        opened(tmp_path, "#z", **content)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            "#rank=3",
            "what follows # must be of data=KEY, label=KEY, kind=.*, layout=.*received rank",
        ),
        ("#layout=wh", r"layout must be hwc or chw or thw for \[5, 4, 4, 3\]; received 'wh'"),
        ("#range=1..0", "range must be the numbers of black and white.*; received '1..0'"),
        ("#range=a", "received 'a'"),
        ("#range=0..inf", "received '0..inf'"),
    ],
)
def test_other_choices_are_refused(tmp_path, choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, choices, x=images(5, 4, 4, 3))


def test_points_take_no_choices_of_pictures(tmp_path):
    with pytest.raises(ValueError, match="range is for images and videos; .* holds points"):
        opened(tmp_path, "#range=0..1", x=np.zeros((3, 2)))
