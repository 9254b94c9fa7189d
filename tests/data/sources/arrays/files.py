"""Files of arrays."""

import numpy as np

from tfgan.data import open_source


def saved(folder, **arrays):
    path = str(folder / "file.npz")
    np.savez_compressed(path, **arrays)
    return path


def images(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


def opened(folder, choices="", fit=None, **content):
    return open_source(f"arrays:{saved(folder, **content)}{choices}", **(fit or {}))


RANGES = {
    "0..1": lambda pixels: pixels / np.float32(255),
    "-1..1": lambda pixels: pixels / 127.5 - 1,
    "0..65535": lambda pixels: pixels.astype(np.uint16) * 257,
}
