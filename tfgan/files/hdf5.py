"""HDF5 files from others, checked before a library reads them."""

import h5py

from tfgan import memory

_DAMAGE = (
    *(AttributeError, KeyError, MemoryError, OSError, RuntimeError, TypeError, UnicodeDecodeError),
)


def check_hdf5(file, name):
    """Refuses an HDF5 file that refers to other files, which Keras would read, or exceeds memory.

    Args:
      file: str, a local path, or a binary file object.
      name: str, what messages call the file.
    Raises: ValueError; also for another kind of file, or a damaged one.
    """
    try:
        with h5py.File(file, "r") as content:
            total = sum(_dataset_bytes(content, name))
    except _DAMAGE as error:
        raise ValueError(f"{name} is not an HDF5 file, or is damaged.") from error
    memory.require(total, name)


def _dataset_bytes(group, name):
    for key in group:
        link = group.get(key, getlink=True)
        if isinstance(link, h5py.ExternalLink):
            raise ValueError(f"{name} leads to another file: {link.filename}, which is not read.")
        if isinstance(link, h5py.SoftLink):  # its target is counted at its own path
            continue
        item = group[key]
        if isinstance(item, h5py.Group):
            yield from _dataset_bytes(item, name)
        elif isinstance(item, h5py.Dataset):
            if item.external or item.is_virtual:
                raise ValueError(f"{name}: the data of {item.name} are in other files.")
            yield (item.size or 0) * item.dtype.itemsize
