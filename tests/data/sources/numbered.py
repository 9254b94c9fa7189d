"""Images that carry their number."""

import numpy as np


def images(count, height=3, width=4):
    """Image i is filled with i, but for a mark in its first column."""
    data = np.arange(count, dtype=np.uint8)[:, None, None, None]
    data = np.tile(data, (1, height, width, 1))
    data[:, :, 0] = 255
    return data


def first_batches(source, count, batch_size, **options):
    dataset = source.batches(batch_size, **options)
    return [
        {key: value.numpy() for key, value in batch.items()}
        for batch, _ in zip(dataset, range(count), strict=False)
    ]


def ids(batches):
    return np.concatenate([batch["data"][:, 0, 1, 0] for batch in batches])
