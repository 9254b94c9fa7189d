"""Images of any size and kind become those of a model."""

import numpy as np
import PIL.Image
import pytest

from tfgan.runs.latent_tools.target_images import fitted


def test_a_file_is_resized_and_made_gray(tmp_path):
    color = np.zeros((40, 40, 3), np.uint8)
    color[..., 0] = 255
    PIL.Image.fromarray(color).save(tmp_path / "red.jpg", quality=100)
    image = fitted(tmp_path / "red.jpg", (8, 8, 1))
    assert image.shape == (8, 8, 1) and image.dtype == np.uint8
    assert np.abs(image.astype(int) - 76).max() <= 1  # 0.299 * 255


def test_the_middle_is_kept_or_everything():
    image = np.zeros((4, 12, 1), np.uint8)
    image[:, 4:8] = 255
    assert fitted(image, (4, 4, 1)).min() == 255
    assert fitted(image, (4, 4, 1), "stretch").min() < 100


def test_transparent_pixels_are_white():
    assert fitted(np.zeros((3, 3, 4), np.uint8), (3, 3, 1)).min() == 255


def test_an_image_of_the_right_form_is_not_changed():
    image = np.arange(27, dtype=np.uint8).reshape(3, 3, 3)
    np.testing.assert_array_equal(fitted(image, (3, 3, 3)), image)


def test_what_is_not_an_image_gets_one_sentence(tmp_path):
    (tmp_path / "text.png").write_text("text")
    with pytest.raises(ValueError, match=r"text\.png is not a readable image: .*\.$"):
        fitted(tmp_path / "text.png", (8, 8, 1))
    with pytest.raises(ValueError, match=r"none\.png: there is no such file\.$"):
        fitted(tmp_path / "none.png", (8, 8, 1))
    with pytest.raises(ValueError, match=r"1 to 4 channels; received float64 \[2, 2, 1\]"):
        fitted(np.zeros((2, 2, 1)), (8, 8, 1))
    with pytest.raises(ValueError, match=r"must have pixels; received the shape \[0, 2, 1\]"):
        fitted(np.zeros((0, 2, 1), np.uint8), (8, 8, 1))


def test_a_folder_is_not_an_image(tmp_path):
    with pytest.raises(ValueError, match=f"image must be one file; received the folder {tmp_path}"):
        fitted(str(tmp_path), (8, 8, 1))
