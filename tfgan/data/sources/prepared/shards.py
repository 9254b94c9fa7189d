"""The files of a part, read at any place."""

import functools
import os

import numpy as np

_OPEN = 256  # files held open


class Shards:
    """The records of local files, by their number.

    They are read and not mapped: what is mapped counts as the process' memory, and a file that
    shrinks or a disk that fails kills a process that maps it.

    Args:
      folder: str, a local folder.
      shards: tuple of `index.Shard`.
      frame: `frame.Frame`.
    """

    def __init__(self, folder, shards, frame):
        self._shards, self._frame = shards, frame
        self._firsts = np.cumsum([0, *(shard.count for shard in shards)])
        self._open = functools.lru_cache(maxsize=_OPEN)(
            lambda shard: _File(os.path.join(folder, shards[shard].file))
        )

    def read(self, places):
        """Examples, as `Frame.parse` gives them.

        Args:
          places: int64 `[count]`; places run through all files.
        Raises: ValueError for a damaged or missing file.
        """
        shards = np.searchsorted(self._firsts, places, side="right") - 1
        offsets = (places - self._firsts[shards]) * self._frame.bytes
        blocks = [
            self._block(shard, (end - begin) * self._frame.bytes, offset)
            for begin, end, shard, offset in _runs(places, shards, offsets)
        ]
        records = np.frombuffer(b"".join(blocks), np.uint8).reshape(-1, self._frame.bytes)
        wrong = np.flatnonzero(~self._frame.is_whole(records))
        if wrong.size:
            shard = shards[wrong[0]]
            place = places[wrong[0]] - self._firsts[shard]
            raise ValueError(f"{self._shards[shard].file} is damaged at record {place}.")
        return self._frame.parse(records)

    def _block(self, shard, size, offset):
        try:
            block = self._open(shard).read(size, offset)
        except OSError as error:
            file = self._shards[shard].file
            raise ValueError(f"{file} cannot be read: {error.strerror}.") from error
        if len(block) < size:
            raise ValueError(f"{self._shards[shard].file} is cut short.")
        return block


class _File:
    """An open file that is closed when nobody reads it any more."""

    def __init__(self, path):
        self._descriptor = os.open(path, os.O_RDONLY)

    def read(self, size, offset):
        """The bytes from `offset` on; fewer than `size` at the end of the file only."""
        block = os.pread(self._descriptor, size, offset)
        while len(block) < size and (
            more := os.pread(self._descriptor, size - len(block), offset + len(block))
        ):
            block += more
        return block

    def __del__(self):
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)


def _runs(places, shards, offsets):
    """Stretches of neighboring places of one file, one read each: (begin, end, shard, offset)."""
    goes_on = (np.diff(places) == 1) & (np.diff(shards) == 0)
    begins = np.concatenate([[0], np.flatnonzero(~goes_on) + 1])
    ends = np.append(begins[1:], len(places))
    columns = begins, ends, shards[begins], offsets[begins]
    return zip(*(column.tolist() for column in columns), strict=True)
