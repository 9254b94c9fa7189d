"""The bar stays in its line on any terminal, and lines are printed above it."""

import re
import types

import pytest

from tfgan import terminal

FACTS = ["1,530 img/s", "d_loss 1.39", "g_loss 0.693", "46.1 kimg", "d_real 0.5"]


def drawn(capsys):
    """What was drawn on standard output, one after another."""
    return [each for each in re.split("[\r\n]+", capsys.readouterr().out) if each.strip()]


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_every_drawing_fits_the_terminal_and_facts_are_whole(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    bar = terminal.Bar(120_000, first=40_000)
    for step in (40_001, 50_000, 120_000):
        bar.update(step, lambda rate: FACTS)
    bar.close()
    lines = drawn(capsys)
    assert all(len(line) <= columns for line in lines)
    shown = lines[-1].split(", ")[1:]
    assert shown == FACTS[: len(shown)]
    assert len(shown) == {20: 0, 40: 0, 80: 3, 200: 5}[columns]


def test_a_bar_begins_where_the_work_does(capsys):
    terminal.Bar(6000, first=3000).close()
    assert drawn(capsys)[0].startswith("3000/6000 |")


def test_the_speed_is_that_after_the_first_update(capsys, monkeypatch):
    """The first step is compiled: it would make the remaining time too long for minutes."""
    now = [0.0]
    bar = terminal.Bar(1000)
    bar._bar._time = lambda: now[0]
    bar._bar.start_t = bar._bar.last_print_t = 0.0
    rates = []
    for now[0], done in ((60.0, 1), (61.0, 11), (61.5, 31)):
        bar.update(done, lambda rate: rates.append(rate) or [])
    assert rates[0] is None
    assert rates[1] == pytest.approx(10.0)
    assert 10.0 < rates[2] < 40.0
    bar.close()
    assert rates[-1] == pytest.approx(30 / 1.5)  # of the whole


def test_a_bar_is_drawn_a_few_times_a_second(capsys, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(terminal, "time", types.SimpleNamespace(monotonic=lambda: now[0]))
    bar = terminal.Bar(10)
    assert bar.is_due(1)
    bar.update(1, lambda rate: [])
    assert not bar.is_due(2)
    assert bar.is_due(10)
    now[0] += 0.3
    assert bar.is_due(2)
    bar.close()


def test_a_line_is_printed_above_the_bar(capsys):
    bar = terminal.Bar(10)
    bar.update(4, lambda rate: [])
    terminal.print_line("a line")
    bar.close()
    before, after = capsys.readouterr().out.split("a line\n")
    assert re.search(r"\r *\r$", before)  # the bar is gone
    assert after.startswith("\r4/10 |")


def test_nothing_but_text_is_drawn(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    bar = terminal.Bar(10)
    bar.update(5, lambda rate: FACTS)
    bar.close()
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(("is_terminal", "term", "can"), [
    (True, "xterm", True), (True, "dumb", False), (False, "xterm", False), (True, None, True),
])  # fmt: skip
def test_a_dumb_terminal_and_a_pipe_have_lines(monkeypatch, is_terminal, term, can):
    monkeypatch.setattr("sys.stdout", types.SimpleNamespace(isatty=lambda: is_terminal))
    monkeypatch.delenv("TERM", raising=False)
    if term:
        monkeypatch.setenv("TERM", term)
    assert terminal.can_redraw() == can
