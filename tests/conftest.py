"""Two logical CPUs, so that every machine can test what several replicas do."""

import functools
import gc
import os
import pathlib

import pytest

from . import programs as starting
from .second_stage import PARTS, is_left_out, left_out
from .sources import ROOT

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# Two threads of BLAS wait for each other in a loop, on cores that the other tests need.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What XLA compiles here runs a few times: most of the time would go into making it fast.
os.environ.setdefault(
    "XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_cpu_use_fusion_emitters=false"
)

import tensorflow as tf  # noqa: E402

from tfgan import modalities, runs  # noqa: E402

from .toy_models import conditional_model, export_toy, toy_model  # noqa: E402, F401


def pytest_addoption(parser):
    parser.addoption(
        "--second-stage", default="", help=f"parts to run as well, of {', '.join(PARTS)}"
    )


def pytest_ignore_collect(collection_path, config):
    # Not asked about what the command line names. None leaves the answer to others.
    return left_out(collection_path, config.getoption("second_stage")) or None


def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(0))
    places = {ROOT, ROOT / "tests"}
    if not {pathlib.Path(arg).resolve() for arg in config.args} <= places:
        return  # the command line names tests
    parts = config.getoption("second_stage")
    others = [item for item in items if is_left_out(item, parts)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if not is_left_out(item, parts)]


def pytest_configure():
    modalities.Points.preview_count = starting.SHOWN_POINTS
    # A graph is many small objects: looking for cycles among all of them takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 5, 5)
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


@pytest.fixture(scope="module")
def open_once():
    """Function: `runs.open_model`, of a run that does not change; it gives what it gave before."""
    return functools.cache(runs.open_model)


@pytest.fixture(scope="session")
def programs(tmp_path_factory):
    """Starts programs in processes of their own: `programs.Programs`."""
    started = starting.Programs(tmp_path_factory.mktemp("programs"))
    yield started
    started.close()
