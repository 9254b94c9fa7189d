"""Bad input gets one clear sentence and an exit code, never a traceback."""

import contextlib


class Refusal(Exception):  # noqa: N818
    """A sentence for the user, and the exit code: 2 for what was asked, 1 for what happened."""

    def __init__(self, sentence, code=2):
        super().__init__(sentence)
        self.code = code


@contextlib.contextmanager
def refusing(code=2):
    """Turns the errors that input and files cause inside the block into a refusal."""
    import tensorflow as tf

    try:
        yield
    except (ValueError, OSError) as error:
        raise Refusal(str(error), code) from error
    except tf.errors.OpError as error:
        raise Refusal(error.message.splitlines()[0], code) from error


@contextlib.contextmanager
def refusing_to_write(workdir):
    """Turns a disk that is full or may not be written into a refusal; other errors are bugs."""
    import tensorflow as tf

    try:
        yield
    except (OSError, *_file_errors(tf)) as error:
        reason = getattr(error, "message", None) or str(error)
        raise Refusal(f"{workdir} cannot be written: {reason.splitlines()[0]}", 1) from error


def _file_errors(tf):
    return (
        tf.errors.PermissionDeniedError,
        tf.errors.ResourceExhaustedError,
        tf.errors.FailedPreconditionError,
        tf.errors.NotFoundError,
        tf.errors.UnknownError,
    )
