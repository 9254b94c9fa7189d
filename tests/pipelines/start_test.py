"""What is heard of TensorFlow when a program starts it, tried on a stand-in for it."""

import os
import subprocess
import sys

import pytest

DRIVER = {"TF_PLUGGABLE_DEVICE_LIBRARY_PATH": "libtpu.so"}


@pytest.mark.parametrize(
    ("environment", "end", "heard"),
    [
        ({}, "", False),
        ({}, "raise ImportError", True),
        (DRIVER, "os.abort()", True),
    ],
)
def test_the_notes_of_tensorflow_are_heard_where_it_fails(tmp_path, environment, end, heard):
    (tmp_path / "tensorflow.py").write_text(f"import os\nos.write(2, b'a note')\n{end}\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from tfgan.pipelines import start; start.tensorflow()\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert ("a note" in found.stderr) == heard
    assert (found.returncode != 0) == heard
