"""PyTorch's games and blocks against ours: as many weights, equal gradients, steps that train.

pip install torch==2.13.0 && pytest -m parity -n 0
"""

import numpy as np
import pytest

from tfgan import recipes
from tfgan.data import DataSpec
from tfgan.studies.benchmarks import blocks, recipe_steps

from .blocks_test import SMALL

pytestmark = pytest.mark.parity
SHAPE = (28, 28, 1)
SIZES = {
    "dcgan": {"width": 4},
    "sngan": {"width": 4},
    "stylegan2": {"width": 4, "max_width": 8, "latent_dim": 6},
    "r3gan": {"width": 8, "max_width": 16, "group_width": 4},
}


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@pytest.mark.parametrize("name", recipe_steps.TWINS)
def test_pytorchs_networks_have_as_many_trained_weights_as_ours_and_move(torch, name):
    from tfgan.studies.benchmarks import torch_games

    assert torch_games.RECIPES == recipe_steps.TWINS
    parameters = recipes.resolve(name, SIZES[name] | {"batch_size": 8})
    model = recipes.make(name, parameters).build(DataSpec(SHAPE, "images"), 0)
    game = torch_games.Game(name, SHAPE, parameters)
    ours = [
        sum(int(np.prod(weight.shape)) for weight in network.trainable_variables)
        for network in model.networks.values()
    ]
    theirs = [sum(each.numel() for each in network.parameters()) for network in game.networks]
    assert theirs == ours
    before = [[each.detach().clone() for each in network.parameters()] for network in game.networks]
    losses = [torch.stack(game.step()) for _ in range(17)]  # two with all lazy terms
    assert torch.isfinite(torch.stack(losses)).all()
    for network, old in zip(game.networks, before, strict=True):
        assert all(
            not torch.equal(one, other)
            for one, other in zip(network.parameters(), old, strict=True)
            if other.numel() > 1
        )


@pytest.mark.parametrize("has_penalty", [False, True])
@pytest.mark.parametrize("block", SMALL, ids=lambda block: block.kind)
def test_a_block_has_the_same_gradients(torch, block, has_penalty):
    from tfgan.studies.benchmarks import torch_blocks

    model, module = blocks.network(block), torch_blocks.network(block)
    random = np.random.default_rng(1)
    if block.kind == "r3gan":
        # Its groups are of 16 channels.
        assert model.count_params() == sum(each.numel() for each in module.parameters())
    for weight, other in zip(model.trainable_variables, module.parameters(), strict=True):
        value = random.normal(size=weight.shape).astype(np.float32)
        weight.assign(value)
        with torch.no_grad():
            other.copy_(torch.from_numpy(_as_torch(value, block)))
    ours = blocks.gradients(block, has_penalty, model)()
    theirs = torch_blocks.gradients(block, has_penalty, module=module)()
    for one, other in zip(ours, theirs, strict=True):
        expected = np.array(one)
        if other is None:  # of a bias that the penalty does not depend on
            assert not np.any(expected)
            continue
        if expected.ndim == 4 and expected.shape[0] != block.batch:
            expected = _as_torch(expected, block)
        elif expected.ndim == 4:
            expected = expected.transpose(0, 3, 1, 2)
        np.testing.assert_allclose(other.numpy(), expected, rtol=2e-3, atol=2e-3)


def _as_torch(value, block):
    """A weight of ours in PyTorch's order; the transposed convolution begins with its inputs."""
    if value.ndim < 4:
        return value
    order = (2, 3, 0, 1) if block.kind == "modulated up" else (3, 2, 0, 1)
    return np.ascontiguousarray(value.transpose(order))
