"""The typed seams are annotated throughout, and pyright's list holds their files."""

import inspect
import tomllib
from pathlib import Path

import pytest

import tfgan
from tfgan import losses, modalities, penalties, priors, replicas, terms
from tfgan.data.sources.source import Source
from tfgan.data.spec import DataSpec
from tfgan.recipes import Recipe

ROOT = Path(__file__).parents[1]
PENALTIES = ("Penalty", "ClipWeights", "wasserstein_gradient_penalty", "dragan", "r1", "r2")
TERMS = ("Term", "Turn", "feature_matching", "l1", "classification")
SEAMS = [
    *(getattr(losses, name) for name in losses.__all__),
    *(getattr(penalties, name) for name in PENALTIES),
    *(getattr(priors, name) for name in priors.__all__),
    *(modalities.by_kind, modalities.of_arrays, modalities.of_shape, modalities.resolve),
    *(getattr(terms, name) for name in TERMS),
    *(replicas.count, replicas.index, replicas.mean, replicas.total),
    *(DataSpec, modalities.Modality, Recipe, Source),
    *(getattr(tfgan, name) for name in tfgan.__all__),
]


def functions(seam):
    """The functions of a seam by name: itself, or those that a class of tfgan is written with."""
    if inspect.isfunction(seam):
        return {seam.__name__: seam}
    found = {}
    for owner in seam.__mro__:
        if not owner.__module__.startswith("tfgan."):
            continue
        for name, member in vars(owner).items():
            member = getattr(member, "fget", None) or getattr(member, "func", member)
            member = getattr(member, "__func__", member)
            if inspect.isfunction(member) and member.__code__.co_filename == inspect.getfile(owner):
                found[f"{owner.__name__}.{name}"] = member
    return found


def unannotated(function):
    """The parameters of a function without a type, and "return"."""
    signature = inspect.signature(function)
    missing = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.annotation is parameter.empty and name not in ("self", "cls")
    ]
    return missing + ["return"] * (signature.return_annotation is signature.empty)


@pytest.mark.parametrize("seam", SEAMS, ids=lambda seam: seam.__name__)
def test_a_typed_seam_is_annotated_throughout(seam):
    missing = {name: unannotated(function) for name, function in functions(seam).items()}
    assert {name: parameters for name, parameters in missing.items() if parameters} == {}


@pytest.mark.parametrize("seam", SEAMS, ids=lambda seam: seam.__name__)
def test_pyright_checks_the_file_of_a_typed_seam(seam):
    included = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pyright"]["include"]
    file = Path(inspect.getfile(seam))
    assert any(file == ROOT / path or ROOT / path in file.parents for path in included)


def test_pyright_checks_files_that_exist():
    included = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pyright"]["include"]
    assert [path for path in included if not (ROOT / path).exists()] == []
