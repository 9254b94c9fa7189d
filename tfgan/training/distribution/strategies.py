"""Opens the devices that a model trains on as a `tf.distribute` strategy."""

import contextlib
import os
import signal
import threading

import tensorflow as tf
from tensorflow.python.distribute.collective_all_reduce_strategy import CollectiveAllReduceExtended
from tensorflow.python.eager import context

from tfgan import choices, words
from tfgan.training.distribution.cluster import Role
from tfgan.training.distribution.rendezvous import MeetingError

_CONNECT_TIMEOUT = 60  # seconds in which the workers, after their meeting, must connect
_CHECK_INTERVAL = 1  # seconds between health checks; the end of a process takes as long


def open_strategy(name="auto", *, tpu="", devices=0, role=None, worker_timeout=60):
    """The strategy under which to build and `fit` a model, opened before any use of TensorFlow.

    Args:
      name: str. "one": the default device. "mirrored": all GPUs of this machine. "multi_worker":
        all workers of the cluster. "tpu": the TPU `tpu`. "auto": tpu if `tpu` is given,
        multi_worker in a cluster of several, mirrored on several GPUs or `devices`, else one.
      tpu: str, the name or address of a TPU; "local" on a TPU VM.
      devices: int, 2 or more logical devices of the CPU, to try out "mirrored"; 0: the CPU is one.
      role: Role of this process; by default it is not in a cluster.
      worker_timeout: int, seconds for which a worker may be unresponsive before the others end.
    Returns: `tf.distribute.Strategy`.
    Raises: ValueError for contradictory options, and missing devices.
    """
    role = role or Role()
    kind = choose_strategy(name, tpu=tpu, devices=devices, role=role)
    _let_gpu_memory_grow()
    match kind:
        case "tpu":
            return _tpu(tpu or os.environ.get("TPU_NAME", ""))
        case "multi_worker":
            return _multi_worker(role, worker_timeout)
        case "mirrored":
            if devices:
                return _mirrored_cpu(devices)
            with _without_tf_config():
                return tf.distribute.MirroredStrategy([f"GPU:{i}" for i in range(len(_gpus()))])
        case _:
            return tf.distribute.get_strategy()


def choose_strategy(name="auto", *, tpu="", devices=0, role=None):
    """The name of the strategy that `open_strategy` would open: str, one of `choices.STRATEGIES`.

    Raises: ValueError for contradictory options.
    """
    role = role or Role()
    kind = _resolve_auto(name, tpu, devices, role)
    if kind == "multi_worker" and role.workers == 1:
        raise ValueError(
            "strategy multi_worker needs TF_CONFIG in the environment, which names the workers and "
            "which of them this process is."
        )
    if kind != "multi_worker" and role.workers > 1:
        raise ValueError(
            f"TF_CONFIG names {role.workers} workers, which strategy {kind} would let train "
            "apart, in one directory; it takes multi_worker."
        )
    if tpu and kind != "tpu":
        raise ValueError(f"tpu is for strategy tpu; received {tpu!r} with {name}.")
    if devices and kind != "mirrored":
        raise ValueError(f"devices is for strategy mirrored; received {devices} with {name}.")
    if devices and devices < 2:
        raise ValueError(f"devices must be 2 or more; received {devices}.")
    if kind == "mirrored" and not devices and not _gpus():
        raise ValueError("strategy mirrored found no GPU; devices=2 tries it out on the CPU.")
    return kind


def _resolve_auto(name, tpu, devices, role):
    if name not in choices.STRATEGIES:
        raise words.unknown("strategy", name, choices.STRATEGIES)
    # A cluster of one worker counts as a single machine.
    if name == "multi_worker" and role.kind != "local" and role.workers == 1:
        name = "auto"
    if name != "auto":
        return name
    if tpu:
        return "tpu"
    if role.workers > 1:
        return "multi_worker"
    return "mirrored" if devices or len(_gpus()) > 1 else "one"


def _gpus():
    return tf.config.get_visible_devices("GPU")  # a program may hide some


def _let_gpu_memory_grow():
    for gpu in _gpus():
        try:
            tf.config.experimental.set_memory_growth(gpu, True)
        except RuntimeError:  # in use already, with the setting of the program
            return


@contextlib.contextmanager
def _without_tf_config():
    """Hides TF_CONFIG, which MirroredStrategy would take for a list of its devices."""
    hidden = os.environ.pop("TF_CONFIG", None)
    try:
        yield
    finally:
        if hidden is not None:
            os.environ["TF_CONFIG"] = hidden


def _mirrored_cpu(devices):
    cpu = tf.config.list_physical_devices("CPU")[0]
    split = tf.config.get_logical_device_configuration(cpu) or [None]
    if len(split) < devices:
        try:
            tf.config.set_logical_device_configuration(
                cpu, [tf.config.LogicalDeviceConfiguration()] * devices
            )
        except RuntimeError as error:
            raise ValueError(
                f"The CPU is in use and cannot be split into {devices} devices any more; open the "
                "strategy before anything else."
            ) from error
    # By default CPUs use collective operations, which mix up the keys of several sums in one step.
    with _without_tf_config():
        return tf.distribute.MirroredStrategy(
            [f"CPU:{number}" for number in range(devices)],
            cross_device_ops=tf.distribute.ReductionToOneDevice(),
        )


def _multi_worker(role, worker_timeout):
    spec = tf.train.ClusterSpec(role.addresses)
    resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
        spec, task_type=role.kind, task_id=role.index, rpc_layer="grpc"
    )
    _check_health_in_python(worker_timeout)
    try:
        with _signals_that_kill():
            return tf.distribute.MultiWorkerMirroredStrategy(cluster_resolver=resolver)
    except (RuntimeError, tf.errors.OpError) as error:
        raise MeetingError(
            f"{role.name} cannot join its cluster at {role.members[role.name]} "
            f"({str(error).splitlines()[0][:200]})."
        ) from error


def _check_health_in_python(timeout):
    """Makes TensorFlow detect lost workers by health checks in Python.

    Its coordination service would handle SIGTERM itself, block Python for up to an hour, and end
    the job when a worker does not respond for 10 s. There is no public setting for either.
    """
    context.context().configure_coordination_service(service_type="")
    CollectiveAllReduceExtended._check_health_initial_timeout = max(_CONNECT_TIMEOUT, timeout)
    CollectiveAllReduceExtended._check_health_interval = _CHECK_INTERVAL
    CollectiveAllReduceExtended._check_health_timeout = timeout
    CollectiveAllReduceExtended._check_health_retry_limit = 1
    # The exception that follows has the same content.
    tf.get_logger().addFilter(lambda record: not str(record.msg).startswith("Cluster check"))


@contextlib.contextmanager
def _signals_that_kill():
    """Inside the block SIGINT and SIGTERM end the process, even in TensorFlow's C++ code."""
    is_main = threading.current_thread() is threading.main_thread()  # only that may set handlers
    numbers = (signal.SIGINT, signal.SIGTERM) if is_main else ()
    before = {number: signal.signal(number, signal.SIG_DFL) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _tpu(name):
    try:
        resolver = tf.distribute.cluster_resolver.TPUClusterResolver(tpu=name)
        tf.config.experimental_connect_to_cluster(resolver)
        tf.tpu.experimental.initialize_tpu_system(resolver)
    # OSError: a name that is not an address is looked up over the network.
    except (ValueError, OSError, RuntimeError, tf.errors.OpError) as error:
        raise ValueError(
            f"There is no TPU {name!r} ({str(error).splitlines()[0][:200]}); on a TPU VM it is "
            "called local."
        ) from error
    return tf.distribute.TPUStrategy(resolver)
