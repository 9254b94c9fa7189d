"""The suffix of a path decides the format of the samples in it."""

import zipfile

import numpy as np
import pytest

from tfgan.data import DataSpec
from tfgan.runs.sample_files import formats
from tfgan.runs.sample_files.draw import Samples

IMAGES = DataSpec((8, 8, 1), classes=2, class_names=("cat", "a/b"))


@pytest.mark.parametrize(
    ("out", "suffix"),
    [
        ("a.png", ".png"),
        ("a.JPG", ".jpg"),
        ("a.npz", ".npz"),
        ("a", "/"),
        ("a/", "/"),
        ("v1.5", "/"),
    ],
)
def test_a_format_is_found_by_the_suffix_and_a_folder_has_none(out, suffix):
    assert suffix in formats.find(out, IMAGES).suffixes


@pytest.mark.parametrize(("out", "spec"), [("a.gif", IMAGES), ("a.txt", IMAGES)])
def test_a_format_that_samples_do_not_have_is_refused_with_those_that_they_have(out, spec):
    with pytest.raises(ValueError, match=f"--out takes FILE.png .* or FOLDER/ .* received {out}"):
        formats.find(out, spec)


def test_a_zip_has_a_folder_per_class_and_equal_samples_are_equal_bytes(tmp_path):
    arrays = {"data": np.zeros([2, 8, 8, 1], np.uint8), "label": np.array([1, 0], np.int32)}
    samples = Samples(arrays, ["000000", "000001"], IMAGES)
    for name in ("a.zip", "b.zip"):
        formats.find(name, IMAGES).write(str(tmp_path / name), samples)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:  # "a/b" cannot be a folder
        assert archive.namelist() == ["1/000000.png", "0/000001.png", "dataset.json"]
