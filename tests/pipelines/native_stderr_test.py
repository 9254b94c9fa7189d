"""Lines of C libraries about flaws of images become one sentence; all other lines are passed on."""

import signal
import subprocess
import sys

import pytest
import tensorflow as tf

LINES = [
    b"Corrupt JPEG data: 3 extraneous bytes before marker 0xc0\n",
    b"another line\n",
    b"Premature end of JPEG file\n",
    b"Unsupported marker type 0x10\n",
    b"libpng warning: iCCP: known incorrect sRGB profile\n",
]
SENTENCE = "WARNING: There are damaged images; they are decoded as far as possible.\n"


def heard(code):
    """(exit code, standard error) of a program in whose beginning the filter is set up."""
    beginning = (
        "import os\n"
        "from tfgan.pipelines import native_stderr\n"
        "native_stderr.filter_standard_error()\n"
    )
    done = subprocess.run([sys.executable, "-c", beginning + code], capture_output=True, text=True)
    return done.returncode, done.stderr


def test_warnings_about_images_become_one_sentence_and_the_rest_is_heard():
    code = "".join(f"os.write(2, {line!r})\n" for line in LINES)
    assert heard(code) == (0, f"{SENTENCE}another line\n")


def test_the_last_words_of_a_process_that_is_aborted_are_heard():
    assert heard("os.write(2, b'Check failed: x\\n')\nos.abort()\n") == (
        -signal.SIGABRT,
        "Check failed: x\n",
    )


def test_ctrl_c_does_not_end_the_filter_before_the_program():
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "os.setpgid(0, 0) if os.getpid() != os.getpgid(0) else None\n"
        "os.write(2, b'before\\n')\n"
        "os.killpg(os.getpgid(0), signal.SIGINT)\n"
        "os.write(2, b'after\\n')\n"
    )
    assert heard(code) == (0, "before\nafter\n")


@pytest.fixture
def flawed(tmp_path):
    """A folder of images with bytes that do not belong there, which libjpeg skips and reports."""
    for index in range(12):
        image = tf.cast(
            tf.random.stateless_uniform((8, 8, 3), [index, 0], 0, 256, tf.int32), "uint8"
        )
        content = tf.io.encode_jpeg(image).numpy()
        header = content.index(b"\xff\xc0")
        (tmp_path / f"{index}.jpg").write_bytes(content[:header] + b"abc" + content[header:])
    return tmp_path


def test_flawed_images_are_prepared_with_one_line_about_them(programs, flawed, tmp_path):
    program = programs.start("prepare", f"--data=images:{flawed}", f"--out={tmp_path}/out")
    code, out, err = program.end()
    assert code == 0, err
    assert "Corrupt JPEG data" not in err + out
    assert err.count(SENTENCE) == 1
