"""Generative adversarial networks on Keras 3 and TensorFlow.

    run = tfgan.train(recipe="dcgan", data="mnist5k", workdir="runs/a", steps=6000)
    run = tfgan.open_run("runs/a")
    images = run.sample(64, seed=1)["data"]

Importing `tfgan` is free: TensorFlow is imported by the first submodule that needs it, so that
`tfgan --help` responds at once. The levels, lowest first; a module imports only from lower ones:

  0  tensors in, tensors out; kinds of data; files, memory and words
     losses terms penalties priors divergences likelihoods schedules layers modalities images
     augmentations text rng philox replicas typing choices files memory failures provenance
     parameters extras terminal words summaries
  1  build networks, read data, turn images into features, compute figures
     networks data extractors metrics
  2  one training topology per file; tools on latents
     models latents
  3  where networks, losses and data meet; where models, data and metrics meet
     recipes evaluation
  4  models as files that other programs read, and a server for them
     export serving
  5  run directories; a finished run as a value
     runs
  6  training as a function: callbacks, devices, the loop
     training
  7  experiments: theory, families of models, benchmarks
     studies
  8  programs with flags, one verb per file
     pipelines
"""

import importlib
import os
from typing import TYPE_CHECKING

__all__ = ["Run", "TrainConfig", "open_run", "train"]
__version__ = "0.1.0"

_LAZY = {
    "Run": "tfgan.runs",
    "TrainConfig": "tfgan.training",
    "open_run": "tfgan.runs",
    "train": "tfgan.training.train",
}

if TYPE_CHECKING:
    from tfgan.runs import Run, open_run
    from tfgan.training import TrainConfig
    from tfgan.training.train import train
else:

    def __getattr__(name):
        """What a user calls, imported at first use."""
        if name not in _LAZY:
            raise AttributeError(f"module 'tfgan' has no attribute {name!r}")
        # As the programs: on older CPUs convolutions run about twice as fast, and round alike.
        os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
        return getattr(importlib.import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
