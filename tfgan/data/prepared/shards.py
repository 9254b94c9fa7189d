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
        records = np.empty((len(places), self._frame.bytes), np.uint8)
        shards = np.searchsorted(self._firsts, places, side="right") - 1
        for begin, end in _runs(places, shards):
            shard, place = int(shards[begin]), int(places[begin])
            offset = (place - int(self._firsts[shard])) * self._frame.bytes
            self._read_into(records[begin:end], shard, offset)
        wrong = np.flatnonzero(~self._frame.is_whole(records))
        if wrong.size:
            shard = int(shards[wrong[0]])
            place = places[wrong[0]] - self._firsts[shard]
            raise ValueError(f"{self._shards[shard].file} is damaged at record {place}.")
        return self._frame.parse(records)

    def _read_into(self, records, shard, offset):
        file = self._shards[shard].file
        try:
            is_enough = self._open(shard).read_into(records, offset)
        except OSError as error:
            raise ValueError(f"{file} cannot be read: {error.strerror}.") from error
        if not is_enough:
            raise ValueError(f"{file} is cut short.")


class _File:
    """An open file that is closed when nobody reads it any more."""

    def __init__(self, path):
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def read_into(self, rows, offset):
        """Fills rows with the bytes from `offset` on; says whether there were enough."""
        left = memoryview(rows).cast("B")
        while left:
            count = os.preadv(self._descriptor, [left], offset)
            if count == 0:
                return False
            left, offset = left[count:], offset + count
        return True

    def __del__(self):
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)


def _runs(places, shards):
    """(begin, end) of the stretches of neighbouring places of one file: one read each."""
    goes_on = (np.diff(places) == 1) & (np.diff(shards) == 0)
    borders = np.flatnonzero(~goes_on) + 1
    return zip([0, *borders], [*borders, len(places)], strict=True)
