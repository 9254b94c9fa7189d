"""Folders of images are read."""

import os

import numpy as np
import pytest

from tfgan.data import reading_rules
from tfgan.data.decoding import cache
from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import image_folder

from .. import kinds
from ..folders import few_and_many, opened, pixels, values, write


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


def test_a_folder_may_end_in_a_slash(folder):
    write(folder, "a/1.png", pixels(1))
    write(folder, "b/2.png", pixels(2))
    assert opened(folder + "/").fingerprint == opened(folder).fingerprint
    assert opened(folder + "/").label.tolist() == [0, 1]


@pytest.mark.parametrize("name", kinds.all_kinds())
def test_every_kind_of_file_is_read_as_pillow_shows_it(tmp_path, name):
    content = kinds.all_kinds()[name]
    write(tmp_path, name, content)
    write(tmp_path, name.upper(), content)
    expected = np.stack([kinds.seen(content)] * 2)
    np.testing.assert_array_equal(opened(tmp_path).data, expected)


def test_an_image_that_needs_too_much_memory_is_refused_with_the_number(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    write(tmp_path, "bomb.png", kinds.png(50_000, 50_000, 8, 2, b""))
    sentence = (
        r"1 of 2 files cannot be decoded: bomb.png \(its 50,000 x 50,000 pixels need 7.. GiB of "
        r"memory, of which 512.0 MiB may be taken \(--memory\)\); remove it or use --skip_broken"
    )
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, ImagePreprocessing((4, 6)), memory=2**30)
    assert opened(tmp_path, ImagePreprocessing((4, 6)), memory=2**30, skip_broken=True).count == 1


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


def test_one_other_file_is_said_in_the_singular_and_the_file_of_the_labels_is_not(
    tmp_path, warnings
):
    write(tmp_path, "1.png", pixels(1))
    write(tmp_path, "a.txt", b"text")
    write(tmp_path, "l.csv", b"1.png,cat\n")
    assert opened(tmp_path, labels=f"{tmp_path}/l.csv").spec.class_names == ("cat",)
    assert warnings[0].endswith("1 file is not an image and is left alone: a.txt.")


def test_sizes_are_made_equal(tmp_path):
    write(tmp_path, "a.png", pixels(1, 10, 20))
    write(tmp_path, "b.png", pixels(2, 20, 10, channels=1))
    source = opened(tmp_path, ImagePreprocessing((6, 8), channels=3))
    assert source.data.shape == (2, 6, 8, 3) and values(source) == [1, 2]


def test_several_sizes_need_image_size(tmp_path):
    write(tmp_path, "a.png", pixels(1, 10, 20))
    write(tmp_path, "b.png", pixels(2, 20, 10))
    with pytest.raises(ValueError, match=r"10 x 20 \(a.png\) and 20 x 10 \(b.png\); give --image_"):
        opened(tmp_path)


def test_gray_beside_color_needs_channels(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    write(tmp_path, "b.png", pixels(2, channels=1))
    with pytest.raises(ValueError, match="give --channels 1 or 3"):
        opened(tmp_path)
    assert opened(tmp_path, ImagePreprocessing(channels=1)).spec.shape == (4, 6, 1)


def test_decoded_images_of_before_are_found_again_with_the_labels_of_today(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MEMORY_LIMIT", 0)
    few_and_many(tmp_path / "in", **{str(number): 1 for number in range(12)})
    options = {"cache_dir": str(tmp_path / "cache")}
    opened(tmp_path / "in", rules=reading_rules.BEFORE, **options)
    monkeypatch.setattr(image_folder, "_images", None)  # a second decoding would fail
    assert opened(tmp_path / "in", **options).label.tolist() == [0, 1, 10, 11, *range(2, 10)]


def test_a_large_folder_goes_to_disk_and_is_found_again(tmp_path, monkeypatch):
    for index in range(4):
        write(tmp_path / "in", f"{'ab'[index % 2]}/{index}.png", pixels(index))
    options = {"cache_dir": str(tmp_path / "cache")}
    inside = opened(tmp_path / "in", **options)
    monkeypatch.setattr(cache, "MEMORY_LIMIT", 100)
    mapped = opened(tmp_path / "in", **options)
    assert not isinstance(inside.data, np.memmap) and isinstance(mapped.data, np.memmap)
    monkeypatch.setattr(image_folder, "_images", None)  # a second decoding would fail
    again = opened(tmp_path / "in", **options)
    for source in (mapped, again):
        np.testing.assert_array_equal(source.data, inside.data)
        np.testing.assert_array_equal(source.label, inside.label)
        assert source.fingerprint == inside.fingerprint and source.spec == inside.spec


def test_a_changed_folder_or_option_is_decoded_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MEMORY_LIMIT", 0)
    folder, options = tmp_path / "in", {"cache_dir": str(tmp_path / "cache")}
    write(folder, "a.png", pixels(1))
    assert values(opened(folder, **options)) == [1]
    assert opened(folder, ImagePreprocessing((2, 2)), **options).spec.shape == (2, 2, 3)
    write(folder, "a.png", pixels(2))
    os.utime(folder / "a.png", (1, 1))
    assert values(opened(folder, **options)) == [2]


def test_the_fingerprint_does_not_depend_on_the_size_asked_for(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    before = opened(tmp_path).fingerprint
    assert opened(tmp_path, ImagePreprocessing((2, 2))).fingerprint == before
    write(tmp_path, "a.png", pixels(2))
    assert opened(tmp_path).fingerprint != before
