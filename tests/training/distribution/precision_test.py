"""The precision of `--precision=auto`."""

import pytest
import tensorflow as tf

from tfgan.training import distribution


@pytest.mark.parametrize(
    ("gpus", "on_tpu", "expected"),
    [
        ([], False, "float32"),
        ([], True, "bfloat16"),
        ([(8, 0), (9, 0)], False, "bfloat16"),
        ([(8, 0), (7, 5)], False, "float32"),
        ([None], False, "float32"),
    ],
)
def test_the_suitable_precision_is_what_all_devices_are_made_for(
    gpus, on_tpu, expected, monkeypatch
):
    details = [{} if each is None else {"compute_capability": each} for each in gpus]
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: range(len(gpus)))
    monkeypatch.setattr(tf.config.experimental, "get_device_details", details.__getitem__)
    assert distribution.suitable_precision(on_tpu) == expected
