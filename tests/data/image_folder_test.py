import os

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import image_folder, open_source, store
from tfgan.data.decoding import Fit


def pixels(index, height=4, width=6, channels=3):
    return np.full((height, width, channels), 10 * index, np.uint8)


def write(folder, name, image):
    path = f"{folder}/{name}"
    tf.io.gfile.makedirs(os.path.dirname(path))
    if not isinstance(image, bytes):
        image = tf.io.encode_png(image).numpy()
    tf.io.write_file(path, image)


def opened(folder, fit=None, **options):
    return image_folder.open_folder(str(folder), fit=fit or Fit(), **options)


def values(source):
    return (source.data[:, 0, 0, 0] // 10).tolist()


@pytest.fixture
def warnings(monkeypatch):
    lines = []
    monkeypatch.setattr(
        image_folder._LOG, "warning", lambda text, *values: lines.append(text % values)
    )
    return lines


@pytest.fixture(params=["local", "ram"])
def folder(request, tmp_path):
    """The same folder on the disk and in another file system."""
    return str(tmp_path) if request.param == "local" else f"ram://{tmp_path.name}"


def test_images_are_read_in_the_order_of_their_names(folder):
    for index in (3, 1, 2):
        write(folder, f"{index}.png", pixels(index))
    source = opened(folder)
    assert values(source) == [1, 2, 3]
    assert source.spec.shape == (4, 6, 3) and source.spec.classes is None
    assert source.name == f"images:{folder}"


def test_sub_folders_are_the_labels(folder):
    write(folder, "dog/deep/1.png", pixels(1))
    write(folder, "cat/2.png", pixels(2))
    write(folder, "dog/3.png", pixels(3))
    source = opened(folder)
    assert source.spec.class_names == ("cat", "dog")
    assert (values(source), source.label.tolist()) == ([2, 3, 1], [0, 1, 1])


@pytest.mark.parametrize("names", [("a/1.png", "b/2.png", "3.png"), ("a/1.png", "a/2.png")])
def test_without_two_sub_folders_that_hold_all_there_are_no_labels(tmp_path, names):
    for name in names:
        write(tmp_path, name, pixels(1))
    assert opened(tmp_path).label is None


def test_a_folder_may_end_in_a_slash(folder):
    write(folder, "a/1.png", pixels(1))
    write(folder, "b/2.png", pixels(2))
    assert opened(folder + "/").fingerprint == opened(folder).fingerprint
    assert opened(folder + "/").label.tolist() == [0, 1]


def test_jpeg_png_gif_and_bmp_are_read(tmp_path):
    image = pixels(9)
    write(tmp_path, "a.JPG", tf.io.encode_jpeg(image, quality=100).numpy())
    write(tmp_path, "b.jpeg", tf.io.encode_jpeg(image, quality=100).numpy())
    write(tmp_path, "c.Png", image)
    write(tmp_path, "d.bmp", bitmap(image))
    source = opened(tmp_path)
    np.testing.assert_allclose(source.data.astype(int), 90, atol=1)
    assert source.count == 4


def bitmap(image):
    """A BMP by hand: two headers, then rows bottom up, padded to four bytes."""
    height, width, _ = image.shape
    rows = b"".join(row[:, ::-1].tobytes() + b"\0" * (-3 * width % 4) for row in image[::-1])
    sizes = [54 + len(rows), 0, 54, 40, width, height]
    header = b"BM" + np.array(sizes, "<u4").tobytes() + np.array([1, 24], "<u2").tobytes()
    return header + np.array([0, len(rows), 2835, 2835, 0, 0], "<u4").tobytes() + rows


def test_other_files_are_counted_and_hidden_ones_are_not(tmp_path, warnings):
    for name in ("1.png", ".2.png", ".hidden/3.png", "__MACOSX/._1.png"):
        write(tmp_path, name, pixels(1))
    for name in ("a.txt", "b.txt", "c.csv", "d.npy", ".DS_Store"):
        write(tmp_path, name, b"text")
    assert opened(tmp_path).count == 1
    assert len(warnings) == 1
    assert warnings[0].endswith(
        "4 files are not images and are left alone: a.txt, b.txt, c.csv, ...."
    )


def test_sizes_are_made_equal(tmp_path):
    write(tmp_path, "a.png", pixels(1, 10, 20))
    write(tmp_path, "b.png", pixels(2, 20, 10, channels=1))
    source = opened(tmp_path, Fit((6, 8), channels=3))
    assert source.data.shape == (2, 6, 8, 3) and values(source) == [1, 2]


def test_several_sizes_need_image_size(tmp_path):
    write(tmp_path, "a.png", pixels(1, 10, 20))
    write(tmp_path, "b.png", pixels(2, 20, 10))
    with pytest.raises(ValueError, match=r"10 x 20 \(a.png\) and 20 x 10 \(b.png\); give --image_"):
        opened(tmp_path)


def test_grey_beside_colour_needs_channels(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    write(tmp_path, "b.png", pixels(2, channels=1))
    with pytest.raises(ValueError, match="give --channels 1 or 3"):
        opened(tmp_path)
    assert opened(tmp_path, Fit(channels=1)).spec.shape == (4, 6, 1)


@pytest.fixture
def damaged(tmp_path):
    """Ten files in two classes; the second to the fifth are broken, each in its own way."""
    jpeg = tf.io.encode_jpeg(np.random.default_rng(0).integers(0, 256, (4, 6, 3), np.uint8)).numpy()
    png = tf.io.encode_png(pixels(1)).numpy()
    broken = {1: jpeg[:-10], 2: png[:-20], 3: b"", 4: b"no image"}
    for index in range(10):
        write(tmp_path, f"{'ab'[index % 2]}/{index}.jpg", broken.get(index, pixels(index)))
    return tmp_path


def test_broken_files_are_named_and_counted(damaged):
    message = "4 of 10 files cannot be decoded: a/2.jpg, a/4.jpg, b/1.jpg, ...; remove them or use"
    with pytest.raises(ValueError, match=message):
        opened(damaged)


def test_broken_files_can_be_left_out(damaged, warnings):
    source = opened(damaged, skip_broken=True)
    assert values(source) == [0, 6, 8, 5, 7, 9]
    assert source.label.tolist() == [0, 0, 0, 1, 1, 1]
    assert "4 of 10 files cannot be decoded: a/2.jpg" in warnings[0]


def test_a_file_that_cannot_be_read_is_no_broken_image(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    os.symlink(tmp_path / "nothing", tmp_path / "b.png")
    with pytest.raises(ValueError, match=r"a file cannot be read: .*b\.png"):
        opened(tmp_path, skip_broken=True)


def test_a_large_folder_goes_to_disk_and_is_found_again(tmp_path, monkeypatch):
    for index in range(4):
        write(tmp_path / "in", f"{'ab'[index % 2]}/{index}.png", pixels(index))
    options = {"cache_dir": str(tmp_path / "cache")}
    inside = opened(tmp_path / "in", **options)
    monkeypatch.setattr(store, "MEMORY_LIMIT", 100)
    mapped = opened(tmp_path / "in", **options)
    assert not isinstance(inside.data, np.memmap) and isinstance(mapped.data, np.memmap)
    monkeypatch.setattr(image_folder, "_examples", None)  # a second decoding would fail
    again = opened(tmp_path / "in", **options)
    for source in (mapped, again):
        np.testing.assert_array_equal(source.data, inside.data)
        np.testing.assert_array_equal(source.label, inside.label)
        assert source.fingerprint == inside.fingerprint and source.spec == inside.spec


def test_a_changed_folder_or_option_is_decoded_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MEMORY_LIMIT", 0)
    folder, options = tmp_path / "in", {"cache_dir": str(tmp_path / "cache")}
    write(folder, "a.png", pixels(1))
    assert values(opened(folder, **options)) == [1]
    assert opened(folder, Fit((2, 2)), **options).spec.shape == (2, 2, 3)
    write(folder, "a.png", pixels(2))
    os.utime(folder / "a.png", (1, 1))
    assert values(opened(folder, **options)) == [2]


def test_the_fingerprint_does_not_depend_on_the_size_asked_for(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    before = opened(tmp_path).fingerprint
    assert opened(tmp_path, Fit((2, 2))).fingerprint == before
    write(tmp_path, "a.png", pixels(2))
    assert opened(tmp_path).fingerprint != before


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="nowhere: there is no such folder"):
        open_source(f"images:{tmp_path}/nowhere")


def test_a_folder_without_images_is_refused(tmp_path):
    write(tmp_path, "a.txt", b"text")
    with pytest.raises(
        ValueError, match=r"there are no images \(.jpg .jpeg .png .gif .bmp\) in it"
    ):
        opened(tmp_path)
