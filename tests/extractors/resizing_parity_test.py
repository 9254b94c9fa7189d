"""The resize modes against clean-fid, torch-fidelity and torch.

pip install torch==2.13.0 torchvision==0.28.0 scipy==1.17.1
pip install --no-deps torch-fidelity==0.4.0 clean-fid==0.1.35
pip install pillow requests tqdm && pytest -m parity -n 0
"""

import importlib.util
import pathlib

import numpy as np
import pytest

from tfgan.extractors import resizing

pytestmark = pytest.mark.parity

SIZES = [(32, 32), (64, 48), (299, 300), (512, 512), (640, 333)]
SIDES = (299, 299)


def images(size):
    return np.random.default_rng(0).integers(0, 256, (2, *size, 3), np.uint8)


def ours(mode, data):
    return np.asarray(resizing.find(mode)(data.astype(np.float32), SIDES))


def with_tensors(resize, data):
    """Calls what wants and gives tensors `[n, channels, height, width]`."""
    torch = pytest.importorskip("torch")
    channels_first = torch.from_numpy(data.transpose(0, 3, 1, 2).astype(np.float32))
    return resize(channels_first).numpy().transpose(0, 2, 3, 1)


@pytest.fixture(scope="module")
def library():
    """Imports a module of another library."""
    path = pathlib.Path(__file__).parents[1] / "metrics" / "parity" / "others.py"
    spec = importlib.util.spec_from_file_location("others", path)
    others = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(others)
    return others.library


@pytest.mark.parametrize("size", SIZES)
def test_clean_is_clean_fids(library, size):
    data = images(size)
    resize = library("cleanfid.resize").build_resizer("clean")
    expected = np.stack([resize(image) for image in data])
    np.testing.assert_allclose(ours("clean", data), expected, rtol=0, atol=2e-4)


@pytest.mark.parametrize("size", SIZES)
def test_legacy_tf_is_torch_fidelitys(library, size):
    data = images(size)
    module = library("torch_fidelity.interpolate_compat_tensorflow")
    resize = module.interpolate_bilinear_2d_like_tensorflow1x
    expected = with_tensors(lambda x: resize(x, size=SIDES, align_corners=False), data)
    np.testing.assert_allclose(ours("legacy_tf", data), expected, rtol=0, atol=2e-5)  # a last digit


@pytest.mark.parametrize("size", SIZES)
def test_legacy_pytorch_is_torchs_and_clean_fids(library, size):
    data = images(size)
    resize = library("cleanfid.resize").build_resizer("legacy_pytorch")
    expected = np.stack([resize(image) for image in data])
    found = ours("legacy_pytorch", data)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3)
    interpolate = library("torch.nn.functional").interpolate
    arguments = {"size": SIDES, "mode": "bilinear", "align_corners": False, "antialias": False}
    expected = with_tensors(lambda x: interpolate(x, **arguments), data)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3)
