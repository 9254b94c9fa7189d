"""Ctrl-C before a program works, while it works, and once it has ended."""

import os
import signal


def leave_at_once():
    """From now on SIGINT ends the process: no traceback, for there is nothing to tidy up."""
    signal.signal(signal.SIGINT, _leave)


def raise_from_now_on():
    """From now on SIGINT raises KeyboardInterrupt again, so that files are tidied up.

    A handler that is not that of `leave_at_once` stays.
    """
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(number, frame):
    os._exit(128 + number)
