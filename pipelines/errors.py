"""Errors that a user can cause or fix become a message and an exit code, without a traceback.

`main` prints a `UserError`, and a `failures.Failure` with the exit code 1; other errors are bugs.
"""

import contextlib
import sys

from tfgan import failures, memory


class UserError(Exception):
    """An error message for the user.

    Attributes:
      code: int, the exit code: 2 for a wrong request, 1 for a failure.
    """

    def __init__(self, sentence, code=2):
        super().__init__(sentence)
        self.code = code


@contextlib.contextmanager
def user_errors(code=2):
    """Turns the errors that arguments and files cause inside the block into a `UserError`.

    Args:
      code: int, the exit code; of memory that is exhausted it is 1.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise UserError(str(error), code) from error
    except MemoryError as error:
        raise UserError(memory.shortage(error), 1) from error
    except Exception as error:
        tf = sys.modules.get("tensorflow")
        if tf is None or not isinstance(error, tf.errors.OpError):
            raise
        shortage = memory.shortage(error)
        sentence = shortage or failures.user_message(error.message)
        raise UserError(sentence, 1 if shortage else code) from error
