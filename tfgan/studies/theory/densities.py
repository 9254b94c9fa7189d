"""Normal densities on the line: at points, on a grid to integrate over, and as a histogram."""

import numpy as np

from tfgan import divergences


def log_normal(x, mean, deviation):
    """log N(x; mean, deviation^2): float64, one number per point."""
    return divergences.Gaussian(mean, deviation**2).log_density(x)


class Grid:
    """Points at equal distances.

    Attributes:
      x: float64 `[count]`.
      cell: float, the length that each point stands for in an integral.
    """

    def __init__(self, low, high, count):
        self.x = np.linspace(low, high, count)
        self.cell = self.x[1] - self.x[0]

    def normal(self, mean, deviation):
        """The density of N(mean, deviation^2) at each point: float64 `[count]`."""
        return np.exp(log_normal(self.x, mean, deviation))


def histogram(samples, low, high, bins):
    """The density of samples, estimated by counting: (middles of the bins, density there)."""
    counts, edges = np.histogram(samples, bins=bins, range=(low, high))
    return (edges[1:] + edges[:-1]) / 2, counts / (len(samples) * (edges[1] - edges[0]))
