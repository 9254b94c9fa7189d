"""Training as a function: a `TrainConfig` says what is trained, `tfgan.train` trains it.

Planning reads the run that a directory may hold and decides all that the fields leave open; the
workers of a cluster meet; data and model are opened; the run is restored, or begun; Keras' `fit`
takes the steps; the callbacks show, draw, evaluate and save. `tfgan train` is this with flags.
"""

from tfgan.training.config import TrainConfig

__all__ = ["TrainConfig"]
