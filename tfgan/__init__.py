"""Generative adversarial networks on Keras 3 and TensorFlow.

    run = tfgan.train(recipe="dcgan", data="mnist5k", workdir="runs/a", steps=6000)
    run = tfgan.open_run("runs/a")
    images = run.sample(64, seed=1)["data"]

Importing `tfgan` is free: TensorFlow is imported by the first submodule that needs it, so that
`tfgan --help` answers at once. The floors, lowest first (an import only ever goes down):

  0  losses penalties priors images layers rng   tensors in, tensors out
  1  networks data metrics                        build networks, read data, compute figures
  2  models                                       one training topology a file
  3  recipes evaluation                           where networks, losses and data meet
  4  callbacks distribution export                what happens around training, and after it
  5  runs                                         run directories
  6  training                                     training as a function
"""

import importlib
import os

__version__ = "0.1.0"

_LAZY = {
    "Run": "tfgan.runs",
    "TrainConfig": "tfgan.training",
    "open_run": "tfgan.runs",
    "train": "tfgan.training.running",
}


def __getattr__(name):
    """What a user calls, imported when it is first asked for."""
    if name not in _LAZY:
        raise AttributeError(f"module 'tfgan' has no attribute {name!r}")
    # As the programs: on older CPUs convolutions run about twice as fast, and round alike.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    return getattr(importlib.import_module(_LAZY[name]), name)


def __dir__():
    return sorted([*globals(), *_LAZY])
