"""Starts TensorFlow for a program."""

import logging
import os
import sys
import tempfile


def tensorflow():
    """Imports TensorFlow with the settings that suit the programs, without its start-up notes.

    The library's own notes (what is decoded, left out, restored) go to standard error.

    The notes of TensorFlow's C++ part bypass Python and every log level; they are shown only if the
    import fails, or at once where it loads a driver, as that of a TPU, which may end the process.
    Settings that the environment already has are left alone.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # By itself TensorFlow uses oneDNN on the newest CPUs only; on older ones convolutions run
    # about twice as fast with it too.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    library = logging.getLogger("tfgan")
    library.handlers = [handler]
    library.setLevel(logging.INFO)
    if "TF_PLUGGABLE_DEVICE_LIBRARY_PATH" in os.environ:
        import tensorflow  # noqa: F401

        return
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            import tensorflow  # noqa: F401
        except BaseException:
            notes.seek(0)
            os.write(terminal, notes.read())
            raise
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
