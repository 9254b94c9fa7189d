"""Training as a function: `tfgan.train` of a `TrainConfig`; `tfgan train` is this with flags.

`planning` resolves the configuration, `resumption` restores the run, and Keras' `fit` takes the
steps (`fit_loop`) with `callbacks` that show, draw, evaluate and save.
"""

from tfgan.training.config import TrainConfig

__all__ = ["TrainConfig"]
