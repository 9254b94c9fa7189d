"""The precision that the devices of this machine support."""

import tensorflow as tf

_BFLOAT16 = (8, 0)  # the least compute capability of GPUs with bfloat16


def suitable_precision(on_tpu):
    """`--precision=auto`: "bfloat16" on a TPU, and if all GPUs support it; else "float32"."""
    details = map(tf.config.experimental.get_device_details, tf.config.list_physical_devices("GPU"))
    capable = [each.get("compute_capability", (0, 0)) >= _BFLOAT16 for each in details]
    return "bfloat16" if on_tpu or (capable and all(capable)) else "float32"
