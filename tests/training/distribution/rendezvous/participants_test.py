"""Workers wait for one another, compare what they say, and end with a reason: in threads here."""

import collections
import concurrent.futures
import logging
import socket
import time

import pytest

from tfgan.training import distribution
from tfgan.training.distribution.rendezvous import messages, participants, timeouts

from ....programs import free_ports

FACTS = {"--steps": "100", "--width": "8"}
PATIENCE = 60.0  # seconds; no test waits for its end


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Short waits between two looks; long ones for threads that a busy machine does not run."""
    monkeypatch.setattr(participants, "_TICK", 0.02)
    monkeypatch.setattr(timeouts, "_QUIET", 0.0)
    monkeypatch.setattr(messages, "_TIMEOUT", PATIENCE)
    monkeypatch.setattr(messages, "_LINGER", PATIENCE)


class Clock:
    """The time that a meeting sees, which passes when a test says so."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(timeouts, "time", made)
    return made


@pytest.fixture
def threads():
    """Runs functions at the same time; a test ends when all of them have."""
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        yield pool


def cluster(size):
    """The roles of the workers of a job, each with a free port of this machine."""
    hosts = [f"127.0.0.1:{port}" for port in free_ports(size)]
    return [distribution.Role("worker", index, {"worker": hosts}) for index in range(size)]


def meet(role, *rounds, timeout=PATIENCE):
    """Compares facts once a round; what was raised, or None."""
    try:
        with distribution.meeting(role, timeout) as compare:
            for facts in rounds:
                compare(facts() if callable(facts) else facts)
    except Exception as error:
        return error
    return None


def until(condition):
    """Waits until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_process_that_is_alone_meets_nobody():
    assert meet(distribution.Role(), FACTS, FACTS) is None


@pytest.mark.parametrize("last", [0, 2])
def test_all_go_on_once_the_last_has_come(threads, last):
    roles = cluster(3)
    early = [role for role in roles if role.index != last]
    waiting_ones = [threads.submit(meet, role, FACTS, {"data": "a"}) for role in early]
    time.sleep(0.1)
    assert not any(each.done() for each in waiting_ones)
    assert meet(roles[last], FACTS, {"data": "a"}) is None
    assert [each.result() for each in waiting_ones] == [None, None]


def test_everyone_hears_what_differs_with_both_values(threads):
    said = [FACTS, FACTS, {"--steps": "100", "--width": "16", "--flip": "True"}]
    errors = list(threads.map(meet, cluster(3), said))
    assert {type(error) for error in errors} == {ValueError}
    assert len(set(map(str, errors))) == 1
    assert str(errors[0]).startswith(
        "The workers differ in --width (worker 0 has 8, worker 2 has 16) and --flip (worker 0 has "
        "none, worker 2 has True): start all of them with the same code, flags and data"
    )


def test_what_differs_later_is_named_too(threads):
    errors = list(threads.map(meet, cluster(2), [FACTS] * 2, [{"step": "0"}, {"step": "10"}]))
    assert all("step (worker 0 has 0, worker 1 has 10)" in str(error) for error in errors)


def test_a_worker_that_does_not_come_is_named_to_all_again_and_again(threads, clock, caplog):
    caplog.set_level(logging.INFO, "tfgan")
    roles = cluster(3)
    missing = f"worker 2 ({roles[2].members['worker 2']})"
    present = [threads.submit(meet, role, FACTS, timeout=1e6) for role in roles[:2]]

    def both_say(sentence, times):
        said = [each.thread for each in caplog.records if each.message.startswith(sentence)]
        counts = collections.Counter(said).values()
        return len(counts) == 2 and min(counts) >= times

    def both_say_it_thrice():
        clock.now += timeouts._REPORT
        return both_say(f"Waiting for {missing}, for ", times=3)

    until(lambda: both_say("Waiting for ", times=1))  # the time begins for both before it passes
    until(both_say_it_thrice)
    clock.now = 1e6  # the chief decides; the worker is more patient
    for error in [each.result() for each in present]:
        assert isinstance(error, distribution.MeetingError)
        assert str(error).startswith(f"Waited 1000000 s (--join_timeout) in vain for {missing}.")


def test_a_chief_that_does_not_come_is_named(caplog):
    caplog.set_level(logging.INFO, "tfgan")
    roles = cluster(2)
    chief = f"worker 0 ({roles[0].members['worker 0']})"
    error = meet(roles[1], FACTS, timeout=0.2)
    assert str(error).startswith(f"Waited 0 s (--join_timeout) in vain for {chief}.")
    assert caplog.records[0].message.startswith(f"Waiting for {chief}")


@pytest.mark.parametrize("index", [0, 1])
def test_an_address_in_use_is_refused_at_once(index):
    role = cluster(2)[index]
    address = role.members[role.name]
    with socket.create_server(("127.0.0.1", int(address.rpartition(":")[2]))):
        error = meet(role, FACTS)
    assert isinstance(error, distribution.MeetingError)
    assert f"worker {index} cannot listen at its address {address}" in str(error)
    assert "or the same index in TF_CONFIG" in str(error)


def connected(role):
    """A connection to the chief of a role, once it listens."""
    address = role.members["worker 0"]
    until(lambda: (line := messages.connect(address)) and (line.close() or True))
    return messages.connect(address)


def answer(line):
    """The next message that decides something."""
    while True:
        for message in line.receive():
            if message.kind != "waiting":
                return message


def test_a_second_worker_of_one_index_is_sent_away_and_the_job_goes_on(threads):
    roles = cluster(3)
    chief = threads.submit(meet, roles[0], FACTS)
    lines = [connected(roles[1]) for _ in range(2)]
    lines[0].send(messages.Message("facts", sender="worker 1", facts=FACTS))
    lines[0].receive()  # who is missing: the chief has heard it
    lines[1].send(messages.Message("facts", sender="worker 1", facts=FACTS))
    refused = answer(lines[1])
    assert refused.kind == "stopped"
    assert refused.text.startswith("There is a worker 1 already")
    lines[1].close()
    last = threads.submit(meet, roles[2], FACTS)
    assert answer(lines[0]).kind == "go"
    lines[0].close()
    assert (chief.result(), last.result()) == (None, None)


@pytest.mark.parametrize(
    "noise",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"[" * 100_000 + b"\n",
        b'{"kind": "go"}\n',
        b'{"kind": "facts", "sender": "worker 7"}\n',
        b'{"kind": "facts", "sender": "worker 1", "facts": 5}\n',
        b'{"kind": "stopped", "text": "all of you"}\n',
        b"\xff\n",
        b"{" * (2**20 + 1),
        b"half of a line",
    ],
)
def test_strangers_are_not_listened_to(threads, noise, monkeypatch):
    monkeypatch.setattr(messages, "_LINGER", 0.01)  # for a stranger that stays
    roles = cluster(2)
    chief = threads.submit(meet, roles[0], FACTS, FACTS)
    connected(roles[1]).close()
    host, port = roles[1].members["worker 0"].split(":")
    with socket.create_connection((host, int(port))) as stranger:
        stranger.sendall(noise)
        assert meet(roles[1], FACTS, FACTS) is None
        assert chief.result() is None


def test_a_worker_that_leaves_before_all_have_come_is_waited_for_again(threads):
    roles = cluster(3)
    chief = threads.submit(meet, roles[0], FACTS)
    line = connected(roles[1])
    line.send(messages.Message("facts", sender="worker 1", facts=FACTS))
    line.receive()
    line.close()
    assert list(threads.map(meet, roles[1:], [FACTS] * 2)) == [None, None]
    assert chief.result() is None


def test_a_chief_that_was_started_again_is_met(threads):
    roles = cluster(2)
    worker = threads.submit(meet, roles[1], FACTS)
    address = roles[0].members["worker 0"]
    with messages.listen(int(address.rpartition(":")[2])) as listener:
        messages.accept(listener).close()
    assert meet(roles[0], FACTS) is None
    assert worker.result() is None


def failing():
    raise FileNotFoundError("There is no folder /data.")


@pytest.mark.parametrize("failed", [0, 1, 2])
def test_who_fails_on_the_way_ends_the_others_with_its_reason(threads, failed):
    later = [failing if index == failed else FACTS for index in range(3)]
    errors = list(threads.map(meet, cluster(3), [FACTS] * 3, later))
    assert isinstance(errors.pop(failed), FileNotFoundError)
    for error in errors:
        assert isinstance(error, distribution.MeetingError)
        assert str(error) == f"worker {failed} has stopped: There is no folder /data."


@pytest.mark.parametrize("lost", [0, 1])
def test_who_is_killed_on_the_way_is_named(threads, lost, monkeypatch):
    monkeypatch.setattr(messages, "_LINGER", 0.0)
    roles = cluster(2)
    parts = [participants.Chief(roles[0], PATIENCE), participants.Worker(roles[1], PATIENCE)]
    list(threads.map(lambda part: part.compare(FACTS), parts))
    parts.pop(lost).close()
    with pytest.raises(distribution.MeetingError, match=f"^worker {lost}.* has stopped"):
        parts[0].compare(FACTS)
    parts[0].close()


def test_the_address_is_free_for_tensorflow_after_the_first_comparison(threads):
    roles = cluster(2)

    def take(role):
        def later():
            port = int(role.members[role.name].rpartition(":")[2])
            socket.create_server(("127.0.0.1", port)).close()
            return FACTS

        return later

    errors = list(threads.map(meet, roles, [FACTS] * 2, map(take, roles)))
    assert errors == [None, None]


def test_nobody_is_reached_where_nobody_listens():
    address = cluster(1)[0].members["worker 0"]
    assert messages.connect(address) is None
    assert messages.connect("no-such-host.invalid:1") is None
