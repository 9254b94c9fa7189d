"""Training steps compile for TPUs, one chip and four, and divide as data parallelism should.

    pip install jax==0.10.2 jaxlib==0.10.2 libtpu==0.0.52
    pytest -m tpu_compiler -n 0

No TPU is needed. What is compiled is one step of the global batch, which the compiler divides among
the chips: it proves that a step compiles, fits and sums what it must, not that `TPUStrategy` runs.
"""

import functools
import json

import numpy as np
import pytest

from tfgan.studies.benchmarks import paper

from . import compiler, steps

pytest.importorskip("libtpu", reason="needs jax, jaxlib and libtpu")
pytestmark = pytest.mark.tpu_compiler

NAMES = list(paper.counts())
every_recipe = pytest.mark.parametrize("name", NAMES)
MEMORY = 16 * 2**30  # of a chip
FEW, MANY = 16, 64  # examples per chip


@functools.cache
def step(name):
    return steps.lowered(name, MANY)


@functools.cache
def program(name, chips):
    lowered = step(name)
    return compiler.compile_step(lowered.text, chips, lowered.batch_arguments)


@every_recipe
def test_four_chips_divide_the_arithmetic(name):
    np.testing.assert_allclose(4 * program(name, 4).flops, program(name, 1).flops, rtol=0.01)


@every_recipe
def test_the_gradients_of_a_move_are_summed_at_once(name):
    """Other sums are those of batch statistics and of biases, which are small."""
    gradients = step(name).gradient_bytes
    large = [
        size for size in program(name, 4).reduced_bytes if size > 0.05 * min(gradients.values())
    ]
    assert len(large) <= len(gradients)
    assert sum(large) >= 0.99 * sum(gradients.values())


@every_recipe
def test_a_step_fits_a_chip(name):
    for chips in (1, 4):
        compiled = program(name, chips)
        assert compiled.argument_bytes + compiled.temporary_bytes < MEMORY


@every_recipe
def test_the_counts_on_paper_are_those_of_the_compiler(name):
    entry = json.loads(paper.step_counts())["recipes"][name]
    programs = program(name, 4), program(name, 1)
    np.testing.assert_allclose(entry["flops"], [p.flops for p in programs], rtol=0.01)
    np.testing.assert_allclose(
        entry["bytes_accessed"], [p.bytes_accessed for p in programs], rtol=0.1
    )
    assert entry["gradient_bytes"] == sum(step(name).gradient_bytes.values())
