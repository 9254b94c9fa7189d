"""The blocks that are measured by themselves: their gradients."""

import importlib.util

import numpy as np
import pytest

from tfgan.studies.benchmarks import blocks

SMALL = [
    blocks.Block("modulated", 2, 4, 8),
    blocks.Block("modulated up", 2, 4, 8),
    blocks.Block("r3gan", 2, 4, 8),
]


@pytest.mark.parametrize("block", SMALL, ids=lambda block: block.kind)
def test_both_orders_have_a_gradient_of_every_weight(block):
    model = blocks.network(block)
    model.set_weights([np.random.default_rng(1).normal(size=w.shape) for w in model.weights])
    first = blocks.gradients(block, has_penalty=False, model=model)()
    assert len(first) == len(block.input_shapes) + len(model.trainable_variables)
    assert all(np.any(each) for each in first)
    second = blocks.gradients(block, has_penalty=True, model=model)()
    assert [each.shape for each in second] == [each.shape for each in model.trainable_variables]
    assert np.any(second[0])


def test_each_block_is_measured_and_compared_where_pytorch_is_installed():
    rows = blocks.run(SMALL[2:], rounds=1)
    names = [row["name"] for row in rows]
    assert names[0] == "tfgan, R3GAN block 4x4x8, batch 2, gradient"
    assert len(rows) == (6 if importlib.util.find_spec("torch") else 2)
    assert len(list(blocks.lines(rows))) == len(rows)
