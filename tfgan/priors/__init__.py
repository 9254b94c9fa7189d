"""Priors: what a generator starts from.

A prior, of the type `Prior`, is a value that is called: `prior(count, seed, truncation=None)` ->
{name: float32 `[count, size]`}, where `seed` is an int32 `[2]`; one seed, one set of rows. The
names are the names of the generator's inputs and `prior.shapes` gives the shape of one example of
each, which is all one needs to build the generator.

`prior.truncated(threshold)` is the prior with its outer parts cut off: samples closer to the
middle, better on average and less varied (Brock et al. 2018, https://arxiv.org/abs/1809.11096,
section 3.1). A prior without outer parts raises `TruncationError`, and its `truncation_range` is
None; else that is (low, high), for thresholds low < t <= high. `truncation`, float32 `[count]`,
cuts each row at a threshold of its own, 0 for nowhere, and nothing of a prior without outer parts.

`prior.classes` is None, or the number of equally likely classes that the prior is made of: then
`prior.conditional(label, seed, truncation=None)`, label int32 `[count]`, draws from those classes.

To number samples, so that sample i of a seed is the same in any batch, draw with
`rng.per_example(prior, rng.fold(seed, indices))`.
"""

from tfgan.priors.categorical import Categorical
from tfgan.priors.checks import TruncationError
from tfgan.priors.joint import Joint
from tfgan.priors.planar import Mixture, SwissRoll
from tfgan.priors.prior import ClassPrior, Prior
from tfgan.priors.vectors import Normal, Sphere, TruncatedNormal, Uniform

__all__ = [
    "Categorical",
    "ClassPrior",
    "Joint",
    "Mixture",
    "Normal",
    "Prior",
    "Sphere",
    "SwissRoll",
    "TruncatedNormal",
    "TruncationError",
    "Uniform",
]
