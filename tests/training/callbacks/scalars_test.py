"""Losses reach TensorBoard and the metrics file."""

import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tfgan import schedules
from tfgan.runs import MetricsFile
from tfgan.training import callbacks

from .toy_fit import fit, model


def test_scalars_reach_tensorboard_and_the_metrics_file(tmp_path):
    gan = model()
    writer = tf.summary.create_file_writer(str(tmp_path / "logs"))
    fit(gan, 6, callbacks.Scalars(MetricsFile(str(tmp_path)), writer, every=2, examples_per_step=4))
    records = MetricsFile(str(tmp_path)).read()
    assert [record["step"] for record in records] == [2, 4, 6]
    assert [record["kimg"] for record in records] == [0.008, 0.016, 0.024]
    assert "images_per_second" not in records[0]  # the first steps are compiled in that time
    assert records[1]["images_per_second"] > 0
    events = EventAccumulator(str(tmp_path / "logs"), size_guidance={"tensors": 0}).Reload()
    for name in ("d_loss", "g_loss", "d_real", "d_fake"):
        logged = {event.step: tf.make_ndarray(event.tensor_proto) for event in events.Tensors(name)}
        assert set(logged) == {2, 4, 6}
        assert logged[6] == pytest.approx(records[2][name])


def test_what_follows_a_schedule_is_among_the_scalars(tmp_path):
    gan = model()
    gan.average_half_life = schedules.burn_in(0.0, 100.0, kimg=0.016, batch_size=4)
    fit(gan, 4, callbacks.Scalars(MetricsFile(str(tmp_path)), every=2, examples_per_step=4))
    records = MetricsFile(str(tmp_path)).read()
    assert [record["average_half_life"] for record in records] == pytest.approx([50.0, 100.0])
