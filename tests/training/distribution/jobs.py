"""Two processes that train one model by `tfgan train --strategy=multi_worker`."""

import json
import os
import time

import numpy as np
import tensorflow as tf

from ...programs import free_ports

STEPS = 30
TIMEOUT = 240  # seconds, for a job to reach a step on a busy machine


# Runs `tfgan train` and leaves the weights that this process ended with, of whatever role it was.
PROGRAM = """
import sys
import tfgan.training.distribution.rendezvous.timeouts
import numpy as np
from tfgan import runs
from tfgan.pipelines import main

tfgan.training.distribution.rendezvous.timeouts._QUIET = 0.2  # seconds before a report
built = []
build = runs.Record.build
runs.Record.build = lambda *given: built.append(build(*given)) or built[-1]
code = main._run(sys.argv[2:])
if built:
    np.savez(sys.argv[1], *built[-1].get_weights(), step=built[-1].steps_done)
sys.exit(code)
"""


def flags(folder, run, *more):
    return [
        "train", f"--data=arrays:{folder}/images.npz", f"--workdir={folder}/{run}", "--flip",
        f"--steps={STEPS}", "--batch_size=8", "--set=width=4", "--set=latent_dim=4",
        "--set=discriminator_steps=2", "--log_every=5", "--sample_every=15",
        "--checkpoint_every=10", "--evaluate_every=15", "--evaluate_metrics=swd",
        "--evaluate_count=100", *more,
    ]  # fmt: skip


class Job:
    """Two workers, started together; none outlives the `with` block.

    Args:
      programs: `programs.Programs`.
      folder: path, where the weights go.
      arguments: list of str, of both workers.
      more: lists of str by index, of one of them; only these are started. By default both are.
    """

    def __init__(self, programs, folder, arguments, more=None):
        hosts = [f"127.0.0.1:{port}" for port in free_ports(2)]
        self.folder, self.workers = folder, []
        for index, own in (more or {0: [], 1: []}).items():
            config = {"cluster": {"worker": hosts}, "task": {"type": "worker", "index": index}}
            self.workers.append(
                programs.start(
                    f"{folder}/worker-{index}.npz",
                    *arguments,
                    *own,
                    code=PROGRAM,
                    environment={**os.environ, "TF_CONFIG": json.dumps(config)},
                )
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def end(self):
        """[(exit code, standard output, standard error) of each worker]."""
        return [worker.end() for worker in self.workers]

    def weights(self, index):
        """The weights that a worker ended with, and its step: dict of arrays."""
        with np.load(f"{self.folder}/worker-{index}.npz") as file:
            return dict(file)


def wait_for_step(workdir, step):
    """Waits until a run has logged a step."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if (workdir / "metrics.jsonl").exists():
            lines = (workdir / "metrics.jsonl").read_text().splitlines()
            if lines and json.loads(lines[-1])["step"] >= step:
                return
        time.sleep(0.02)
    raise AssertionError(f"step {step} was never reached")


def records(workdir):
    """The lines of metrics.jsonl."""
    return [json.loads(line) for line in (workdir / "metrics.jsonl").open()]


def state(workdir, step=STEPS):
    """Every value in the checkpoint of a step."""
    reader = tf.train.load_checkpoint(f"{workdir}/checkpoints/step-{step}")
    return {
        name: reader.get_tensor(name)
        for name in reader.get_variable_to_shape_map()
        if not name.startswith(("_CHECKPOINTABLE_OBJECT_GRAPH", "save_counter/", "identity/"))
    }


def check_equal(run, other, step):
    """Checks that two runs were in the same state after a step."""
    wanted, got = state(other, step), state(run, step)
    assert wanted.keys() == got.keys()
    for name, value in wanted.items():
        # Mostly equal to the last bit; the sums of busy workers now and then differ in it.
        np.testing.assert_allclose(got[name], value, atol=1e-6, rtol=1e-6, err_msg=name)
