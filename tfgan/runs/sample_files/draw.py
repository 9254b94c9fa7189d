"""Draws the samples that were asked for, and names each of them."""

import dataclasses
import itertools
import math

import numpy as np

from tfgan import memory
from tfgan.data import DataSpec
from tfgan.runs.sample_files import seeds as seeds_

_COPIES = 3  # of all samples, at most at once: in parts, put together, and in a picture


@dataclasses.dataclass(frozen=True)
class Samples:
    """Samples, and what is known about them.

    Attributes:
      arrays: dict of NumPy arrays: `data`, raw as in a batch; int32 `label` `[n]`, if the model is
        conditional; int64 `seed` `[n]`, if there are several seeds.
      names: list of str, of a file of each sample, without a suffix.
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
    """The first samples of each seed; those of a seed do not depend on the others.

    Args:
      run: `runs.Run`.
      seeds: list of range.
      count: int, samples of each seed.
      **conditions: of the run's `sample`.
    Returns: Samples.
    Raises: ValueError, as the run does, and for more samples than fit into memory.
    """
    several = seeds_.count(seeds) > 1
    _check_memory(run.spec, seeds_.count(seeds) * count)
    seeds = list(itertools.chain(*seeds))
    parts = [run.sample(count, seed=seed, **conditions) for seed in seeds]
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if several:
        arrays["seed"] = np.repeat(np.array(seeds, np.int64), count)
    return Samples(arrays, _names(seeds, count, several), run.spec)


def _names(seeds, count, several):
    if not several:
        return [f"{index:06d}" for index in range(count)]
    if count == 1:
        return [f"seed{seed:04d}" for seed in seeds]
    return [f"seed{seed:04d}-{index:06d}" for seed in seeds for index in range(count)]


def _check_memory(spec, total):
    needed = _COPIES * total * math.prod(spec.raw_shape) * np.dtype(spec.dtype).itemsize
    memory.require(needed, f"Drawing {total:,} samples", advice="ask for fewer with --count")
