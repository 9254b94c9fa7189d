"""The images of a zip file, read without unpacking them to a disk."""

import lzma
import zipfile
import zlib

import tensorflow as tf

from tfgan import memory
from tfgan.data import listing

_ENCRYPTED = 1  # the bit of a member's flags
_AT_ONCE = 4  # members that may be in memory together
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)


class Zip:
    """The image files in a zip file: what `listing.Folder` is for a folder.

    Nothing is unpacked to a disk, so that names of members lead nowhere. A member is read as far as
    its declared size, and only if there is memory for that.

    Attributes: as of `listing.Folder`; a member's checksum stands for its time.

    Args:
      path: str, anything that `tf.io.gfile` takes.
    Raises: ValueError for a file that is missing or not a zip file, and for images that are
      encrypted, compressed in an unknown way, or declared to be larger than memory allows.
    """

    missing = ()

    def __init__(self, path):
        self.name = f"images:{path}"
        self._zip = self._opened(path)
        self._members = {
            member.filename.replace("\\", "/"): member
            for member in self._zip.infolist()
            if not member.is_dir()
        }
        self.names, self.others = listing.image_names(list(self._members))
        most = memory.budget() // _AT_ONCE
        for name in self.names:
            self._check(name, most)
        images = [self._members[name] for name in self.names]
        self.paths = [f"{path}/{name}" for name in self.names]
        self.sizes = [member.file_size for member in images]
        self.times = [member.CRC for member in images]
        self._prefix = len(path) + 1

    def read(self, path):
        """The content of an image: str scalar tensor; no bytes for one that is damaged.

        Args:
          path: str scalar tensor, one of `paths`.
        """

        def content(path):
            try:
                return self.content(path.decode("utf-8", "surrogateescape")[self._prefix :])
            except _DAMAGED:
                return b""

        return tf.ensure_shape(tf.numpy_function(content, [path], tf.string), [])

    def content(self, name, most=-1):
        """The first `most` bytes of a member, by default all."""
        with self._zip.open(self._members[name]) as file:
            return file.read(most)

    def size(self, name):
        """The bytes that a member is declared to have."""
        return self._members[name].file_size

    def _opened(self, path):
        if not tf.io.gfile.exists(path):
            raise ValueError(f"{self.name}: there is no such file.")
        try:
            return zipfile.ZipFile(tf.io.gfile.GFile(path, "rb"))
        except (*_DAMAGED, ValueError, NotImplementedError) as error:
            raise ValueError(f"{self.name} is not a zip file that can be read: {error}.") from error

    def _check(self, name, most):
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise ValueError(
                f"{self.name}: {name} is encrypted; unpack the file with its password and give the "
                "folder."
            )
        memory.require(member.file_size, f"{self.name}: {name}", most)
        if member.compress_type not in _METHODS:
            raise ValueError(
                f"{self.name}: {name} is compressed in a way that Python cannot read (method "
                f"{member.compress_type}); unpack the file and give the folder."
            )
