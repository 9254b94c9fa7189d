"""What a program prints never decides over what it does.

A reader that has gone (`tfgan train | head`), a log on a full disk or a terminal that was closed
make a write fail wherever something is said: between two steps, or while a signal is handled. So
such writes are taken as done, and the program learns of it when it asks.
"""

import contextlib
import io
import os
import signal
import sys

_errors = []  # what writing met, the first first


@contextlib.contextmanager
def unfailing():
    """Inside the block writing to the standard output and error of this process never fails."""
    _errors.clear()
    own = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    ours = {name: _stand_in(stream) for name, stream in own.items() if _is_own(name, stream)}
    for name, stream in ours.items():
        own[name].flush()
        setattr(sys, name, stream)
    try:
        yield
    finally:
        for name, stream in ours.items():
            stream.flush()
            setattr(sys, name, own[name])


def is_unfailing():
    """Whether this process prints through streams of its own: it was started as a command."""
    return isinstance(getattr(getattr(sys.stderr, "buffer", None), "raw", None), _Unfailing)


def stop_signal():
    """SIGPIPE once a reader has gone, which stops a program as that signal would; else None."""
    is_closed = any(isinstance(error, BrokenPipeError) for error in _errors)
    return signal.SIGPIPE if is_closed else None


def exit_code(code):
    """The exit code of a program that ended with `code`, considering what became of its words.

    Args:
      code: int, 0 done, 1 failed, 2 refused, 128 + n ended by signal n.
    Returns: int: 141 without a reader, and 1 where words were lost, unless the program failed.
    """
    if not _errors or code in (1, 2):
        return code
    if stop_signal():
        return 128 + signal.SIGPIPE
    if code == 0:
        print(f"tfgan: The output cannot be written: {_errors[0].strerror}.", file=sys.stderr)
    return code or 1


class _Unfailing(io.FileIO):
    """A descriptor that takes everything."""

    def write(self, data):
        try:
            return super().write(data)
        except OSError as error:
            _errors.append(error)
            return len(data)


def _is_own(name, stream):
    """Whether a stream is the process' own, and no stand-in of a test or a notebook."""
    return stream is not None and stream is getattr(sys, f"__{name}__")


def _stand_in(stream):
    """A stream to where another leads that is the process' own; its writes never fail.

    Its descriptor is another, so that the first three can be filtered.
    """
    return io.TextIOWrapper(
        io.BufferedWriter(_Unfailing(os.dup(stream.fileno()), "wb")),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
    )
