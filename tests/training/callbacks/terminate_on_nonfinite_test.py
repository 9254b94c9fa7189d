"""A loss that is not finite ends a run."""

import re

import numpy as np
import pytest

from tfgan.runs import Checkpoints
from tfgan.training import callbacks

from .toy_fit import fit, model, points


def test_the_guard_stops_at_the_first_loss_that_is_not_finite_and_tells_the_figures():
    gan = model()
    fit(gan, 2, callbacks.TerminateOnNonFinite())
    with pytest.raises(callbacks.NonFiniteError) as caught:
        fit(gan, 9, callbacks.TerminateOnNonFinite(), data=points(bad_from=3))
    assert "stopped being finite at step 6" in str(caught.value)  # 2 + batches 0, 1, 2 + this one
    assert re.search(r"d_loss nan.*the step before: .*d_loss \d", str(caught.value))
    assert gan.steps_done == 6


def test_after_the_guard_stopped_the_last_good_checkpoint_is_there(tmp_path):
    gan = model()
    checkpoints = Checkpoints(str(tmp_path), gan)
    watchers = [callbacks.TerminateOnNonFinite(), callbacks.Checkpointing(checkpoints, every=2)]
    with pytest.raises(callbacks.NonFiniteError):
        fit(gan, 9, *watchers, data=points(bad_from=5))
    other = model()
    assert Checkpoints(str(tmp_path), other).restore()
    assert other.steps_done == 4
    assert all(np.isfinite(value).all() for value in other.get_weights())
