"""A signal ends a run after its step."""

import os
import signal

import keras
import pytest

from tfgan.runs import Checkpoints
from tfgan.training import callbacks

from .toy_fit import fit, model


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_after_its_step_with_the_state_saved(tmp_path, number):
    gan = model()

    class Kill(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            if batch == 3:
                os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    interruption = callbacks.Interruption()
    checkpointing = callbacks.Checkpointing(Checkpoints(str(tmp_path), gan), every=100)
    fit(gan, 50, Kill(), checkpointing, interruption)
    assert interruption.signal == number
    assert gan.steps_done == 4
    assert Checkpoints(str(tmp_path), model()).latest_step() == 4
    assert signal.getsignal(number) is before
