"""Keeps what C libraries write past Python and every log level from the user.

libjpeg and libpng write a line to the standard error for each flaw of an image that they can live
with. A small process reads what goes there and passes on all other lines: unlike a thread, it also
passes on the last words of a process that a library aborts.
"""

import os
import re
import signal

# The warnings of libjpeg (jerror.h, JWRN_*) and libpng, and the errors of libjpeg (JERR_*) behind
# which the program says itself which file cannot be decoded.
_NOISE = re.compile(
    rb"Corrupt JPEG data|Premature end of JPEG file|Invalid SOS parameters|libpng warning"
    rb"|Warning: unknown JFIF|Unknown Adobe color transform|Inconsistent progression sequence"
    rb"|Application transferred too many scanlines"
)
_ERRORS = re.compile(
    rb"Unsupported marker type|Not a JPEG file|Invalid JPEG file structure|Bogus |Unsupported JPEG"
    rb"|(Huffman|Quantization) table 0x|Empty JPEG image|Invalid (component|progressive|crop) "
    rb"|Maximum supported image dimension|Arithmetic table 0x|Image too wide"
)
_SAID = b"WARNING: There are damaged images; they are decoded as far as possible.\n"


def filter_standard_error():
    """From now on lines on the descriptor 2 go through a filter, until this process ends.

    The first warning about an image becomes a sentence, the others are dropped. `sys.stderr` must
    have a descriptor of its own, so that what Python says is neither filtered nor delayed.
    """
    reading, writing = os.pipe()
    if os.fork() == 0:
        _filter(reading)
    os.close(reading)
    os.dup2(writing, 2)
    os.close(writing)


def _filter(reading):
    """What the filter does; it does not return."""
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # it ends after the process, not before
        os.dup2(reading, 0)
        os.close(1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # pipes end when the program closes them
        said = False
        with os.fdopen(0, "rb") as lines:
            for line in lines:
                if _ERRORS.match(line):
                    continue
                is_noise = _NOISE.match(line)
                if not (is_noise and said):
                    os.write(2, _SAID if is_noise else line)
                said |= bool(is_noise)
    finally:
        os._exit(0)
