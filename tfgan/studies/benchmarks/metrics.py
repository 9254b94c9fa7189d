"""The metrics against what other programs do: speed as a ratio, and the memory they need."""

import functools

import numpy as np

from tfgan import extras, metrics
from tfgan.studies.benchmarks import timing


def features(count, dimensions, seed):
    """Synthetic features like those of a classifier: 0 or more, with variances that fall off.

    Returns: float32 `[count, dimensions]`, filled a few rows at a time.
    """
    draw = np.random.default_rng(seed)
    scales = np.logspace(0.0, -1.8, dimensions, dtype=np.float32)
    rows = np.empty((count, dimensions), np.float32)
    for block in np.array_split(rows, -(-count // 500)):
        draw.standard_normal(out=block, dtype=np.float32)
        block *= scales
        block += 0.1
        np.maximum(block, 0.0, out=block)
    return rows


def run(count, dimensions, rounds, progress=timing.silent):
    """Measures two sets of `count` rows; ValueError without SciPy, the baseline.

    Returns: dict that JSON can hold: `speed`, the list of `timing.race`; `memory`, a list of
      `timing.memory_row`.
    """
    return {
        "count": count,
        "dimensions": dimensions,
        "rounds": rounds,
        "speed": timing.race(_contests(count, dimensions), rounds, progress),
        "memory": _memory(count, dimensions, progress) if timing.has_peak_memory() else [],
    }


def lines(results):
    """Ratios of speed and memory as lines of text."""
    yield f"{results['count']:,} rows of {results['dimensions']:,} per set, medians of the rounds"
    for row in results["speed"]:
        yield (
            f"{row['name']:<38}{row['seconds']:>8.2f} s   {row['ratio']:>6.1f} times as fast as "
            f"{row['baseline']} ({row['baseline_seconds']:.2f} s)"
        )
    yield from timing.memory_lines(results["memory"])


def _contests(count, dimensions):
    with extras.require("studies", "--what=metrics"):
        from scipy import linalg

    real, fake = _pair(count, dimensions)
    moments = metrics.Moments.of(real)
    reference = metrics.FrechetReference(moments)
    covariances = moments.covariance, metrics.Moments.of(fake).covariance
    reference.distance(metrics.Moments.of(fake))  # what depends on the real side alone is cached

    def root():
        return linalg.sqrtm(covariances[0] @ covariances[1])

    def by_root():
        means = [rows.mean(axis=0, dtype=np.float64) for rows in (real, fake)]
        one, other = (np.cov(rows, rowvar=False) for rows in (real, fake))
        trace = np.trace(one + other - 2.0 * linalg.sqrtm(one @ other).real)
        return np.sum((means[0] - means[1]) ** 2) + trace

    return [
        timing.Contest(
            "Frechet distance of two sets",
            lambda: metrics.frechet_distance(real, fake),
            by_root,
            "numpy.cov and scipy.linalg.sqrtm",
        ),
        timing.Contest(
            "Frechet distance to a cached reference",
            lambda: reference.distance(fake),
            root,
            "scipy.linalg.sqrtm alone",
        ),
        timing.Contest(
            "mean and covariance",
            lambda: metrics.Moments.of(real),
            lambda: (real.mean(axis=0, dtype=np.float64), np.cov(real, rowvar=False)),
            "numpy.mean and numpy.cov",
        ),
    ]


def _memory(count, dimensions, progress):
    """The memory on top of the two sets, against their size or that of a distance matrix."""
    prepare = functools.partial(_pair, count, dimensions)
    both = 2 * count * dimensions * np.dtype(np.float32).itemsize
    matrix = count * count * np.dtype(np.float64).itemsize
    rows = []
    for name, metric, of, size in (
        ("Frechet distance of two sets", metrics.frechet_distance, "the features", both),
        ("precision and recall", metrics.precision_recall, "one distance matrix", matrix),
        ("density and coverage", metrics.density_coverage, "one distance matrix", matrix),
    ):
        progress(f"memory: {name}")
        peak = timing.peak_memory(prepare, functools.partial(_apply, metric))
        rows.append(timing.memory_row(name, peak, of, size))
    return rows


def _pair(count, dimensions):
    return features(count, dimensions, seed=0), features(count, dimensions, seed=1)


def _apply(metric, pair):
    return metric(*pair)
