"""Two logical CPUs, so that every machine can test what several replicas do."""

import os

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf  # noqa: E402


def pytest_configure():
    tf.config.set_visible_devices([], "GPU")  # the tests are about a CPU, wherever they run
    # Before the first operation: TensorFlow refuses to split a device that is in use.
    cpu = tf.config.list_physical_devices("CPU")[0]
    if tf.config.get_logical_device_configuration(cpu) is None:
        tf.config.set_logical_device_configuration(
            cpu, [tf.config.LogicalDeviceConfiguration()] * 2
        )


@pytest.fixture
def two_replicas():
    """A MirroredStrategy over two logical CPUs.

    The default for CPUs, collective operations, mixes up the keys of several reductions in one
    step; summing on one device does not.
    """
    return tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
