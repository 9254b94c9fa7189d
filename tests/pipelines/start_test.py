"""What is heard of TensorFlow when a program starts it, tried on a stand-in for it."""

import os
import subprocess
import sys

import pytest

from tfgan import extras

RUN = "from tfgan.__main__ import main; main()"
JOB = [
    "--project=p", "--base_output=gs://bucket/run", "--image=i/tfgan:1", "--machine=n1-standard-8",
]  # fmt: skip
STUDY = ["--parameter=learning_rate=double:1e-4..1e-2:log", "--metric=fd_digits"]
DRIVER = {"TF_PLUGGABLE_DEVICE_LIBRARY_PATH": "libtpu.so"}


@pytest.mark.parametrize(
    ("environment", "end", "heard"),
    [
        ({}, "", False),
        ({}, "raise ImportError('a symbol is missing')", True),
        (DRIVER, "os.abort()", True),
    ],
)
def test_the_notes_of_tensorflow_are_heard_where_it_fails(tmp_path, environment, end, heard):
    (tmp_path / "tensorflow.py").write_text(f"import os\nos.write(2, b'a note')\n{end}\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from tfgan.pipelines import start; start.tensorflow()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert ("a note" in done.stderr) == heard
    assert (done.returncode != 0) == heard


def without(tmp_path, module, code):
    """(exit code, standard error) of `tfgan` where a module runs some code when it is imported."""
    (tmp_path / f"{module}.py").write_text(code)
    return lambda *argv: ended(
        subprocess.run(
            [
                sys.executable,
                "-c",
                f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{RUN}",
                *argv,
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
    )


def ended(done):
    return done.returncode, done.stderr


MISSING = "raise ModuleNotFoundError(\"No module named 'tensorflow'\", name='tensorflow')\n"
INTERRUPTED = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"


@pytest.mark.parametrize(
    "argv",
    [
        ["train"],
        ["sample", "--workdir=run"],
        ["export", "--workdir=run"],
        ["evaluate", "--workdir=run"],
        ["compare"],
        ["prepare", "--data=mnist5k", "--out=set"],
        ["serve", "--model=run", "--port=0"],
        ["pipeline", "--local", "--threshold=1"],
        ["benchmark", "--what=step"],
        ["theory"],
        ["launch", "--dry_run", *JOB, "--", "--recipe=dcgan"],
        ["tune", "--dry_run", *JOB, *STUDY, "--", "--recipe=dcgan", "--evaluate_every=1"],
    ],
    ids=lambda argv: argv[0],
)
def test_without_tensorflow_every_command_says_how_to_install_it(tmp_path, argv):
    code, err = without(tmp_path, "tensorflow", MISSING)(*argv)
    assert code == 1
    assert err == f"tfgan {argv[0]}: TensorFlow is not installed: {extras.tensorflow_command()}.\n"


@pytest.mark.parametrize(
    "argv", [["--help"], ["recipes"], ["recipes", "dcgan"], ["train", "--help"]], ids=" ".join
)
def test_without_tensorflow_there_is_help(tmp_path, argv):
    assert without(tmp_path, "tensorflow", MISSING)(*argv) == (0, "")


def test_a_tensorflow_that_cannot_be_loaded_says_why(tmp_path):
    code = "raise ImportError('libcudart.so.12: cannot open shared object file')\n"
    code, err = without(tmp_path, "tensorflow", code)("train")
    assert (code, err) == (
        1, "tfgan train: TensorFlow cannot be loaded: libcudart.so.12: cannot open shared object "
        "file\n",
    )  # fmt: skip


def test_settings_of_a_notebook_do_not_reach_a_command(tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    code = "import os, sys\nsys.exit('%(MPLBACKEND)s %(KERAS_BACKEND)s' % os.environ)\n"
    assert without(tmp_path, "tensorflow", code)("train") == (1, "agg tensorflow\n")


@pytest.mark.parametrize(
    ("module", "argv"),
    [
        ("difflib", ["recipes"]),
        ("difflib", ["train", "--dry_run=recipe"]),
        ("tensorflow", ["train", "--dry_run=recipe"]),
    ],
)
def test_ctrl_c_while_a_program_is_loaded_leaves_no_traceback(tmp_path, module, argv):
    assert without(tmp_path, module, INTERRUPTED)(*argv) == (130, "")


def test_python_m_tfgan_is_the_command():
    for module in ("tfgan", "tfgan.pipelines"):
        done = subprocess.run(
            [sys.executable, "-m", module, "--version"], capture_output=True, text=True
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "0.1.0\n", "")
