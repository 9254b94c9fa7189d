"""Filters what C libraries write to standard error, past Python and every log level.

libjpeg and libpng write a line for each flaw of an image that they can decode. A child process
reads the descriptor and passes all other lines on. Unlike a thread, it also passes on the last
lines of a process that a library aborts.
"""

import os
import re
import signal

# The warnings of libjpeg (jerror.h, JWRN_*) and libpng, and the errors of libjpeg (JERR_*) after
# which the program itself names the file that cannot be decoded.
_WARNINGS = re.compile(
    rb"Corrupt JPEG data|Premature end of JPEG file|Invalid SOS parameters|libpng warning"
    rb"|Warning: unknown JFIF|Unknown Adobe color transform|Inconsistent progression sequence"
    rb"|Application transferred too many scanlines"
)
_ERRORS = re.compile(
    rb"Unsupported marker type|Not a JPEG file|Invalid JPEG file structure|Bogus |Unsupported JPEG"
    rb"|(Huffman|Quantization) table 0x|Empty JPEG image|Invalid (component|progressive|crop) "
    rb"|Maximum supported image dimension|Arithmetic table 0x|Image too wide"
)
_SENTENCE = b"WARNING: There are damaged images; they are decoded as far as possible.\n"


def filter_standard_error():
    """From now on the lines on descriptor 2 are filtered, until this process ends.

    The first warning about an image becomes one line, the others are dropped. `sys.stderr` must
    have a descriptor of its own, so that what Python writes is neither filtered nor delayed.
    """
    reading, writing = os.pipe()
    if os.fork() == 0:
        _filter(reading)
    os.close(reading)
    os.dup2(writing, 2)
    os.close(writing)


def _filter(reading):
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # it ends after its parent
        os.dup2(reading, 0)
        os.close(1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # pipes end when the parent closes them
        has_warned = False
        with os.fdopen(0, "rb") as lines:
            for line in lines:
                is_warning = bool(_WARNINGS.match(line))
                if not (_ERRORS.match(line) or (is_warning and has_warned)):
                    os.write(2, _SENTENCE if is_warning else line)
                has_warned |= is_warning
    finally:
        os._exit(0)
