"""Errors of standard output and standard error are recorded and do not end a program.

A closed pipe (`tfgan train | head`), a full disk under a log or a closed terminal make any `print`
fail: between two steps, or in a signal handler. Such a write counts as done; the program ends with
the exit code that says so.
"""

import contextlib
import io
import os
import signal
import sys

_errors = []  # of writing, in their order


@contextlib.contextmanager
def recording_errors():
    """Inside the block writing to the process' own standard output and error does not fail."""
    _errors.clear()
    originals = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    own = {name: _duplicate(each) for name, each in originals.items() if _is_own(name, each)}
    for name, stream in own.items():
        originals[name].flush()
        setattr(sys, name, stream)
    try:
        yield
    finally:
        for name, stream in own.items():
            stream.flush()
            setattr(sys, name, originals[name])


def is_recording_errors():
    """Whether standard error is the process' own, inside `recording_errors`: bool."""
    return isinstance(getattr(getattr(sys.stderr, "buffer", None), "raw", None), _RecordingFile)


def stop_signal():
    """SIGPIPE once the reader has closed the pipe, by which the program should end; else None."""
    is_closed = any(isinstance(error, BrokenPipeError) for error in _errors)
    return signal.SIGPIPE if is_closed else None


def exit_code(code):
    """The exit code after errors of the output: 141 for a closed pipe, 1 for output that was lost.

    A program that has failed keeps its code: 1 failed, 2 refused, 128 + n ended by signal n.
    """
    if not _errors or code in (1, 2):
        return code
    if stop_signal():
        return 128 + signal.SIGPIPE
    if code == 0:
        print(f"tfgan: The output cannot be written: {_errors[0].strerror}.", file=sys.stderr)
    return code or 1


class _RecordingFile(io.FileIO):
    def write(self, data):
        try:
            return super().write(data)
        except OSError as error:
            _errors.append(error)
            return len(data)


def _is_own(name, stream):
    return stream is not None and stream is getattr(sys, f"__{name}__")


def _duplicate(stream):
    """A stream to the same file by its own descriptor: descriptor 2 may be filtered."""
    return io.TextIOWrapper(
        io.BufferedWriter(_RecordingFile(os.dup(stream.fileno()), "wb")),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
    )
