"""The Dockerfiles: what they copy and install is there. Nothing here builds them."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
FILES = sorted((ROOT / "pipelines" / "cloud" / "vertex" / "images").glob("*.Dockerfile"))


@pytest.fixture(scope="module")
def extras():
    """The extras of pyproject.toml, as a dict."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project["optional-dependencies"]


def lines(path):
    """The instructions of a Dockerfile, each on one line."""
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.sub(r"\\\n\s*", "", text).splitlines()


def instructions(path, name):
    return [line.removeprefix(name).strip() for line in lines(path) if line.startswith(f"{name} ")]


def test_there_are_two_images():
    assert [path.name for path in FILES] == ["gpu.Dockerfile", "tpu.Dockerfile"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_copied_is_there_and_not_ignored(path):
    sources = [source for line in instructions(path, "COPY") for source in line.split()[:-1]]
    assert all((ROOT / source).exists() for source in sources)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ignored[0] == "*"
    assert {f"!{source}" for source in sources} == {line for line in ignored if line[0] == "!"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_installed_is_an_extra(path, extras):
    [installed] = [re.search(r"'\.\[(.*?)\]'", line) for line in instructions(path, "RUN")
                   if "pip install" in line]  # fmt: skip
    names = installed[1].split(",")
    assert set(names) <= set(extras)
    assert [name for name in names if name in ("cpu", "gpu", "tpu")] == [path.name.split(".")[0]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_arguments_are_those_of_tfgan_and_the_base_is_pinned(path):
    [entry] = instructions(path, "ENTRYPOINT")
    assert json.loads(entry) == ["python", "-m", "tfgan.pipelines"]
    [base] = instructions(path, "FROM")
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base)
    assert "PYTHONUNBUFFERED=1" in " ".join(instructions(path, "ENV"))


def test_a_tpu_is_told_to_tensorflow_by_the_environment():
    variables = " ".join(instructions(FILES[1], "ENV"))
    for name in ("PJRT_DEVICE=TPU", "NEXT_PLUGGABLE_DEVICE_USE_C_API=true", "TPU_NAME=local",
                 "TF_PLUGGABLE_DEVICE_LIBRARY_PATH=/"):  # fmt: skip
        assert name in variables


def test_the_image_for_gpus_does_not_run_as_root():
    assert instructions(FILES[0], "USER") == ["tfgan"]
