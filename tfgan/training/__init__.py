"""Training as a function: `tfgan.train` of a `TrainConfig`; `tfgan train` is this with flags.

`planning` resolves the configuration with the existing run; the workers of a cluster meet; data and
model are opened and the run is restored (`resumption`); Keras' `fit` takes the steps (`fit_loop`)
with `callbacks` that show, draw, evaluate and save.
"""

from tfgan.training.config import TrainConfig

__all__ = ["TrainConfig"]
