"""Priors: the distributions of the latents.

A prior, of the type `Prior`, is called: `prior(count, seed, truncation=None)` -> {name: float32
`[count, size]`}, where `seed` is an int32 `[2]`; one seed, one set of rows. The names are those of
the generator's inputs, and `prior.shapes` has the shape of one example of each. `Noise` alone draws
int32, seeds for the generator's own draws.

`prior.truncated(threshold)` is the prior with its outer parts cut off: samples are better on
average and less varied (Brock et al. 2018, https://arxiv.org/abs/1809.11096, section 3.1). A prior
without outer parts raises `TruncationError`. `truncation`, float32 `[count]`, holds a threshold per
row, 0 for no truncation; a prior without outer parts ignores it.

`prior.classes` is None, or the number of equally likely classes of the prior: then
`prior.conditional(label, seed, truncation=None)`, label int32 `[count]`, draws from those classes.

`rng.per_example(prior, rng.fold(seed, indices))` numbers samples: sample i of a seed is the same in
every batch. The priors of this package also take these seeds, int32 `[count, 2]`, at once.
An argument out of range is a ValueError.

>>> import tensorflow as tf
>>> from tfgan import priors
>>> prior = priors.Joint([priors.Normal(3), priors.Categorical(10)])
>>> prior.shapes, prior.classes
({'latent': (3,), 'code': (10,)}, 10)
>>> prior(4, seed=tf.constant([0, 1]))["latent"].shape
TensorShape([4, 3])
"""

from tfgan.priors.categorical import Categorical
from tfgan.priors.checks import TruncationError
from tfgan.priors.joint import Joint
from tfgan.priors.noise import Noise
from tfgan.priors.planar import Mixture, SwissRoll
from tfgan.priors.prior import ClassPrior, Prior, take_row_seeds
from tfgan.priors.style_truncation import StyleTruncation
from tfgan.priors.vectors import Normal, Sphere, TruncatedNormal, Uniform

__all__ = [
    "Categorical", "ClassPrior", "Joint", "Mixture", "Noise", "Normal", "Prior", "Sphere",
    "StyleTruncation", "SwissRoll", "TruncatedNormal", "TruncationError", "Uniform",
    "take_row_seeds",
]  # fmt: skip
