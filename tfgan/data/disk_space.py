"""The free space of a local disk, checked before it is filled."""

import os
import shutil

from tfgan import memory


def require(needed, name, folder, advice):
    """Raises ValueError if `needed` bytes of `name` do not fit in an existing local folder."""
    free = needed if "://" in folder else shutil.disk_usage(os.path.abspath(folder)).free
    if needed > free:
        raise ValueError(
            f"{name} must fit on the disk; {memory.format_bytes(needed)} are needed in {folder}, "
            f"which has {memory.format_bytes(free)} left: choose {advice}."
        )
