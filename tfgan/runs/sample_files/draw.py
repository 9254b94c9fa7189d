"""Draws samples of several seeds, and names each of them."""

import dataclasses
import itertools
import math

import numpy as np

from tfgan import memory
from tfgan.data import DataSpec
from tfgan.runs.sample_files import seeds as seeds_

_COPIES = 3  # of all samples, at most: in parts, concatenated, and in a picture


@dataclasses.dataclass(frozen=True)
class Samples:
    """Samples with their names.

    Attributes:
      arrays: dict of NumPy arrays: `data`, raw as in a batch; int32 `label` `[n]`, if the model is
        conditional; int64 `seed` `[n]`, if there are several seeds.
      names: list of str, one file name per sample, without a suffix.
      spec: `DataSpec`, as `Run.spec` gives it.
    """

    arrays: dict
    names: list
    spec: DataSpec

    @property
    def data(self):
        """The examples themselves."""
        return self.arrays["data"]


def draw(run, seeds, count, **conditions):
    """The first samples of each seed of a `runs.Run`: `Samples`.

    Args:
      seeds: list of range.
      count: int, samples per seed.
      **conditions: of `Run.sample`.
    Raises: ValueError, see `Run.sample`, and for more samples than fit in memory.
    """
    several = seeds_.count(seeds) > 1
    total, spec = seeds_.count(seeds) * count, run.spec
    needed = _COPIES * total * math.prod(spec.raw_shape) * np.dtype(spec.dtype).itemsize
    memory.require(needed, f"Drawing {total:,} samples", advice="ask for fewer with --count")
    seeds = list(itertools.chain(*seeds))
    parts = [run.sample(count, seed=seed, **conditions) for seed in seeds]
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if several:
        arrays["seed"] = np.repeat(np.array(seeds, np.int64), count)
    return Samples(arrays, _names(seeds, count, several), spec)


def _names(seeds, count, several):
    if several and count == 1:
        return [f"seed{seed:04d}" for seed in seeds]
    prefixes = [f"seed{seed:04d}-" for seed in seeds] if several else [""]
    return [f"{prefix}{index:06d}" for prefix in prefixes for index in range(count)]
