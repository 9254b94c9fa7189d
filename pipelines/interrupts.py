"""Ctrl-C before a program works, while it works, and once it has ended."""

import os
import signal

_received = []  # what came while the program worked


def leave_at_once():
    """From now on SIGINT ends the process: no traceback, for there is nothing to tidy up."""
    signal.signal(signal.SIGINT, _leave)


def raise_from_now_on():
    """From now on SIGINT raises KeyboardInterrupt again, so that files are tidied up.

    A handler that is not that of `leave_at_once` stays.
    """
    if signal.getsignal(signal.SIGINT) is _leave:
        _received.clear()
        signal.signal(signal.SIGINT, _raise)


def have_come():
    """Whether SIGINT has raised KeyboardInterrupt.

    In the middle of TensorFlow's C++ part that surfaces as an error of another kind, which would
    look like a bug or bad input.
    """
    return bool(_received)


def _raise(number, frame):
    _received.append(number)
    signal.default_int_handler(number, frame)


def _leave(number, frame):
    os._exit(128 + number)
