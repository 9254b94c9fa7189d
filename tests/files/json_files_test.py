"""JSON that is not what it should be is refused in one sentence that names the entry."""

import msgspec
import pytest

from tfgan import files


class Form(msgspec.Struct, forbid_unknown_fields=True):
    """What the tests read."""

    seed: int
    name: str = ""


def read(tmp_path, content):
    path = tmp_path / "record.json"
    path.write_bytes(content)
    return files.read_json(str(path), Form, "a record")


def test_what_fits_the_form_is_read(tmp_path):
    assert read(tmp_path, b'{"seed": 3}') == Form(3, "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "truncated"),
        (b"{", "truncated"),
        (b"5", "the whole must be an object; received a whole number"),
        (b'{"seed": "3"}', "`seed` must be a whole number; received a string"),
        (b'{"seed": 1e400}', "out of range"),
        (b'{"name": "a"}', "the entry `seed` is missing"),
        (b'{"seed": 3, "sed": 4}', "the entry `sed` is unknown"),
        (b'{"seed": 3, "name": "\xff"}', "utf-8"),
        (b'{"seed": ' + b"[" * 100_000, "a list"),
    ],
)
def test_what_does_not_is_refused_with_what_is_wrong(tmp_path, content, reason):
    with pytest.raises(ValueError, match="record.json is not a record: ") as refused:
        read(tmp_path, content)
    assert reason.lower() in str(refused.value).lower()
    assert str(refused.value).endswith(".")


def test_entries_that_lie_too_deep_are_refused():
    with pytest.raises(ValueError, match="not a list: its entries are nested too deeply"):
        files.parse_json("[" * 100_000, list, "not a list")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "record.json"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(ValueError, match="1,073,741,824 bytes, more than"):
        files.read_json(str(path), Form, "a record")
