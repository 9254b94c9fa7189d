"""How much memory there is, asked before it is taken.

TensorFlow and NumPy reserve what a header or a flag declares and fail with a text of their own, or
the system ends the process. So what a file declares is compared with what is free first.
"""

import math
import pathlib
import re

import psutil

_UNITS = (("TiB", 2**40), ("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10))
_SHARE = 0.5  # of what is free may be taken, where nobody says how much
_CGROUP = pathlib.Path("/sys/fs/cgroup")  # a container's limit; version 2

# What NumPy and TensorFlow say when memory runs out.
_ASKED = re.compile(r"allocate ([\d.]+ \w+) for an array")
_BYTES_ASKED = re.compile(r"allocat\w+ (\d+) ?bytes")
_OUT_OF_MEMORY = re.compile(r"OOM when allocating|[Oo]ut of memory|failed to allocate memory")
_TENSOR = re.compile(r"tensor with shape ?\[([\d,]+)\] and type (\w+)")
_BYTES = {"float": 4, "int32": 4, "half": 2, "bfloat16": 2, "double": 8, "int64": 8}


def free():
    """Bytes that this process can still take: of the machine, or of its container."""
    machine = psutil.virtual_memory().available
    try:
        most = (_CGROUP / "memory.max").read_text().strip()
        used = int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):
        return machine
    return machine if most == "max" else max(0, min(machine, int(most) - used))


def budget(limit=None):
    """Bytes that may be taken: `limit` if it is given, else half of what is free."""
    return int(_SHARE * free()) if limit is None else limit


def require(needed, name, limit=None, advice=""):
    """Refuses what needs more memory than may be taken.

    Args:
      needed: int, bytes.
      name: str, what needs them, as the subject of the sentence.
      limit: int, bytes that may be taken; None for all that is free.
      advice: str, what to do instead, as the end of the sentence.
    Raises: ValueError.
    """
    allowed = free() if limit is None else limit
    if needed > allowed:
        end = f"; {advice}." if advice else "."
        raise ValueError(
            f"{name} needs {format_bytes(needed)} of memory, of which {format_bytes(allowed)} may be "
            f"taken{end}"
        )


def format_bytes(count):
    """A number of bytes as people write it: "512 bytes", "1.5 MiB", "2.0 GiB"."""
    fitting = ((unit, size) for unit, size in _UNITS if count >= size)
    unit, size = next(fitting, ("bytes", 1))
    return f"{count / size:,.1f} {unit}" if size > 1 else f"{int(count)} bytes"


def parse_bytes(text):
    """A number of bytes as people write it: "2GB", "512 MiB", "1.5g"; a GB is 2^30 bytes.

    Returns: int, 1 or more.
    Raises: ValueError for another text, and a number without a unit.
    """
    found = re.fullmatch(r"\s*([0-9]*\.?[0-9]+)\s*([KMGT])(i?B)?\s*", text, re.IGNORECASE)
    size = {unit[0]: size for unit, size in _UNITS}[found[2].upper()] if found else 0
    count = int(float(found[1]) * size) if found else 0
    if count < 1:
        raise ValueError(
            f"memory must be a number with a unit, such as 2GB or 512MB; received {text!r}."
        )
    return count


def shortage(error):
    """What a person can use of an error that says that memory ran out.

    Args:
      error: exception, of Python, NumPy or TensorFlow.
    Returns: str, a sentence with the amount where the error has it; None for other errors.
    """
    text = str(getattr(error, "message", None) or error)
    if not isinstance(error, MemoryError) and not _OUT_OF_MEMORY.search(text):
        return None
    wanted = _wanted(text)
    return (
        f"Memory does not suffice{wanted and f': {wanted} more are needed'}, and "
        f"{format_bytes(free())} are free; choose a smaller batch, smaller images or a smaller network."
    )


def _wanted(text):
    """The amount that an error names: str, empty for none."""
    if tensor := _TENSOR.search(text):
        shape = [int(size) for size in tensor[1].split(",")]
        return format_bytes(math.prod(shape) * _BYTES.get(tensor[2], 1))
    if amount := _BYTES_ASKED.search(text):
        return format_bytes(int(amount[1]))
    asked = _ASKED.search(text)
    return asked[1] if asked else ""
