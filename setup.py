"""The packages: `pipelines/` is installed as `tfgan.pipelines`. All else is in pyproject.toml."""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["tfgan", "tfgan.*"]),
        *(f"tfgan.{name}" for name in find_packages(include=["pipelines", "pipelines.*"])),
    ],
    package_dir={"tfgan": "tfgan", "tfgan.pipelines": "pipelines"},
)
