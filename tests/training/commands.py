"""The runs that are resumed."""

import json
import pathlib

from tfgan.pipelines import main

POINTS = ["--recipe=mixture", "--width=4", "--depth=1", "--batch_size=8", "--jit_compile=off"]
POINTS += ["--steps=4", "--log_every=2", "--checkpoint_every=2"]
IMAGES = ["--recipe=dcgan", "--width=4", "--latent_dim=4", "--batch_size=8", "--steps=3"]


def train(capsys, *argv):
    """(exit code, standard output, standard error) of `tfgan train`."""
    code = main._run(["train", *argv])
    return code, *capsys.readouterr()


def record(workdir="points"):
    return json.loads(pathlib.Path(workdir, "recipe.json").read_text())
