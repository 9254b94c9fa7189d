"""Files, local or remote: written whole, removed with care, locked, and read without trust.

Every file that tfgan writes goes through `writing`, every directory that it removes through
`removing`, and what two processes may want at once through `locking`.
"""

from tfgan.files.archives import Archive, open_archive
from tfgan.files.arrays import Arrays, open_arrays
from tfgan.files.atomic import part_of, replacing, write_arrays, write_bytes, write_text
from tfgan.files.atomic_directories import filling
from tfgan.files.hdf5 import check_hdf5
from tfgan.files.json_files import parse_json, read_json
from tfgan.files.listing import names_in
from tfgan.files.locks import Lock, Locked, locked
from tfgan.files.names import is_plain_name
from tfgan.files.no_follow import open_own
from tfgan.files.removal import remove, remove_parts
from tfgan.files.safe_open import open_binary, read_bytes

__all__ = [
    "Archive",
    "Arrays",
    "Lock",
    "Locked",
    "check_hdf5",
    "filling",
    "is_plain_name",
    "locked",
    "names_in",
    "open_archive",
    "open_arrays",
    "open_binary",
    "open_own",
    "parse_json",
    "part_of",
    "read_bytes",
    "read_json",
    "remove",
    "remove_parts",
    "replacing",
    "write_arrays",
    "write_bytes",
    "write_text",
]
