"""The holder of a lock is known by its machine, its process and its start."""

import os

import msgspec
import pytest

from tfgan.files import lock_holders
from tfgan.files.lock_holders import Holder


def holder(**changes):
    fields = {
        "host": lock_holders.host(), "process": os.getpid(), "token": "a", "program": "tfgan train",
        "started": lock_holders.started_at(os.getpid()), "since": "today",
    }  # fmt: skip
    return Holder(**fields | changes)


def test_a_running_process_holds_its_lock_and_another_with_its_number_does_not():
    assert holder().is_local and not holder().has_ended
    assert holder(started=1.0).has_ended
    assert not holder(host="elsewhere pid:[1]").is_local


def test_a_holder_is_read_as_it_was_written_under_the_keys_of_every_release():
    content = msgspec.json.encode(holder()).decode()
    assert lock_holders.parse(content) == holder()
    assert set(msgspec.json.decode(content)) == {
        "host", "process", "started", "token", "doing", "since", "beat",
    }  # fmt: skip
    assert str(holder(host="a pid:[1]", process=7)) == "tfgan train, process 7 on a, since today"


@pytest.mark.parametrize("process", [0, -1, 2**31, "1", 1.5, True, None])
def test_what_is_not_a_process_is_not_a_holder(process):
    fields = msgspec.to_builtins(holder()) | {"process": process}
    assert lock_holders.parse(msgspec.json.encode(fields).decode()) is None
