"""Generative adversarial networks on Keras 3 and TensorFlow.

Importing `tfgan` is free: TensorFlow is imported by the first submodule that needs it, so that
`tfgan --help` answers at once. The floors, lowest first (an import only ever goes down):

  0  tensors in, tensors out; kinds of data; files, memory and words
     losses terms penalties priors divergences likelihoods schedules layers modalities images
     text rng replicas typing files memory provenance parameters extras terminal words
  1  build networks, read data, turn images into features, compute figures
     networks data extractors metrics
  2  one training topology a file; receives built networks
     models
  3  where networks, losses and data meet; where models, data and metrics meet
     recipes evaluation
  4  around a model: the loop, its callbacks, run directories, devices, artefacts
     training callbacks runs distribution export
  5  programs with flags, one verb a file
     pipelines
"""

__version__ = "0.1.0"
