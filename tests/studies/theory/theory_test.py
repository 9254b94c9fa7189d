"""Experiments have names, and names have modules."""

import importlib.resources

import pytest

from tfgan.studies import theory


def test_every_experiment_has_a_module_and_every_module_is_listed():
    folder = importlib.resources.files("tfgan.studies.theory")
    names = {path.name.removesuffix(".py") for path in folder.iterdir() if path.suffix == ".py"}
    shared = {"__init__", "chart", "densities", "finding", "report", "small_games"}
    assert names - shared == set(theory.EXPERIMENTS.values())


def test_names_choose_experiments_in_their_own_order():
    assert theory.choose(["orbit", "likelihood"]) == ["likelihood", "orbit"]
    assert theory.choose([]) == list(theory.EXPERIMENTS)
    with pytest.raises(ValueError, match="--only must be .*received 'orbits'.*'orbit'"):
        theory.choose(["orbits"])


def test_an_experiment_measures_its_claim():
    assert theory.measure("parallel_lines").title.startswith("Where supports do not meet")
