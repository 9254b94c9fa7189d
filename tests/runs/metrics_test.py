"""metrics.jsonl survives kills and forgets what is trained again."""

from tfgan.runs import MetricsFile


def test_records_are_read_as_they_were_appended(tmp_path):
    metrics = MetricsFile(str(tmp_path))
    metrics.append({"step": 1, "d_loss": 0.5})
    metrics.append({"step": 2, "d_loss": 0.25})
    assert metrics.read() == [{"step": 1, "d_loss": 0.5}, {"step": 2, "d_loss": 0.25}]


def test_without_a_file_there_are_no_records(tmp_path):
    assert MetricsFile(str(tmp_path)).read() == []


def test_a_line_that_was_cut_off_is_left_out(tmp_path):
    metrics = MetricsFile(str(tmp_path))
    metrics.append({"step": 1})
    with open(metrics.path, "a") as file:
        file.write('{"step": 2, "d_lo')
    assert metrics.read() == [{"step": 1}]


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
    metrics.append({"step": 1, "value": float("inf"), "details": {"each": [float("nan"), 2.0]}})
    assert metrics.read() == [{"step": 1, "value": None, "details": {"each": [None, 2.0]}}]
    with open(metrics.path) as file:
        assert "Infinity" not in file.read()
