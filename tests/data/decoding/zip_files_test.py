import io
import os
import zipfile

import numpy as np
import pytest
import tensorflow as tf

from tfgan import memory
from tfgan.data import open_source


def png(value):
    return tf.io.encode_png(np.full((4, 6, 3), value, np.uint8)).numpy()


def zipped(path, files, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    tf.io.write_file(str(path), buffer.getvalue())
    return f"images:{path}"


def several(count=40):
    return {f"{'ab'[index % 2]}/{index:02d}.png": png(index) for index in range(count)}


def unzipped(folder, files):
    for name, content in files.items():
        tf.io.gfile.makedirs(f"{folder}/{os.path.dirname(name)}")
        tf.io.write_file(f"{folder}/{name}", content)
    return f"images:{folder}"


def values(source):
    return source.data[:, 0, 0, 0].tolist()


@pytest.mark.parametrize("place", ["local", "ram"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_zip_is_read_like_the_folder_in_it(tmp_path, place, method):
    path = tmp_path / "A.ZIP" if place == "local" else f"ram://{tmp_path.name}/a.zip"
    inside = open_source(zipped(path, several(), compression=method))
    outside = open_source(unzipped(tmp_path / "folder", several()))
    np.testing.assert_array_equal(inside.data, outside.data)
    np.testing.assert_array_equal(inside.label, outside.label)
    np.testing.assert_array_equal(inside.held_out.rows, outside.held_out.rows)
    assert inside.fingerprint == outside.fingerprint and inside.spec == outside.spec


def test_nothing_is_unpacked_and_names_lead_nowhere(tmp_path):
    files = {"../../up.png": png(1), "/etc/root.png": png(2), "x\\back.png": png(3)}
    (tmp_path / "in").mkdir()
    name = zipped(tmp_path / "in" / "a.zip", files)
    before = sorted(tmp_path.rglob("*"))
    source = open_source(name, cache_dir=str(tmp_path / "cache"), labels="none")
    assert sorted(values(source)) == [1, 2, 3]
    assert sorted(tmp_path.rglob("*")) == before


def test_what_macos_adds_is_hidden(tmp_path):
    files = {"pets/a/1.png": png(1), "pets/b/2.png": png(2), "__MACOSX/pets/a/._1.png": b"x"}
    source = open_source(zipped(tmp_path / "a.zip", files))
    assert source.spec.class_names == ("a", "b") and values(source) == [1, 2]


def damaged(tmp_path, place):
    """A zip whose second image of three has a wrong byte `place` bytes behind its name."""
    name = zipped(tmp_path / "a.zip", {f"{index}.png": png(index) for index in range(3)})
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[content.index(b"1.png") + place] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    return name


@pytest.mark.parametrize("place", [0, 20, 60])  # in the name, the image, its checksum
def test_a_damaged_image_in_a_zip_is_a_broken_one(tmp_path, place):
    name = damaged(tmp_path, place)
    with pytest.raises(ValueError, match=r"1 of 3 files cannot be decoded: 1.png .*; remove it or"):
        open_source(name)
    assert values(open_source(name, skip_broken=True)) == [0, 2]


def test_an_encrypted_image_is_refused(tmp_path):
    name = zipped(tmp_path / "a.zip", {"1.png": png(1)})
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(
        ValueError, match=r"a.zip: 1.png is encrypted; unpack the zip file with its"
    ):
        open_source(name)


def test_an_unknown_compression_is_refused(tmp_path):
    name = zipped(tmp_path / "a.zip", {"1.png": png(1)})
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[content.index(b"PK\1\2") + 10] = 93  # Zstandard
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ValueError, match=r"way that Python cannot read \(method 93\); unpack"):
        open_source(name)


def test_a_bomb_is_refused_by_its_declared_size_before_it_is_read(tmp_path, monkeypatch):
    name = zipped(
        tmp_path / "a.zip", {"1.png": bytes(10_000_000)}, compression=zipfile.ZIP_DEFLATED
    )
    assert os.path.getsize(tmp_path / "a.zip") < 20_000
    monkeypatch.setattr(memory, "free", lambda: 16_000_000)
    with pytest.raises(ValueError, match=r"a.zip: 1.png needs 9.5 MiB of memory, of which 1.9 MiB"):
        open_source(name)


def test_an_image_that_is_longer_than_declared_is_read_no_further(tmp_path):
    name = zipped(tmp_path / "a.zip", {"1.png": bytes(100_000)}, compression=zipfile.ZIP_DEFLATED)
    content = bytearray((tmp_path / "a.zip").read_bytes())
    place = content.index(b"PK\1\2") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ValueError, match="1 of 1 file cannot be decoded: 1.png"):
        open_source(name)


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_another_file_is_refused(tmp_path, content):
    if content is None:
        zipped(tmp_path / "a.zip", {})
        content = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(content)
    message = "there are no images" if len(content) > 20 else "is not a zip file, or is damaged"
    with pytest.raises(ValueError, match=message):
        open_source(f"images:{tmp_path}/a.zip")


def test_a_missing_zip_is_refused(tmp_path):
    with pytest.raises(ValueError, match="a.zip: there is no such file"):
        open_source(f"images:{tmp_path}/a.zip")
