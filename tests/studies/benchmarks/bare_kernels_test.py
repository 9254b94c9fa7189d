"""The bare kernels of a step are those that the step computes."""

import pytest

from tfgan.networks import dcgan
from tfgan.studies.benchmarks import bare_kernels


def small_networks():
    shape = (8, 8, 1)
    return dcgan.generator(shape, 3, width=2), dcgan.discriminator(shape, width=2)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_the_floor_has_each_kernel_of_a_step(simultaneous):
    """G has a dense layer and two transposed convolutions, D two convolutions and a dense layer."""
    bare, count = bare_kernels.floor(*small_networks(), 4, simultaneous=simultaneous)
    graph = bare.get_concrete_function().graph
    operations = [op.type for op in graph.get_operations()]
    # Each convolution of D: forward, weights, inputs (but for the first) on real and on fake.
    convolutions = {"Conv2D": 6 if simultaneous else 8}
    convolutions |= {"Conv2DBackpropFilter": 6}
    convolutions |= {"Conv2DBackpropInput": 6 if simultaneous else 8}
    assert {kind: operations.count(kind) for kind in convolutions} == convolutions
    assert count > 0.0


def test_the_floor_computes_as_much_as_the_formulas_say():
    generator, discriminator = small_networks()
    _, operations = bare_kernels.floor(generator, discriminator, 4)
    # Multiplications and additions of one pass: dense 3 -> 2x2x4, up to 4x4x2, up to 8x8x1.
    g = [2 * 4 * 3 * 16, 2 * 4 * 4 * 16 * 4 * 2, 2 * 4 * 16 * 16 * 2 * 1]
    d = [2 * 4 * 16 * 16 * 1 * 2, 2 * 4 * 4 * 16 * 2 * 4, 2 * 4 * 16 * 1]
    d_pass, g_pass = 3 * sum(d) - d[0], 3 * sum(g) - g[0]
    assert operations == sum(g) + 2 * d_pass + g_pass + 2 * sum(d)
