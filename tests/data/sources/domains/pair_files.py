"""Small folders of pairs."""

import io

import numpy as np
import tensorflow as tf
from PIL import Image

DRAW = np.random.default_rng(0)
PHOTOS = DRAW.integers(0, 256, (12, 6, 8, 3), np.uint8)
MASKS = DRAW.integers(0, 3, (12, 6, 8, 1), np.uint8)
COLORS = np.array([(0, 0, 0), (250, 10, 10), (10, 10, 250)], np.uint8)


def png(pixels):
    return tf.io.encode_png(pixels).numpy()


def palette_png(mask, colors=COLORS):
    """A PNG file whose pixels are the numbers of colors."""
    image = Image.fromarray(mask[..., 0])
    image.putpalette(colors.reshape(-1).tolist())
    return saved(image, "PNG")


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def pairs_of(folder, first, second, suffixes=("png", "png"), domains=("A", "B"), start=0):
    """Folders A and B of files by number; contents are bytes."""
    contents = (first, second)
    for domain, suffix, images in zip(domains, suffixes, contents, strict=True):
        for number, content in enumerate(images, start):
            write(folder, f"{domain}/{number}.{suffix}", content)


def all_of(source):
    """All examples in the order of their content: dict of arrays."""
    batches = list(source.examples())
    joined = {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    keys = [rows.tobytes() for rows in joined["data"]]
    return {name: rows[np.argsort(keys)] for name, rows in joined.items()}


def every(source):
    """All examples, those held out too, in the order of their content."""
    parts = [all_of(each) for each in (source, source.held_out) if each]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort([rows.tobytes() for rows in joined["data"]])
    return {name: rows[order] for name, rows in joined.items()}


def assert_pairs(examples, data, source):
    """The examples are these pairs, in any order."""
    assert len(examples["data"]) == len(data)
    expected = {(a.tobytes(), b.tobytes()) for a, b in zip(data, source, strict=True)}
    rows = zip(examples["data"], examples["source"], strict=True)
    assert {(a.tobytes(), b.tobytes()) for a, b in rows} == expected
