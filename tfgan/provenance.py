"""Versions of the software, recorded with every number and file that it makes."""

import hashlib
import pathlib
import platform

import keras
import numpy as np
import tensorflow as tf

import tfgan


def versions():
    """The versions of tfgan and of the libraries that it computes with: dict of str by name."""
    return {
        "tfgan": tfgan.__version__,
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def code(*packages):
    """The first 12 hex digits of the SHA-256 of the Python files of imported packages: str."""
    digest = hashlib.sha256()
    for root in (pathlib.Path(place) for package in packages for place in package.__path__):
        for path in sorted(root.rglob("*.py")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:12]
