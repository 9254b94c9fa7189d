"""The images of a zip file, read without unpacking them to a disk."""

import types

from tfgan import files, memory
from tfgan.data import file_listing

_AT_ONCE = 4  # images that may be unpacked in memory together


class Zip:
    """The image files in a zip file: what `file_listing.Folder` is for a folder.

    Nothing is unpacked to a disk, so names in the zip cannot lead out of a folder. An image is read
    as far as its declared size, and only if there is memory for that.

    Attributes: see `file_listing.Folder`; the checksum of an image stands for its time.

    Args:
      path: str, anything that `tf.io.gfile` takes.
      kind: str, what the images are for, in `name`.
    Raises: ValueError for a file that is missing or not a zip file, and for images that are
      encrypted, compressed by an unknown method, or declared to be larger than memory allows.
    """

    missing = types.MappingProxyType({})

    def __init__(self, path, kind="images"):
        self.name, self.kind = f"{kind}:{path}", kind
        self._zip = files.Archive(self.name, files.open_binary(path, self.name))
        self._entries = {_plain(entry): entry for entry in self._zip.names}
        if len(self._entries) < len(self._zip.names):
            raise ValueError(f"{self.name} is damaged: it holds two files of one name.")
        self.names, self.others = file_listing.image_names(list(self._entries))
        limit = memory.budget() // _AT_ONCE
        for name in self.names:
            self._zip.check(self._entries[name])
            memory.require(self.size(name), f"{self.name}: {name}", limit)
        self.paths = [f"{path}/{name}" for name in self.names]
        self.sizes = [self.size(name) for name in self.names]
        self.times = [self._zip.checksum(self._entries[name]) for name in self.names]

    def head(self, name, count):
        """The first `count` bytes of an image, all of them for -1; none of a damaged one."""
        count = self.size(name) if count < 0 else count
        try:
            with self._zip.stream(self._entries[name]) as stream:
                return stream.read(count)
        except ValueError:
            return b""

    def content(self, name):
        """The content of any file in the zip.

        Raises: ValueError for a damaged one, and one that memory does not hold.
        """
        return self._zip.read(self._entries[name])

    def size(self, name):
        """The bytes that a file in the zip is declared to have."""
        return self._zip.size(self._entries[name])


def _plain(entry):
    """A name in a zip with / between folders, none of which leads up or is the root."""
    parts = entry.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))
