"""The wheel holds everything that an installation needs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("setup.py", "pyproject.toml", "README.md", "tfgan", "pipelines")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in a wheel, built from a copy: a build writes beside its sources."""
    folder = tmp_path_factory.mktemp("clone")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder)
    build = "from setuptools import build_meta; print(build_meta.build_wheel('.'))"
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=folder, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(folder / done.stdout.splitlines()[-1]) as file:
        return set(file.namelist())


def test_the_wheel_says_that_tfgan_is_typed(wheel):
    assert "tfgan/py.typed" in wheel


def test_the_wheel_holds_every_module_of_the_library_and_of_the_programs(wheel):
    library = {str(path.relative_to(ROOT)) for path in ROOT.glob("tfgan/**/*.py")}
    programs = {f"tfgan/{path.relative_to(ROOT)}" for path in ROOT.glob("pipelines/**/*.py")}
    assert library | programs <= wheel


def test_the_wheel_holds_the_files_that_modules_read(wheel):
    files = [path for path in ROOT.glob("tfgan/**/*.*") if path.suffix not in (".py", ".pyc")]
    assert len(files) > 3
    assert {str(path.relative_to(ROOT)) for path in files} <= wheel
