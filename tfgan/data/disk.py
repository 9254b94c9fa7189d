"""How much room a local disk has, asked before it is filled."""

import os
import shutil

from tfgan import memory


def require(needed, name, folder, advice):
    """Refuses what needs more room than a disk has; nothing is known of a remote folder.

    Args:
      needed: int, bytes.
      name: str, what needs them, as the subject of the sentence.
      folder: str, a folder that exists.
      advice: str, what to choose instead.
    Raises: ValueError.
    """
    free = needed if "://" in folder else shutil.disk_usage(os.path.abspath(folder)).free
    if needed > free:
        raise ValueError(
            f"{name} must fit on the disk; {memory.format_bytes(needed)} are needed in {folder}, which "
            f"has {memory.format_bytes(free)} left: choose {advice}."
        )
