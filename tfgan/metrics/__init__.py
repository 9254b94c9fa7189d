"""Figures about samples: pure functions on NumPy arrays."""

from tfgan.metrics.modes import ModeCoverage, mode_coverage

__all__ = ["ModeCoverage", "mode_coverage"]
