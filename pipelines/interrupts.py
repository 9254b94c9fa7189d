"""Ctrl-C before a program works, while it works, and after it."""

import os
import signal

_received = []  # the signals while the program worked


def exit_immediately():
    """From now on SIGINT ends the process without a traceback: there is nothing to tidy up."""
    signal.signal(signal.SIGINT, _exit)


def raise_keyboard_interrupt():
    """From now on SIGINT raises KeyboardInterrupt, so that files are tidied up.

    A handler other than that of `exit_immediately` stays.
    """
    if signal.getsignal(signal.SIGINT) is _exit:
        _received.clear()
        signal.signal(signal.SIGINT, _raise)


def received():
    """Whether SIGINT has raised KeyboardInterrupt: bool.

    Inside TensorFlow's C++ code it surfaces as another error, which looks like a bug.
    """
    return bool(_received)


def _raise(number, frame):
    _received.append(number)
    signal.default_int_handler(number, frame)


def _exit(number, frame):
    os._exit(128 + number)
