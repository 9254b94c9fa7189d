"""Paths, sums, directions and projections of a run, with their pictures and animations."""
