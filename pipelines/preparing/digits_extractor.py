"""Trains the extractor `digits` anew: the weights that tfgan ships."""

import hashlib
import pathlib

import numpy as np

from tfgan import failures
from tfgan.data import open_source
from tfgan.extractors import classifier_training, digits

from ..errors import user_errors


def run(path, steps, seed):
    """Trains, prints how many held-out digits are known, and writes the file.

    Args:
      path: str, where to.
      steps, seed: int, of the training.
    Raises: UserError for data that cannot be read and a file that cannot be written.
    """
    with user_errors():
        source = open_source("mnist5k")
    train, held_out = (
        [np.concatenate([batch[name] for batch in part.examples()]) for name in ("data", "label")]
        for part in (source, source.held_out)
    )
    model = classifier_training.train(
        *train,
        digits.CLASSES,
        steps=steps,
        seed=seed,
        on_step=lambda step, loss: print(f"step {step}/{steps} loss {loss:.4f}", flush=True),
    )
    classifier_training.normalize_features(model, train[0])
    right = classifier_training.predict(model, held_out[0]) == held_out[1]
    with failures.writing(path):
        digits.save_weights(path, model)
    print(f"{right.sum()} of {len(right)} held-out digits are known ({right.mean():.1%}).")
    print(f"{path}: SHA-256 {hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()}")
