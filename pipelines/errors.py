"""What a user can cause or mend becomes one sentence and an exit code, without a traceback."""

import contextlib

from tfgan import extras, failures, memory


class UserError(Exception):
    """A sentence for the user.

    Attributes:
      code: int, the exit code: 2 for a wrong request, 1 for a failure.
    """

    def __init__(self, sentence, code=2):
        super().__init__(sentence)
        self.code = code


@contextlib.contextmanager
def user_errors(code=2):
    """Turns the errors that arguments and files cause inside the block into a `UserError`.

    A run directory that is locked, a disk or a memory that is full: the exit code is 1.

    Args:
      code: int, of all other errors.
    """
    import tensorflow as tf

    from tfgan import files

    try:
        yield
    except (files.Locked, failures.Failure) as error:
        raise UserError(str(error), 1) from error
    except (ValueError, OSError) as error:
        raise UserError(str(error), code) from error
    except MemoryError as error:
        raise UserError(memory.shortage(error), 1) from error
    except tf.errors.OpError as error:
        shortage = memory.shortage(error)
        sentence = shortage or failures.user_message(error.message)
        raise UserError(sentence, 1 if shortage else code) from error


@contextlib.contextmanager
def missing_extra(extra, subject):
    """`extras.needed`, as a `UserError`.

    Args:
      extra: str, that brings the package.
      subject: str, what needs it, as the beginning of the sentence.
    """
    try:
        with extras.require(extra, subject):
            yield
    except ValueError as error:
        raise UserError(str(error)) from error


@contextlib.contextmanager
def write_errors(path):
    """`failures.writing`, as a `UserError` with exit code 1."""
    with _failures(), failures.writing(path):
        yield


@contextlib.contextmanager
def data_errors():
    """`failures.reading_data`, as a `UserError` with exit code 1."""
    with _failures(), failures.reading_data():
        yield


@contextlib.contextmanager
def _failures():
    try:
        yield
    except failures.Failure as error:
        raise UserError(str(error), 1) from error
