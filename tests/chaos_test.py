"""Fifty commands that are killed, stopped, interrupted, without a disk or with one that is full.

Each is given again until it has come to its end, and what it made is compared with what nothing
happened to. `pytest -m slow -s -n 0 tests/chaos_test.py` prints every round; CHAOS_SEED chooses
other moments. Where the test may mount, its runs lie on a small disk of their own, which is filled
and made read-only; elsewhere a limit on the size of files stands for a full disk.
"""

import contextlib
import dataclasses
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf

pytestmark = pytest.mark.slow

ROUNDS = 50
SEED = int(os.environ.get("CHAOS_SEED", "0"))
STEPS, PICTURES = 300, 60
DISK = 64  # MiB
TFGAN = "from tfgan.__main__ import main\nmain()\n"
EVENTS = ("kill", "kill", "stop", "terminate", "interrupt", "full", "read-only")
SMALL = [
    "--recipe=gan", "--generator_width=8", "--discriminator_width=8", "--latent_dim=4",
    "--batch_size=8", f"--steps={STEPS}", "--log_every=20", "--checkpoint_every=20",
    f"--sample_every={PICTURES}",
]  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Command:
    """What is run again and again.

    Attributes:
      arguments: function (directory) -> list of str; what it makes lies in the directory.
      content: function (directory) -> what it made, in a form that can be compared.
      workers: int, processes.
      needs_run: bool, whether it works on a run that has been trained.
    """

    arguments: Callable
    content: Callable
    workers: int = 1
    needs_run: bool = False


def digests(directory):
    """{name: SHA-256} of all files below a directory, and where links lead."""
    found = {}
    for path in sorted(directory.rglob("*")):
        name = str(path.relative_to(directory))
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def records(run):
    """What metrics.jsonl says, without what depends on the clock."""
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    return [
        {name: value for name, value in line.items() if "second" not in name and "time" not in name}
        for line in lines
    ]


def values(checkpoint):
    """Every value in a checkpoint, as bytes: weights, averages, optimizer slots, step."""
    reader = tf.train.load_checkpoint(str(checkpoint))
    return {
        name: np.asarray(reader.get_tensor(name)).tobytes()
        for name in reader.get_variable_to_shape_map()
        if name not in ("_CHECKPOINTABLE_OBJECT_GRAPH", "save_counter/.ATTRIBUTES/VARIABLE_VALUE")
    }


def trained(directory):
    """What a finished run holds: its last state, its figures, its pictures.

    A run that was told to stop has drawn its last step besides.
    """
    run = directory / "run"
    pictures = {
        name: digest
        for name, digest in digests(run / "samples").items()
        if int(name[len("step-") : -len(".png")]) % PICTURES == 0
    }
    return (
        values(run / "checkpoints" / f"step-{STEPS}"),
        records(run),
        pictures,
        names(run),
    )


def evaluated(directory):
    """The figures of the last evaluation; one that was killed may have left its own before."""
    return [line for line in records(directory / "run") if "metric" in line][-1]


def exported(directory):
    """What each version holds; a graph, and the names of its weights, are not the same twice."""
    versions = [path for path in (directory / "exported").iterdir() if path.name.isdigit()]
    found = [
        (
            sorted(str(path.relative_to(version)) for path in version.rglob("*")),
            sorted(values(version / "variables" / "variables").values()),
            hashlib.sha256((version / "samples.png").read_bytes()).hexdigest(),
        )
        for version in versions
    ]
    assert all(version == found[0] for version in found)
    return found[0]


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Images to read, and files that nobody should touch, on the machine's own disk."""
    folder = tmp_path_factory.mktemp("sources")
    images = np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8)
    np.savez(folder / "images.npz", data=images)
    (folder / "folder").mkdir()
    for number, image in enumerate(images[:30]):
        png = tf.io.encode_png(image).numpy()
        (folder / "folder" / f"{number}.png").write_bytes(png)
    return folder


@pytest.fixture(scope="module")
def commands(sources):
    """{name: Command}."""
    train = ["train", *SMALL, f"--data=arrays:{sources}/images.npz"]
    return {
        "train": Command(lambda at: [*train, f"--workdir={at}/run"], trained),
        "workers": Command(
            lambda at: [
                *train, f"--workdir={at}/run", "--strategy=multi_worker", "--join_timeout=30",
            ],
            trained,
            workers=2,
        ),
        "evaluate": Command(
            lambda at: [
                "evaluate", f"--workdir={at}/run", "--metrics=swd", "--count=100",
                f"--data=arrays:{sources}/images.npz",
            ],
            evaluated,
            needs_run=True,
        ),
        "export": Command(
            lambda at: ["export", f"--workdir={at}/run", f"--out={at}/exported"],
            exported,
            needs_run=True,
        ),
        "prepare": Command(
            lambda at: [
                "prepare", f"--data=images:{sources}/folder", "--image_size=8",
                f"--out={at}/prepared",
            ],
            lambda at: digests(at / "prepared"),
        ),
    }  # fmt: skip


class Disk:
    """Where the runs lie: a small disk, if this process may mount one, or a directory."""

    def __init__(self, path):
        self.path = path
        self._options = f"size={DISK}m"
        self._is_mounted = self._mount("tmpfs", "-t", "tmpfs", "-o", self._options)
        self._filler = path / ".." / "filler" if not self._is_mounted else path / "filler"

    def _mount(self, what, *options):
        command = ["mount", *options, what, str(self.path)]
        return (
            shutil.which("mount") and subprocess.run(command, capture_output=True).returncode == 0
        )

    def unmount(self):
        if self._is_mounted:
            subprocess.run(["umount", str(self.path)], check=True)

    def fill(self, processes, room):
        """Leaves `room` bytes."""
        if self._is_mounted:
            free = shutil.disk_usage(self.path).free
            with contextlib.suppress(OSError):  # the command has written in the meantime
                self._filler.write_bytes(bytes(max(0, free - room)))
            return
        for process in processes:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))

    def make_read_only(self):
        """Files that are open for writing keep a disk writable."""
        if self._is_mounted:
            self._mount("tmpfs", "-o", f"remount,ro,{self._options}")
        else:
            self.path.chmod(0o555)  # which root does not notice

    def restore(self):
        """Makes the disk as it was."""
        if self._is_mounted:
            self._mount("tmpfs", "-o", f"remount,rw,{self._options}")
            self._filler.unlink(missing_ok=True)
        else:
            self.path.chmod(0o755)


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    mounted = Disk(tmp_path_factory.mktemp("disk"))
    yield mounted
    mounted.unmount()


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def start(programs, command, directory):
    """The processes of a command."""
    arguments = command.arguments(directory)
    if command.workers == 1:
        return [programs.start(*arguments, code=TFGAN)]
    hosts = [f"127.0.0.1:{port}" for port in free_ports(command.workers)]
    return [
        programs.start(
            *arguments,
            code=TFGAN,
            environment={
                **os.environ,
                "TF_CONFIG": json.dumps(
                    {"cluster": {"worker": hosts}, "task": {"type": "worker", "index": index}}
                ),
            },
        )
        for index in range(command.workers)
    ]


def begin(command, directory, calm):
    """An empty directory, or one with the run that the command works on."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    if command.needs_run:
        shutil.copytree(calm / "train" / "run", directory / "run")


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


def names(directory):
    """What lies in a directory, at its top."""
    return sorted(path.name for path in directory.iterdir())


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
