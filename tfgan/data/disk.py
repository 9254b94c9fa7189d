"""How much room a local disk has, asked before it is filled."""

import os
import shutil

from tfgan import memory


def require(needed, name, folder, advice):
    """Raises ValueError if `needed` bytes do not fit in a local folder that exists.

    Args:
      needed: int.
      name: str, the subject of the sentence.
      folder: str; nothing is known of a remote one.
      advice: str, what to choose instead.
    """
    free = needed if "://" in folder else shutil.disk_usage(os.path.abspath(folder)).free
    if needed > free:
        raise ValueError(
            f"{name} must fit on the disk; {memory.format_bytes(needed)} are needed in {folder}, "
            f"which has {memory.format_bytes(free)} left: choose {advice}."
        )
