"""A directory has one writer, and a lock outlives no process."""

import json
import os
import time

import psutil
import pytest

from tfgan.files import Lock, Locked, lock_holders, locked, locks


@pytest.fixture
def quick(monkeypatch):
    """Signs of life, and the patience for them, in tenths of seconds."""
    monkeypatch.setattr(locks, "_HEARTBEAT", 0.1)
    monkeypatch.setattr(locks, "_TIMEOUT", 0.5)


def write_lock(directory, **changes):
    """A lock as another process would have written it."""
    facts = {
        "host": lock_holders.host(), "process": os.getpid(), "started": 0.0, "token": "other",
        "doing": "tfgan train", "since": "yesterday",
    }  # fmt: skip
    (directory / locks.NAME).write_text(json.dumps(facts | changes))


def test_a_second_writer_is_refused_in_one_sentence_that_tells_who_holds_it(tmp_path):
    with locked(str(tmp_path), "tfgan train"):
        with pytest.raises(Locked) as refused:
            Lock(str(tmp_path), "tfgan train").acquire()
        sentence = str(refused.value)
        assert f"{tmp_path} is in use by tfgan train, process {os.getpid()} on " in sentence


def test_a_lock_that_was_given_back_leaves_nothing_behind(tmp_path):
    with locked(str(tmp_path / "new"), "tfgan train"):
        assert [path.name for path in (tmp_path / "new").iterdir()] == [locks.NAME]
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_was_there_or_holds_something_stays(tmp_path):
    (tmp_path / "old").mkdir()
    with locked(str(tmp_path / "old"), "tfgan train"), locked(str(tmp_path / "new"), "tfgan train"):
        (tmp_path / "new" / "recipe.json").write_text("{}")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "old", "recipe.json"]


HOLD = """
import sys, time
from tfgan.files import Lock
Lock(sys.argv[1], "tfgan train").acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_the_lock_of_a_process_that_was_killed_is_taken_at_once(tmp_path, programs):
    program = programs.start(tmp_path, code=HOLD)
    while not program.out.read_text():
        assert program.poll() is None, program.err.read_text()
        time.sleep(0.01)
    with pytest.raises(Locked):
        Lock(str(tmp_path), "tfgan train").acquire()
    program.kill()
    program.wait()
    with locked(str(tmp_path), "tfgan train") as lock:
        lock.check()


def test_a_process_number_that_is_used_again_holds_nothing(tmp_path):
    write_lock(tmp_path, process=os.getpid(), started=1.0)
    with locked(str(tmp_path), "tfgan train"):
        pass


def test_the_lock_of_another_machine_is_taken_if_it_gives_no_sign(tmp_path, quick, caplog):
    write_lock(tmp_path, host="elsewhere pid:[1]")
    with caplog.at_level("WARNING", logger="tfgan"), locked(str(tmp_path), "tfgan train"):
        assert "may be in use by tfgan train" in caplog.text


def test_the_lock_of_another_machine_holds_as_long_as_it_gives_signs(tmp_path, quick, monkeypatch):
    held = Lock(str(tmp_path), "tfgan prepare")
    held.acquire()
    monkeypatch.setattr(lock_holders, "host", lambda: "elsewhere pid:[1]")
    with pytest.raises(Locked, match="in use by tfgan prepare"):
        Lock(str(tmp_path), "tfgan prepare").acquire()
    monkeypatch.undo()
    held.release()


@pytest.mark.parametrize("content", ["", "{", "[]", "5", '{"host": 5}', "[" * 100_000, "\0" * 99])
def test_a_file_that_is_no_lock_is_taken_after_a_while(tmp_path, quick, content):
    (tmp_path / locks.NAME).write_text(content)
    with locked(str(tmp_path), "tfgan train"):
        pass


def test_a_holder_that_stood_still_learns_that_its_lock_was_taken(tmp_path):
    slow = Lock(str(tmp_path), "tfgan train")
    slow.acquire()
    slow.check()
    write_lock(tmp_path)
    with pytest.raises(Locked, match="taken over by tfgan train, process .* since yesterday"):
        slow.check()
    slow.release()
    assert (tmp_path / locks.NAME).exists(), "it gave back a lock that was not its own"


def test_a_remote_directory_is_locked_too():
    with locked("ram://locking_test/run", "tfgan train"), pytest.raises(Locked):
        Lock("ram://locking_test/run", "tfgan train").acquire()
    with locked("ram://locking_test/run", "tfgan train"):
        pass


TRY = """
import pathlib, sys, time
from tfgan.files import Lock, Locked
directory = pathlib.Path(sys.argv[1])
while not (directory / "go").exists():
    time.sleep(0.001)
lock = Lock(str(directory / "run"), "tfgan train")
try:
    lock.acquire()
    print("held", flush=True)
    while not (directory / "end").exists():
        time.sleep(0.01)
    lock.release()
except Locked:
    print("refused", flush=True)
"""


def test_of_many_that_find_a_stale_lock_at_once_one_gets_it(tmp_path, programs):
    (tmp_path / "run").mkdir()
    write_lock(tmp_path / "run", process=2**22 + 1)
    started = [programs.start(tmp_path, code=TRY) for _ in range(8)]
    (tmp_path / "go").touch()
    for program in started:
        while not program.out.read_text():
            assert program.poll() is None, program.err.read_text()
            time.sleep(0.01)
    (tmp_path / "end").touch()
    said = sorted(program.end()[1] for program in started)
    assert said == ["held\n", *["refused\n"] * 7]


@pytest.mark.parametrize("kind", ["link", "dangling link", "directory", "pipe"])
def test_what_is_not_a_file_in_the_place_of_a_lock_is_refused(tmp_path, kind):
    place = tmp_path / "run" / locks.NAME
    place.parent.mkdir()
    (tmp_path / "precious").write_text("precious")
    if kind == "directory":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(tmp_path / ("precious" if kind == "link" else "nothing"))
    with pytest.raises(Locked, match="must be a file that tfgan wrote; remove it"):
        Lock(str(tmp_path / "run"), "tfgan train").acquire()
    assert (tmp_path / "precious").read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


def test_a_process_number_that_cannot_be_holds_nothing(tmp_path, quick):
    write_lock(tmp_path, process=-5)
    with locked(str(tmp_path), "tfgan train"):
        pass


def test_a_clock_that_is_set_makes_no_lock_stale(tmp_path, monkeypatch):
    with locked(str(tmp_path), "tfgan train"):
        monkeypatch.setattr(psutil.Process, "create_time", lambda self: time.time() + 60.0)
        with pytest.raises(Locked):
            Lock(str(tmp_path), "tfgan train").acquire()
