"""Under another backend of Keras the models say which one they need, and do not fail later."""

import os
import subprocess
import sys

import pytest

# What a process does in which Keras runs on another backend, without one being installed.
ON_JAX = "import keras; keras.config.backend = lambda: 'jax'; "


@pytest.mark.parametrize(
    ("environment", "before"), [("torch", ""), ("", ON_JAX)],
    ids=["torch by the environment", "jax by keras.json"],  # tasks_test.py has jax by environment
)  # fmt: skip
def test_another_backend_is_refused_in_one_sentence_at_import(environment, before):
    done = subprocess.run(
        [sys.executable, "-c", before + "from tfgan.models import GAN"],
        env=os.environ | {"KERAS_BACKEND": environment},
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stderr.strip().splitlines()[-1]
    name = environment or "jax"
    assert done.returncode == 1
    assert last.startswith("ImportError: tfgan trains on Keras' TensorFlow backend; received the b")
    assert f"{name!r}" in last and "KERAS_BACKEND=tensorflow" in last
