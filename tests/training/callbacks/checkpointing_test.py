"""Checkpoints are written in time."""

from tfgan.runs import Checkpoints
from tfgan.training import callbacks

from .toy_fit import fit, model


def test_checkpoints_are_written_every_n_steps_and_at_the_end(tmp_path):
    gan = model()
    fit(gan, 5, callbacks.Checkpointing(Checkpoints(str(tmp_path), gan), every=2))
    saved = {path.stem for path in (tmp_path / "checkpoints").glob("*.index")}
    assert saved == {"step-2", "step-4", "step-5"}
