"""Fifty commands that are killed, stopped, interrupted, without a disk or with one that is full.

Each is given again until it has come to its end, and what it made is compared with what nothing
happened to. `pytest -m slow -s -n 0 tests/chaos` prints every round; CHAOS_SEED chooses
other moments. Where the test may mount, its runs lie on a small disk of their own, which is filled
and made read-only; elsewhere a limit on the size of files stands for a full disk.
"""

import json
import os
import random
import signal
import time

import pytest

from .commands import begin, digests, names, start
from .disk import Disk

pytestmark = pytest.mark.slow
ROUNDS = 50
SEED = int(os.environ.get("CHAOS_SEED", "0"))
EVENTS = ("kill", "kill", "stop", "terminate", "interrupt", "full", "read-only")


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    mounted = Disk(tmp_path_factory.mktemp("disk"))
    yield mounted
    mounted.unmount()


@pytest.fixture(scope="module")
def calm(programs, commands, tmp_path_factory):
    """Where each command ran once and nothing happened, and how long it took: (path, seconds)."""
    path, seconds = tmp_path_factory.mktemp("calm"), {}
    for name, command in commands.items():
        begin(command, path / name, path)
        began = time.monotonic()
        ends = [process.end() for process in start(programs, command, path / name)]
        seconds[name] = time.monotonic() - began
        assert {code for code, *_ in ends} == {0}, ends
    return path, seconds


def disturb(event, chance, processes, disk):
    """Lets something happen to a command that runs; returns the codes that it may end with."""
    victim = chance.choice(processes)
    lost = {1} if len(processes) > 1 else set()  # the other worker
    if event == "kill":
        victim.kill()
        return {0, -signal.SIGKILL} | lost
    if event == "stop":
        victim.send_signal(signal.SIGSTOP)
        time.sleep(chance.uniform(0.5, 3.0))
        victim.send_signal(signal.SIGCONT)
        return {0}
    if event == "terminate":
        victim.send_signal(signal.SIGTERM)
        return {0, 128 + signal.SIGTERM, -signal.SIGTERM} | lost
    if event == "interrupt":
        victim.send_signal(signal.SIGINT)
        return {0, 128 + signal.SIGINT, -signal.SIGINT} | lost
    if event == "full":
        disk.fill(processes, room=chance.choice([0, 4_096, 50_000]))
    else:
        disk.make_read_only()
    return {0, 1, 2}


def check_ends(ends, allowed):
    """No command ends in another way than it may, or with a traceback."""
    assert {code for code, *_ in ends} <= allowed, ends
    for _, _, error in ends:
        assert "Traceback" not in error, error


def check_whole(directory):
    """Nothing half-written is left by a command that has come to its end."""
    below = [path.name for path in directory.rglob("*")]
    assert [name for name in below if name.endswith((".part", ".lock", ".tmp"))] == []
    for path in directory.rglob("*.json"):
        json.loads(path.read_text())


def test_whatever_happens_to_a_command_it_comes_to_the_same_end(
    programs, sources, commands, calm, disk
):
    path, seconds = calm
    chance, before = random.Random(SEED), (digests(sources), digests(path))
    for name, command in commands.items():
        begin(command, disk.path / name, path)

    def run(name, event):
        command, directory = commands[name], disk.path / name
        if event == "read-only" and chance.random() < 0.5:
            disk.make_read_only()
        processes = start(programs, command, directory)
        time.sleep(chance.uniform(0.05, 0.95) * seconds[name])
        allowed = disturb(event, chance, processes, disk)
        ends = [process.end() for process in processes]
        disk.restore()
        check_ends(ends, allowed)
        return [code for code, *_ in ends]

    def finish(name):
        command, directory = commands[name], disk.path / name
        ends = [process.end() for process in start(programs, command, directory)]
        check_ends(ends, {0})
        check_whole(directory)
        assert names(directory) == names(path / name)
        assert command.content(directory) == command.content(path / name)
        begin(command, directory, path)

    for number in range(ROUNDS):
        name, event = chance.choice([*commands]), chance.choice(EVENTS)
        codes = run(name, event)
        print(f"round {number}: {event} {name}: {codes}", flush=True)
        if set(codes) == {0}:
            finish(name)
    for name in commands:
        finish(name)
    assert names(disk.path) == sorted(commands)
    assert (digests(sources), digests(path)) == before
