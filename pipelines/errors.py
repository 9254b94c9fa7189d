"""Bad input gets one clear sentence and an exit code, never a traceback."""

import contextlib

from tfgan import extras, failures, memory


class UserError(Exception):  # noqa: N818
    """A sentence for the user, and the exit code: 2 for what was asked, 1 for what happened."""

    def __init__(self, sentence, code=2):
        super().__init__(sentence)
        self.code = code


@contextlib.contextmanager
def user_errors(code=2):
    """Turns the errors that input and files cause inside the block into a refusal.

    A directory that another process is using, or a disk that fails, is nobody's wrong input: the
    exit code is 1.
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
        words = shortage or failures.user_message(error.message)
        raise UserError(words, 1 if shortage else code) from error


@contextlib.contextmanager
def missing_extra(extra, subject):
    """Turns a missing package into a refusal that says how to install it.

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
    """`failures.writing`, whose failures are refusals with the exit code 1."""
    with _refusing_failures(), failures.writing(path):
        yield


@contextlib.contextmanager
def data_errors():
    """`failures.reading_data`, whose failures are refusals with the exit code 1."""
    with _refusing_failures(), failures.reading_data():
        yield


@contextlib.contextmanager
def _refusing_failures():
    try:
        yield
    except failures.Failure as error:
        raise UserError(str(error), 1) from error
