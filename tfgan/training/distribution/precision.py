"""Which precision the devices of this machine are made for."""

import tensorflow as tf

_BFLOAT16 = (8, 0)  # the compute capability of the first GPUs that have it


def suitable_precision(on_tpu):
    """What `--precision=auto` stands for.

    Args:
      on_tpu: bool, whether a TPU is asked for.
    Returns: "bfloat16" on a TPU, and where all GPUs have it; else "float32".
    """
    details = map(tf.config.experimental.get_device_details, tf.config.list_physical_devices("GPU"))
    capable = [found.get("compute_capability", (0, 0)) >= _BFLOAT16 for found in details]
    return "bfloat16" if on_tpu or (capable and all(capable)) else "float32"
