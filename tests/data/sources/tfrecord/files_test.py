import gzip
import pathlib
import struct

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfgan import memory
from tfgan.data import held_out, open_source
from tfgan.data.sources.tfrecord import files

from . import written

ROWS = [{"image": written.png(image), "label": i} for i, image in enumerate(written.images(4))]


def content(folder, compression=""):
    written.write(folder / "whole", ROWS, compression)
    return (folder / "whole").read_bytes()


@pytest.mark.parametrize("compression", ["", "GZIP", "ZLIB"])
@pytest.mark.parametrize("count", [1, 4])
def test_records_are_counted_and_read(tmp_path, compression, count):
    written.write(tmp_path / "a", ROWS[:count], compression)
    result = files.scan("it", str(tmp_path / "a"))
    assert result == files.RecordFile(str(tmp_path / "a"), count, compression)
    assert result.first("it", 9) == [written.record(row) for row in ROWS[:count]]


def test_a_length_that_looks_like_a_compressed_file_is_a_length(tmp_path):
    record = bytes(0x9C78)  # the first bytes are those of a zlib stream
    written.write(tmp_path / "a", [record] * 2)
    assert files.scan("it", str(tmp_path / "a")).count == 2


@pytest.mark.parametrize("compression", ["", "GZIP", "ZLIB"])
def test_cut_files_are_refused(tmp_path, compression):
    whole = content(tmp_path, compression)
    for size in (5, 11, len(whole) // 2 - 3, len(whole) - 5):
        (tmp_path / "cut").write_bytes(whole[:size])
        with pytest.raises(ValueError, match="not a TFRecord file, or is truncated or damaged"):
            files.scan("it", str(tmp_path / "cut"))


@pytest.mark.parametrize("length", [2**63, 2**64 - 1, 2**40])
def test_a_declared_length_is_not_believed(tmp_path, length):
    record = struct.pack("<Q", length) + bytes(4) + b"content"
    for packed in (record, gzip.compress(record)):
        (tmp_path / "a").write_bytes(packed)
        with pytest.raises(ValueError, match="truncated or damaged .record 0"):
            files.scan("it", str(tmp_path / "a"))


def test_a_record_larger_than_memory_is_refused(tmp_path, monkeypatch):
    written.write(tmp_path / "a", [bytes(2**22)], "GZIP")
    assert (tmp_path / "a").stat().st_size < 2**15
    monkeypatch.setattr(memory, "free", lambda: 2**20)
    with pytest.raises(ValueError, match="a record of .*a needs 4.0 MiB of memory"):
        files.scan("it", str(tmp_path / "a"))


def test_other_files_are_refused(tmp_path):
    (tmp_path / "text").write_text("This is a text and not a file of records.")
    with pytest.raises(ValueError, match="text is not a TFRecord file"):
        files.scan("it", str(tmp_path / "text"))


def test_a_damaged_record_among_the_first_is_named(tmp_path):
    whole = content(tmp_path)
    (tmp_path / "a").write_bytes(whole[:30] + b"!" + whole[31:])
    with pytest.raises(ValueError, match="record 0 of .*a is damaged"):
        open_source(f"tfrecord:{tmp_path}/a")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["", "GZIP", "ZLIB"]), st.integers(0), st.binary(min_size=1, max_size=9),
       st.integers(0, 9))  # fmt: skip
def test_a_mutated_file_gives_the_images_or_one_sentence(
    tmp_path_factory, compression, place, piece, cut
):
    folder = pathlib.Path(tmp_path_factory.getbasetemp())
    whole = content(folder, compression)
    place %= len(whole)
    (folder / "mutated").write_bytes(whole[:place] + piece + whole[place + cut :])
    remaining, held_out.MOST = held_out.MOST, 0
    try:
        [batch] = open_source(f"tfrecord:{folder}/mutated").examples(batch_size=9)
    except (ValueError, tf.errors.OpError) as error:
        text = getattr(error, "message", str(error)).split(" [Op:")[0]
        assert "Traceback" not in text and "\n" not in text.strip()
    else:
        right = {image.tobytes() for image in written.images(4)}
        assert {np.ascontiguousarray(image).tobytes() for image in batch["data"]} <= right
    finally:
        held_out.MOST = remaining
