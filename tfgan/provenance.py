"""What made a number or a file: the versions that are written down beside it."""

import platform

import keras
import numpy as np
import tensorflow as tf

import tfgan


def versions():
    """The versions of the library and of what it computes with: dict of str by name."""
    return {
        "tfgan": tfgan.__version__,
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
