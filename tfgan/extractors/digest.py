"""SHA-256 of weights and of the files they come from."""

import hashlib

import numpy as np
import tensorflow as tf


def of_weights(model):
    """Hex SHA-256 of a Keras model's weights in their order, independent of their file."""
    digest = hashlib.sha256()
    for weight in model.get_weights():
        digest.update(f"{weight.dtype.str} {weight.shape};".encode())
        digest.update(np.ascontiguousarray(weight).reshape(-1).view(np.uint8))
    return digest.hexdigest()


def of_file(path):
    """Hex SHA-256 of a file."""
    digest = hashlib.sha256()
    with tf.io.gfile.GFile(path, "rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def of_folder(path):
    """Hex SHA-256 of the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    files = [f"{root}/{name}" for root, _, names in tf.io.gfile.walk(path) for name in names]
    for file in sorted(files):
        digest.update(f"{file[len(path) :].strip('/')} {of_file(file)};".encode())
    return digest.hexdigest()
