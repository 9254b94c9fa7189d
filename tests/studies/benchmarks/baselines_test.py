"""The same networks trained as others do it."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import dcgan
from tfgan.studies.benchmarks import baselines


def test_a_step_as_keras_io_writes_it_moves_both_players():
    networks = dcgan.generator((8, 8, 1), 3, width=2), dcgan.discriminator((8, 8, 1), width=2)
    before = [network.get_weights() for network in networks]
    data = tf.random.stateless_uniform((4, 8, 8, 1), [0, 1], -1.0, 1.0)
    losses = baselines.keras_step(*networks, data, 3)()
    assert all(np.isfinite(loss) for loss in losses)
    for network, weights in zip(networks, before, strict=True):
        assert not np.array_equal(network.get_weights()[0], weights[0])


@pytest.mark.parity
@pytest.mark.parametrize("bfloat16", [False, True])
def test_pytorchs_networks_are_as_large_as_ours_and_learn(bfloat16):
    """Needs torch 2.13: pytest -m parity -n 0"""
    pytest.importorskip("torch")
    ours = dcgan.generator((28, 28, 1), 100), dcgan.discriminator((28, 28, 1))
    theirs = baselines.torch_networks((28, 28, 1), 100, 64)
    for one, other in zip(ours, theirs, strict=True):
        count = sum(int(np.prod(weight.shape)) for weight in one.trainable_variables)
        assert count == sum(weight.numel() for weight in other.parameters())
    step = baselines.torch_step((28, 28, 1), 100, 64, 4, bfloat16=bfloat16)
    assert all(np.isfinite(float(loss)) for loss in step())
