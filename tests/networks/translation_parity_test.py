"""The networks of image translation against the layers of their papers, in PyTorch.

pip install torch==2.13.0 && pytest -m parity -n 0
"""

import keras
import numpy as np
import pytest

from tfgan import layers
from tfgan.networks import patchgan, residual, unet

pytestmark = pytest.mark.parity


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def papers(torch):
    del torch
    from tfgan.studies.benchmarks import torch_translation

    return torch_translation


def first(x):
    """Channels behind the batch, as PyTorch has them."""
    return np.asarray(x).transpose(0, 3, 1, 2)


def images(*shape):
    return np.random.default_rng(0).standard_normal(shape).astype(np.float32)


def outputs(theirs, ours, name, side):
    """Those of theirs and of ours with the same weights, for the same images."""
    from . import torch_weights

    torch_weights.copy(theirs, ours)
    x = images(2, side, side, 3)
    return torch_weights.output(theirs, first(x)), first(ours({name: x}, training=False))


def assert_same(wanted, result):
    assert wanted.std() > 0.05
    np.testing.assert_allclose(result, wanted, atol=1e-4)


@pytest.mark.parametrize("kind", ["instance", "batch"])
def test_the_u_net(papers, kind):
    shape, features = (64, 64, 3), [8 * min(2**i, 8) for i in range(5)]
    ours = unet.generator(shape, shape, width=8, depth=5, normalization=kind, dropout=0.0)
    assert_same(*outputs(papers.UNet(3, features, kind), ours, "source", 64))


@pytest.mark.parametrize("kind", ["instance", "batch"])
@pytest.mark.parametrize("side", [64, 61])
def test_the_patchgan(papers, kind, side):
    ours = patchgan.discriminator((side, side, 3), layers=3, width=8, normalization=kind)
    assert_same(*outputs(papers.patches(3, 3, 8, kind), ours, "data", side))


def test_the_residual_generator(papers):
    ours = residual.generator((64, 64, 3), (64, 64, 3), width=8, blocks=3)
    assert_same(*outputs(papers.residual_network(3, 8, 3), ours, "source", 64))


def test_the_image_of_the_second_scale(torch):
    ours = patchgan.discriminator((61, 64, 2), layers=2, width=4, scales=2)
    [half] = [layer for layer in ours.layers if isinstance(layer, keras.layers.Cropping2D)]
    x = images(2, 61, 64, 2)
    pool = torch.nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)
    result = keras.Model(ours.input, half.output)({"data": x})
    np.testing.assert_allclose(first(result), pool(torch.tensor(first(x))).numpy(), atol=1e-6)


def test_instance_normalization(torch):
    x = images(2, 9, 7, 5) + 2.0
    wanted = torch.nn.InstanceNorm2d(5)(torch.tensor(first(x))).numpy()
    np.testing.assert_allclose(first(layers.InstanceNormalization()(x)), wanted, atol=1e-5)
