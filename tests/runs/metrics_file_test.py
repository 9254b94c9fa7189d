"""metrics.jsonl survives kills and forgets what is trained again."""

import os

import pytest

from tfgan.runs import MetricsFile


def test_records_are_read_as_they_were_appended(tmp_path):
    metrics = MetricsFile(str(tmp_path))
    metrics.append({"step": 1, "d_loss": 0.5})
    metrics.append({"step": 2, "d_loss": 0.25})
    assert metrics.read() == [{"step": 1, "d_loss": 0.5}, {"step": 2, "d_loss": 0.25}]


def test_without_a_file_there_are_no_records(tmp_path):
    assert MetricsFile(str(tmp_path)).read() == []


def with_line(tmp_path, line):
    """Metrics of three records, the second of which was edited or cut off."""
    metrics = MetricsFile(str(tmp_path))
    metrics.append({"step": 1})
    with open(metrics.path, "a") as file:
        file.write(line)
    metrics.append({"step": 3})
    return metrics


def test_a_line_that_was_cut_off_is_left_out_and_swallows_no_other(tmp_path):
    assert with_line(tmp_path, '{"step": 2, "d_lo').read() == [{"step": 1}, {"step": 3}]


@pytest.mark.parametrize(
    "line",
    [
        "5",
        "[]",
        "null",
        '"step"',
        "{}",
        '{"step": null}',
        '{"step": "2"}',
        '{"step": -1}',
        '{"step": 2, "value": 1.0}',
        '{"step": 2, "metric": "fd", "value": "low"}',
        '{"step": 2, "metric": "fd", "value": 1.0, "better": "maybe"}',
        '{"step": 2, "metric": "fd", "value": 1.0, "floor": 3}',
        "[" * 100_000,
        "\x00\udcff",
    ],
)
def test_what_is_not_a_record_is_left_out_and_said_once(tmp_path, caplog, line):
    line = line.encode(errors="surrogateescape").decode("latin-1")
    metrics = with_line(tmp_path, line)
    with caplog.at_level("WARNING", logger="tfgan"):
        metrics.forget_after(3)
        assert metrics.read() == metrics.read() == [{"step": 1}, {"step": 3}]
    assert len(caplog.records) == 1
    assert "metrics.jsonl: left out: line 2 is not a record: " in caplog.text


def test_figures_are_the_records_of_evaluations_and_may_be_no_number(tmp_path):
    metrics = MetricsFile(str(tmp_path))
    metrics.append({"step": 1, "d_loss": 0.5})
    metrics.append({"step": 1, "metric": "fd", "value": float("nan"), "better": "lower"})
    assert [(each["metric"], each["value"]) for each in metrics.scores()] == [("fd", None)]


def test_steps_after_the_restored_one_are_forgotten(tmp_path):
    metrics = MetricsFile(str(tmp_path))
    for step in (100, 200, 300):
        metrics.append({"step": step})
    metrics.forget_after(200)
    assert metrics.read() == [{"step": 100}, {"step": 200}]


def test_it_works_on_a_remote_file_system():
    metrics = MetricsFile("ram://metrics_test")
    metrics.append({"step": 1})
    metrics.append({"step": 2})
    metrics.forget_after(1)
    assert metrics.read() == [{"step": 1}]


def test_numbers_that_json_has_not_become_null(tmp_path):
    metrics = MetricsFile(str(tmp_path))
    metrics.append({"step": 1, "d_loss": float("inf"), "details": {"each": [float("nan"), 2.0]}})
    assert metrics.read() == [{"step": 1, "d_loss": None, "details": {"each": [None, 2.0]}}]
    with open(metrics.path) as file:
        assert "Infinity" not in file.read()


@pytest.mark.parametrize("kind", ["link", "dangling", "device", "pipe", "directory"])
@pytest.mark.parametrize("act", ["append", "read", "forget_after"])
def test_only_a_regular_file_is_read_and_written(tmp_path, kind, act):
    path, other = tmp_path / "run" / "metrics.jsonl", tmp_path / "other"
    path.parent.mkdir()
    make = {
        "link": lambda: (other.write_text('{"step": 7}\n'), path.symlink_to(other)),
        "dangling": lambda: path.symlink_to(other),
        "device": lambda: path.symlink_to("/dev/zero"),
        "pipe": lambda: os.mkfifo(path),
        "directory": path.mkdir,
    }
    make[kind]()
    arguments = {"append": [{"step": 1}], "read": [], "forget_after": [3]}[act]
    with pytest.raises(OSError, match="metrics.jsonl must be a regular file; it is a link, a dir"):
        getattr(MetricsFile(str(path.parent)), act)(*arguments)
    assert not other.exists() or other.read_text() == '{"step": 7}\n'
