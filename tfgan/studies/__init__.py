"""Experiments on the library: its theory, families of models compared, and benchmarks."""
