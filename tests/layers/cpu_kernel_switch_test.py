"""The switch: without the kernels of this package Keras' own run, with equal results."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers
from tfgan.layers import cpu_kernel_switch

CASES = {
    "Conv2D": ({"filters": 7}, (6, 10, 3)),
    "Conv2D of groups": ({"filters": 6, "groups": 3}, (6, 10, 9)),
    "Conv2DTranspose": ({"filters": 3}, (6, 10, 7)),
    "Conv3D": ({"filters": 7}, (4, 6, 10, 3)),
    "Conv3DTranspose": ({"filters": 3}, (4, 6, 10, 7)),
    "BatchNormalization": ({"synchronized": True}, (6, 10, 3)),
}
CONVOLUTION = {"kernel_size": 4, "strides": 2, "padding": "same"}


@pytest.fixture(autouse=True)
def _switch_on_again():
    yield
    layers.cpu_kernels(True)


def call(layer, inputs):
    is_normalization = isinstance(layer, keras.layers.BatchNormalization)
    return layer(inputs, training=True) if is_normalization else layer(inputs)


def operations(layer, inputs):
    graph = tf.function(lambda: call(layer, inputs)).get_concrete_function().graph
    return {node.op for node in graph.as_graph_def().node}


@pytest.mark.parametrize("name", CASES)
def test_without_the_kernels_the_operations_are_those_of_keras(name):
    arguments, shape = CASES[name]
    settings = CONVOLUTION if name.startswith("Conv") else {}
    inputs = tf.constant(np.random.default_rng(0).normal(size=(2, *shape)), tf.float32)
    kind = name.split()[0]
    ours = getattr(layers, kind)(**arguments, **settings)
    theirs = getattr(keras.layers, kind)(**arguments, **settings)
    ours(inputs)
    theirs(inputs)
    theirs.set_weights(ours.get_weights())

    assert operations(ours, inputs) != operations(theirs, inputs)
    fast = call(ours, inputs)
    layers.cpu_kernels(False)
    assert operations(ours, inputs) == operations(theirs, inputs)
    np.testing.assert_allclose(call(ours, inputs), fast, atol=1e-5)
    np.testing.assert_array_equal(call(ours, inputs), call(theirs, inputs))


@pytest.mark.parametrize(("value", "expected"), [("0", "False"), ("1", "True")])
def test_the_environment_sets_the_switch(value, expected):
    source = cpu_kernel_switch.__file__
    program = f"import runpy; print(runpy.run_path({source!r})['enabled']())"
    environment = {**os.environ, "TFGAN_CPU_KERNELS": value}
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == expected
