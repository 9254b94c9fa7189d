"""Free memory, compared with the size that a file or a flag declares before it is allocated.

>>> parse_bytes("1.5 GiB"), format_bytes(1536)
(1610612736, '1.5 KiB')
"""

import math
import pathlib
import re

import psutil

_UNITS = (("TiB", 2**40), ("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10))
_SHARE = 0.5  # of the free memory, without a limit of the user
_CGROUP = pathlib.Path("/sys/fs/cgroup")  # a container's limit; version 2

# What NumPy and TensorFlow say when memory runs out.
_OUT_OF_MEMORY = re.compile(r"OOM when allocating|[Oo]ut of memory|failed to allocate memory")
_ARRAY = re.compile(r"allocate ([\d.]+ \w+) for an array")
_BYTES = re.compile(r"allocat\w+ (\d+) ?bytes")
_TENSOR = re.compile(r"tensor with shape ?\[([\d,]+)\] and type (\w+)")
_ITEM_BYTES = {"float": 4, "int32": 4, "half": 2, "bfloat16": 2, "double": 8, "int64": 8}


def free():
    """Bytes that this process can still allocate: of the machine, or of its container."""
    machine = psutil.virtual_memory().available
    try:
        limit = (_CGROUP / "memory.max").read_text().strip()
        used = int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):
        return machine
    return machine if limit == "max" else max(0, min(machine, int(limit) - used))


def budget(limit=None):
    """Bytes that may be allocated: `limit`, or half of the free memory."""
    return int(_SHARE * free()) if limit is None else limit


def require(needed, name, limit=None, advice=""):
    """Refuses, by a ValueError, an allocation that exceeds the free memory or a limit.

    Args:
      needed, limit: int, bytes; no limit is all free memory.
      name: str, what needs them, the subject of the message.
      advice: str, what to do instead, the end of the message.
    """
    allowed = free() if limit is None else limit
    if needed > allowed:
        end = f"; {advice}." if advice else "."
        raise ValueError(
            f"{name} needs {format_bytes(needed)} of memory, of which {format_bytes(allowed)} may "
            f"be taken{end}"
        )


def format_bytes(count):
    """A number of bytes with a unit: "512 bytes", "1.5 MiB", "2.0 GiB"."""
    for unit, size in _UNITS:
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{int(count)} bytes"


def parse_bytes(text):
    """The number of bytes in a string such as "2GB", "512 MiB" or "1.5g"; 1 GB is 2^30.

    Returns: int, 1 or more.
    Raises: ValueError for another string, and a number without a unit.
    """
    parts = re.fullmatch(r"\s*([0-9]*\.?[0-9]+)\s*([KMGT])(i?B)?\s*", text, re.IGNORECASE)
    sizes = {unit[0]: size for unit, size in _UNITS}
    count = int(float(parts[1]) * sizes[parts[2].upper()]) if parts else 0
    if count < 1:
        raise ValueError(
            f"memory must be a number with a unit, such as 2GB or 512MB; received {text!r}."
        )
    return count


def shortage(error):
    """A message for an out-of-memory error of Python, NumPy or TensorFlow; else None.

    It holds the missing amount if the error names it.
    """
    text = str(getattr(error, "message", None) or error)
    if not isinstance(error, MemoryError) and not _OUT_OF_MEMORY.search(text):
        return None
    amount = _missing_amount(text)
    return (
        f"Memory does not suffice{amount and f': {amount} more are needed'}, and "
        f"{format_bytes(free())} are free; choose a smaller batch, smaller images or a smaller "
        "network."
    )


def _missing_amount(text):
    if tensor := _TENSOR.search(text):
        shape = [int(size) for size in tensor[1].split(",")]
        return format_bytes(math.prod(shape) * _ITEM_BYTES.get(tensor[2], 1))
    if amount := _BYTES.search(text):
        return format_bytes(int(amount[1]))
    array = _ARRAY.search(text)
    return array[1] if array else ""
