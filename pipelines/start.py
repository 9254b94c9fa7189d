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
    """Imports TensorFlow with the settings of the programs, and without its messages at start-up.

    The library's own log goes to standard error. Warnings of other libraries are not shown, unless
    Python is run with -W; log levels that the environment sets stay.

    Raises: UserError, if TensorFlow is not installed or cannot be loaded.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # TensorFlow uses oneDNN on the newest CPUs only; it makes convolutions about twice as fast on
    # older ones too.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ["MPLBACKEND"] = "agg"  # Keras imports Matplotlib, whose backend notebooks set
    _configure_logging()
    loads_driver = "TF_PLUGGABLE_DEVICE_LIBRARY_PATH" in os.environ
    try:
        with contextlib.nullcontext() if loads_driver else _holding_stderr():
            import tensorflow  # noqa: F401
    except Exception as error:  # such as an AttributeError with an old NumPy
        raise UserError(_reason(error), 1) from error
    interrupts.raise_keyboard_interrupt()


def _configure_logging():
    handler = _Handler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    library = logging.getLogger("tfgan")
    library.handlers = [handler]
    library.setLevel(logging.INFO)
    for name in ("tensorflow", "absl"):
        logging.getLogger(name).setLevel(logging.ERROR)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if output.is_recording_errors():
        native_stderr.filter_standard_error()


class _Handler(logging.StreamHandler):
    def emit(self, record):
        from tfgan import terminal

        with terminal.above_bar(self.stream):
            super().emit(record)


@contextlib.contextmanager
def _holding_stderr():
    """Inside the block what is written to descriptor 2 is held back, and shown after an error.

    TensorFlow's C++ code writes past Python and every log level. Where it loads the driver of a
    device, which may end the process, its messages must be shown at once.
    """
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as messages:
        os.dup2(messages.fileno(), 2)
        try:
            yield
        except BaseException:
            messages.seek(0)
            os.write(terminal, messages.read())
            raise
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)


def _reason(error):
    if isinstance(error, ModuleNotFoundError) and error.name == "tensorflow":
        return f"TensorFlow is not installed: {extras.tensorflow_command()}."
    return f"TensorFlow cannot be loaded: {' '.join(str(error).split())}"
