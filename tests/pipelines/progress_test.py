import types

import pytest
from tfgan.pipelines import progress


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress, "time", types.SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_elsewhere_than_on_a_terminal_there_is_a_line_every_ten_seconds(clock, capsys):
    show = progress.Progress("images", on_terminal=False)
    for second in range(25):
        clock[0] = float(second)
        show(1000 + 200 * second, 9000)
    assert capsys.readouterr().out.splitlines() == [
        "3,000 of 9,000 images, 200 per second",
        "5,000 of 9,000 images, 200 per second",
    ]


def test_the_time_before_the_first_call_does_not_count(clock, capsys):
    show = progress.Progress("steps", on_terminal=False)
    for second in (15.0, 20.0, 26.0):
        clock[0] = second
        show(int(second), 300)
    assert capsys.readouterr().out.splitlines() == ["26 of 300 steps, 1 per second"]


def test_on_a_terminal_there_is_a_bar(capsys):
    with progress.Progress("images", on_terminal=True) as show:
        for done in (0, 5, 10):
            show(done, 10)
    assert "10/10" in capsys.readouterr().out
