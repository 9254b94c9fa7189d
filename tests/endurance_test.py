"""A long run stays as small as it began.

`pytest -m slow -s -n 0 tests/endurance_test.py` also prints the time of a step in each fifth of
10,000 steps; only the memory is asserted.
"""

import pathlib
import time

import keras
import pytest
import tensorflow as tf

from tfgan import recipes
from tfgan.data import open_source
from tfgan.runs import Checkpoints, MetricsFile
from tfgan.training import callbacks

STEPS = 10_000
STATUS = pathlib.Path("/proc/self/status")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not STATUS.exists(), reason="this system tells no process its memory"),
]


def memory():
    """What this process holds: MiB."""
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024


class Watch(keras.callbacks.Callback):
    """Notes memory and time after each fifth of the run."""

    def __init__(self):
        super().__init__()
        self.memory, self.times = [], [time.perf_counter()]

    def on_train_batch_end(self, batch, logs=None):
        if (batch + 1) % (STEPS // 5) == 0:
            self.memory.append(memory())
            self.times.append(time.perf_counter())


def test_ten_thousand_steps_with_all_callbacks_do_not_grow(tmp_path):
    source = open_source("toy:ring")
    model = recipes.find("mixture").recipe(width=8, depth=1, batch_size=16).build(source.spec, 0)
    writer = tf.summary.create_file_writer(f"{tmp_path}/logs")
    watch = Watch()
    model.fit(
        source.batches(16, seed=0),
        steps_per_epoch=STEPS,
        shuffle=False,
        verbose=0,
        callbacks=[
            callbacks.TerminateOnNonFinite(),
            callbacks.ProgressLines(1000, STEPS, 16),
            callbacks.Scalars(MetricsFile(str(tmp_path)), writer, every=100, examples_per_step=16),
            callbacks.SampleGrid(f"{tmp_path}/samples", writer, every=500),
            callbacks.Checkpointing(Checkpoints(str(tmp_path), model), 500),
            watch,
        ],
    )
    spans = [after - before for before, after in zip(watch.times, watch.times[1:], strict=False)]
    print("milliseconds a step:", [f"{span / STEPS * 5e3:.2f}" for span in spans])
    print("MiB:", [f"{each:.0f}" for each in watch.memory])
    # The first fifth still fills caches of the runtime.
    assert watch.memory[-1] - watch.memory[1] < 10.0
