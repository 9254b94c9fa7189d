"""`fit` is that of Keras: data with an order of its own keep it, arrays are shuffled."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from ..games import linear_gan


@pytest.fixture
def model():
    gan = linear_gan()
    gan.run_eagerly = True
    return gan


class Seen(keras.callbacks.Callback):
    """Keeps the first column of every batch."""

    def __init__(self, model):
        super().__init__()
        self.rows = []
        step = model.train_step

        def seeing(batch):
            self.rows += batch["data"].numpy()[:, 0].tolist()
            return step(batch)

        model.train_step = seeing


DATA = np.stack([np.arange(64.0), np.zeros(64)], axis=1).astype(np.float32)


def test_a_dataset_comes_in_its_order_without_a_warning(model):
    seen = Seen(model)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(tf.data.Dataset.from_tensor_slices({"data": DATA}).batch(8), verbose=0)
    assert seen.rows == list(range(64))


def test_arrays_are_shuffled_unless_they_are_not_to_be(model):
    seen = Seen(model)
    model.fit({"data": DATA}, batch_size=8, verbose=0)
    assert seen.rows != list(range(64)) and sorted(seen.rows) == list(range(64))
    seen.rows.clear()
    model.fit({"data": DATA}, batch_size=8, verbose=0, shuffle=False)
    assert seen.rows == list(range(64))
