"""What ends a program although nothing wrong was asked of it: disks, data and memory that fail.

Wrong arguments are ValueErrors. What happens to a program whose arguments were right is a
`Failure`, whose message is one sentence for a person; other errors are bugs.
"""

import contextlib
import re

from tfgan import memory

# How TensorFlow's messages name the operation that failed; file systems name none.
_OPERATION = re.compile(r"Graph execution error|\[Op:|\{\{(function_)?node ")
_WRITER = re.compile(r"(?:node |Op:|__wrapped__)\w*(?:SaveV2|MergeV2Checkpoints|Summary|WriteFile)")


class Failure(RuntimeError):  # noqa: N818
    """One sentence that says what happened, and what to do about it where something can be done."""


class Interrupted(KeyboardInterrupt):  # noqa: N818
    """A signal ended a training, whose state was saved first.

    Attributes:
      signal: int, such as `signal.SIGTERM`.
    """

    def __init__(self, signal):
        super().__init__(f"Interrupted by signal {int(signal)}; the state is saved.")
        self.signal = int(signal)


@contextlib.contextmanager
def writing(path):
    """Turns a disk that is full or may not be written into a Failure; other errors are bugs.

    What TensorFlow raises for a file depends on the file system and the limits of the process, so
    every kind of error is one of writing, unless an operation that computes or reads raised it.

    Args:
      path: str, what is written, for the sentence.
    Raises: Failure.
    """
    import tensorflow as tf

    try:
        yield
    except (OSError, tf.errors.OpError) as error:
        shortage = memory.shortage(error)
        if shortage:
            raise Failure(shortage) from error
        if isinstance(error, tf.errors.OpError) and _is_of_a_step(error.message):
            raise
        reason = user_message(getattr(error, "message", None) or str(error))
        raise Failure(f"{path} cannot be written: {reason}") from error


@contextlib.contextmanager
def reading_data():
    """Turns data that prove broken in the middle of a run into a Failure; other errors are bugs.

    So with memory that runs out.

    Raises: Failure.
    """
    import tensorflow as tf

    try:
        yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        shortage = memory.shortage(error)
        if shortage is None:  # a disk that is full
            raise
        raise Failure(shortage) from error
    except UnicodeDecodeError as error:  # of TensorFlow, which quotes what it cannot parse
        raise Failure("A record of the data cannot be parsed.") from error
    except tf.errors.OpError as error:
        if "IteratorGetNext" not in error.message:
            raise
        raise Failure(f"Reading the data failed: {user_message(error.message)}") from error


def user_message(message):
    """What a person can use of TensorFlow's message: str."""
    ours = re.search(r"assertion failed: \[(.*?)\]", message)
    if ours:
        return ours[1]
    noise = ("Graph execution error", "Detected at", "<stack traces", 'File "')
    lines = [line.strip() for line in message.splitlines()]
    line = next((line for line in lines if line and not line.startswith(noise)), "no reason given")
    ours = re.search(r"\bValueError: (.*)", line)  # raised by Python inside the graph
    return ours[1] if ours else re.sub(r"\{\{.*?\}\} ?| ?\[Op:.*?\]( name:)?", "", line)


def _is_of_a_step(message):
    """Whether a message of TensorFlow names an operation, and none that writes files."""
    return bool(_OPERATION.search(message)) and not _WRITER.search(message)
