"""What is disturbed: commands, what each of them makes, and how it is started."""

import dataclasses
import hashlib
import json
import os
import shutil
from collections.abc import Callable

import numpy as np
import tensorflow as tf

from ..programs import free_ports

STEPS, PICTURES = 300, 60
TFGAN = "from tfgan.__main__ import main\nmain()\n"
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


def names(directory):
    """What lies in a directory, at its top."""
    return sorted(path.name for path in directory.iterdir())
