"""Files, local or remote: atomic writing, safe removal, locks, and reading without trust."""

from tfgan.files.archives import Archive, open_archive
from tfgan.files.arrays import Arrays, open_arrays
from tfgan.files.atomic import (
    array_bytes,
    atomic_directory,
    atomic_file,
    write_arrays,
    write_bytes,
    write_text,
    write_together,
)
from tfgan.files.hdf5 import check_hdf5
from tfgan.files.json_files import parse_json, read_json
from tfgan.files.locks import Lock, Locked, locked
from tfgan.files.names import is_plain_name, names_in, part_of
from tfgan.files.new_directory import new_directory
from tfgan.files.removal import remove, remove_parts
from tfgan.files.safe_open import open_binary, open_without_links, read_bytes

__all__ = [
    "Archive", "Arrays", "Lock", "Locked", "array_bytes", "atomic_directory", "atomic_file",
    "check_hdf5", "is_plain_name", "locked", "names_in", "new_directory", "open_archive",
    "open_arrays", "open_binary", "open_without_links", "parse_json", "part_of", "read_bytes",
    "read_json", "remove", "remove_parts", "write_arrays", "write_bytes", "write_text",
    "write_together",
]  # fmt: skip
