"""Generative adversarial networks on Keras 3 and TensorFlow.

Importing `tfgan` is free: TensorFlow is imported by the first submodule that needs it, so that
`tfgan --help` answers at once. The floors, lowest first (an import only ever goes down):

  0  losses penalties priors images layers rng   tensors in, tensors out
  1  networks data metrics                        build networks, read data, compute figures
  2  models                                       one training topology a file
  3  recipes                                      where networks, losses and data meet
  4  runs callbacks                               what happens around training
"""

__version__ = "0.1.0"
