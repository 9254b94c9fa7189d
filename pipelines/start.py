"""Starts TensorFlow for a program."""

import contextlib
import logging
import os
import sys
import tempfile
import warnings

from tfgan import extras

from . import interrupts, native_stderr, output
from .errors import UserError


def tensorflow():
    """Imports TensorFlow with the settings that suit the programs, without its start-up notes.

    The library's own notes (what is decoded, left out, restored) go to standard error; warnings of
    other libraries, which a user can do nothing about, go nowhere, unless Python is run with -W.
    Levels of notes that the environment already has are left alone.

    Raises: UserError without TensorFlow, or if it cannot be loaded.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # By itself TensorFlow uses oneDNN on the newest CPUs only; on older ones convolutions run
    # about twice as fast with it too.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ["KERAS_BACKEND"] = "tensorflow"  # whatever Keras is used with elsewhere
    os.environ["MPLBACKEND"] = "agg"  # Keras imports Matplotlib, to which notebooks give their own
    _choose_notes()
    loads_driver = "TF_PLUGGABLE_DEVICE_LIBRARY_PATH" in os.environ
    try:
        with contextlib.nullcontext() if loads_driver else _without_native_notes():
            import tensorflow  # noqa: F401
    except Exception as error:  # as of an old NumPy, whatever it is that it then lacks
        raise UserError(_missing(error), 1) from error
    interrupts.raise_from_now_on()


def _choose_notes():
    handler = _Handler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    library = logging.getLogger("tfgan")
    library.handlers = [handler]
    library.setLevel(logging.INFO)
    for name in ("tensorflow", "absl"):
        logging.getLogger(name).setLevel(logging.ERROR)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if output.is_unfailing():
        native_stderr.filter_standard_error()


class _Handler(logging.StreamHandler):
    """Writes to the standard error, above a bar."""

    def emit(self, record):
        from tfgan import terminal

        with terminal.above_bar(self.stream):
            super().emit(record)


@contextlib.contextmanager
def _without_native_notes():
    """Inside the block what is written to the descriptor 2 is kept, and shown if it fails.

    The notes of TensorFlow's C++ part bypass Python and every log level. Where it loads a driver,
    as that of a TPU, which may end the process, they must be shown at once.
    """
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            yield
        except BaseException:
            notes.seek(0)
            os.write(terminal, notes.read())
            raise
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)


def _missing(error):
    """The sentence for TensorFlow that cannot be imported."""
    if isinstance(error, ModuleNotFoundError) and error.name == "tensorflow":
        return f"TensorFlow is not installed: {extras.tensorflow_command()}."
    return f"TensorFlow cannot be loaded: {' '.join(str(error).split())}"
