"""Errors of disks, data and memory, which end a program although its arguments were right.

Wrong arguments are ValueErrors. A `Failure` is anything else that a user can act on; its message is
one sentence. All other errors are bugs.

>>> user_message("{{node save/SaveV2}} No space left on device [Op:SaveV2]")
'No space left on device'
"""

import contextlib
import re

from tfgan import memory

# How TensorFlow's messages name the operation that failed; file systems name none.
_OPERATION = re.compile(r"Graph execution error|\[Op:|\{\{(function_)?node ")
_WRITER = re.compile(r"(?:node |Op:|__wrapped__)\w*(?:SaveV2|MergeV2Checkpoints|Summary|WriteFile)")
_NOISE = ("Graph execution error", "Detected at", "<stack traces", 'File "')


class Failure(RuntimeError):  # noqa: N818
    """One sentence that says what happened, and what can be done about it."""


class Interrupted(KeyboardInterrupt):  # noqa: N818
    """A signal ended a run, whose state was saved first.

    Attributes:
      signal: int, such as `signal.SIGTERM`.
    """

    def __init__(self, signal):
        super().__init__(f"Interrupted by signal {int(signal)}; the state is saved.")
        self.signal = int(signal)


@contextlib.contextmanager
def writing(path):
    """Turns a disk that is full or may not be written into a Failure.

    TensorFlow's errors for a file depend on the file system: each of them counts, unless its
    message names an operation that computes or reads.
    """
    import tensorflow as tf

    try:
        yield
    except (OSError, tf.errors.OpError) as error:
        message = getattr(error, "message", None) or str(error)
        if shortage := memory.shortage(error):
            raise Failure(shortage) from error
        is_op_error = isinstance(error, tf.errors.OpError)
        if is_op_error and _OPERATION.search(message) and not _WRITER.search(message):
            raise
        raise Failure(f"{path} cannot be written: {user_message(message)}") from error


@contextlib.contextmanager
def reading_data():
    """Turns data that prove broken in mid-run, and memory that runs out, into a Failure."""
    import tensorflow as tf

    try:
        yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        shortage = memory.shortage(error)
        if shortage is None:  # a full disk
            raise
        raise Failure(shortage) from error
    except UnicodeDecodeError as error:  # TensorFlow quotes the bytes that it cannot parse
        raise Failure("A record of the data cannot be parsed.") from error
    except tf.errors.OpError as error:
        if "IteratorGetNext" not in error.message:
            raise
        raise Failure(f"Reading the data failed: {user_message(error.message)}") from error


def user_message(message):
    """The part of a message of TensorFlow that a user understands: str."""
    if assertion := re.search(r"assertion failed: \[(.*?)\]", message):
        return assertion[1]
    lines = [line.strip() for line in message.splitlines()]
    line = next((line for line in lines if line and not line.startswith(_NOISE)), "no reason given")
    if python_error := re.search(r"\bValueError: (.*)", line):  # raised by Python inside the graph
        return python_error[1]
    return re.sub(r"\{\{.*?\}\} ?| ?\[Op:.*?\]( name:)?", "", line)
