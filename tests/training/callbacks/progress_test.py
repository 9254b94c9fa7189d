"""Lines and bars of progress."""

import re

from tfgan.training import callbacks

from .toy_fit import fit, model


def test_progress_lines_tell_step_losses_and_speed(capsys):
    fit(model(), 6, callbacks.ProgressLines(2, 6, examples_per_step=4))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["2/6", "4/6", "6/6"]
    assert all(re.search(r"d_loss \d+\.\d+", line) for line in lines)
    assert "images/s" in lines[1]


def test_the_progress_bar_ends_full(capsys):
    fit(model(), 6, callbacks.ProgressBar(6, examples_per_step=4))
    assert "6/6" in capsys.readouterr().out
