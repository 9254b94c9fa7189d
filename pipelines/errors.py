"""Bad input gets one clear sentence and an exit code, never a traceback."""

import contextlib
import re

from tfgan import extras, memory

# How TensorFlow's messages name the operation that failed; file systems name none.
_OPERATION = re.compile(r"Graph execution error|\[Op:|\{\{(function_)?node ")
_WRITER = re.compile(r"(?:node |Op:|__wrapped__)\w*(?:SaveV2|MergeV2Checkpoints|Summary|WriteFile)")


class Refusal(Exception):  # noqa: N818
    """A sentence for the user, and the exit code: 2 for what was asked, 1 for what happened."""

    def __init__(self, sentence, code=2):
        super().__init__(sentence)
        self.code = code


@contextlib.contextmanager
def refusing(code=2):
    """Turns the errors that input and files cause inside the block into a refusal.

    A directory that another process is using is nobody's wrong input: its exit code is 1.
    """
    import tensorflow as tf

    from tfgan import files

    try:
        yield
    except files.Locked as error:
        raise Refusal(str(error), 1) from error
    except (ValueError, OSError) as error:
        raise Refusal(str(error), code) from error
    except MemoryError as error:
        raise Refusal(memory.shortage(error), 1) from error
    except tf.errors.OpError as error:
        shortage = memory.shortage(error)
        raise Refusal(shortage or sentence(error.message), 1 if shortage else code) from error


@contextlib.contextmanager
def refusing_without(extra, subject):
    """Turns a missing package into a refusal that says how to install it.

    Args:
      extra: str, that brings the package.
      subject: str, what needs it, as the beginning of the sentence.
    """
    try:
        with extras.needed(extra, subject):
            yield
    except ValueError as error:
        raise Refusal(str(error)) from error


@contextlib.contextmanager
def refusing_to_write(path):
    """Turns a disk that is full or may not be written into a refusal; other errors are bugs.

    What TensorFlow raises for a file depends on the file system and the limits of the process, so
    every kind of error is one of writing, unless an operation that computes or reads raised it.
    """
    import tensorflow as tf

    try:
        yield
    except (OSError, tf.errors.OpError) as error:
        shortage = memory.shortage(error)
        if shortage:
            raise Refusal(shortage, 1) from error
        if isinstance(error, tf.errors.OpError) and _is_of_a_step(error.message):
            raise
        reason = sentence(getattr(error, "message", None) or str(error))
        raise Refusal(f"{path} cannot be written: {reason}", 1) from error


@contextlib.contextmanager
def refusing_broken_data():
    """Turns data that prove broken in the middle of a run into a refusal; other errors are bugs.

    So with memory that runs out.
    """
    import tensorflow as tf

    try:
        yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        shortage = memory.shortage(error)
        if shortage is None:  # a disk that is full
            raise
        raise Refusal(shortage, 1) from error
    except UnicodeDecodeError as error:  # of TensorFlow, which quotes what it cannot parse
        raise Refusal("A record of the data cannot be parsed.", 1) from error
    except tf.errors.OpError as error:
        if "IteratorGetNext" not in error.message:
            raise
        raise Refusal(f"Reading the data failed: {sentence(error.message)}", 1) from error


def _is_of_a_step(message):
    """Whether a message of TensorFlow names an operation, and none that writes files."""
    return bool(_OPERATION.search(message)) and not _WRITER.search(message)


def sentence(message):
    """What a person can use of TensorFlow's message: str."""
    ours = re.search(r"assertion failed: \[(.*?)\]", message)
    if ours:
        return ours[1]
    noise = ("Graph execution error", "Detected at", "<stack traces", 'File "')
    lines = [line.strip() for line in message.splitlines()]
    line = next((line for line in lines if line and not line.startswith(noise)), "no reason given")
    ours = re.search(r"\bValueError: (.*)", line)  # raised by Python inside the graph
    return ours[1] if ours else re.sub(r"\{\{.*?\}\} ?| ?\[Op:.*?\]( name:)?", "", line)
