import os

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import held_out, image_files, image_folder, listing, open_source, rules, store
from tfgan.data.decoding import Fit

from . import kinds


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


@pytest.fixture
def said(caplog):
    caplog.set_level("INFO")
    return caplog


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


def test_what_is_decided_about_pixels_is_said_once_and_recorded(tmp_path, caplog):
    found = kinds.all_kinds()
    for name in ("alpha.png", "gray_alpha.png", "turned.jpg", "xmp.jpg", "turned.png", "plain.jpg"):
        write(tmp_path, name, found[name])
    write(tmp_path, "animated.gif", found["animated.gif"])
    write(tmp_path, "deep.png", tf.io.encode_png(deep(2950)).numpy())
    caplog.set_level("INFO", "tfgan")
    source = opened(tmp_path, Fit((8, 8), channels=3, background=(0, 0, 0)))
    assert source.decided == {
        "alpha": "2 with alpha, on black (--background)",
        "orientation": "3 turned the right way up, as EXIF says",
        "animation": "1 with several pictures, of which the first is taken",
        "depth": "1 of 16 bits, with 4,095 as white",
    }
    [line] = [line for line in caplog.messages if "alpha" in line]
    assert line.startswith(f"images:{tmp_path}: of 8 images, alpha: 2 with alpha, on black")
    assert opened(tmp_path, Fit((8, 8), channels=4)).decided.keys() == source.decided.keys() - {
        "alpha"
    }


def deep(most, index=0):
    """Gray of 16 bits from 1,000 to `most`."""
    return np.linspace(1000 + index, most, 24).reshape(4, 6, 1).astype(np.uint16)


@pytest.mark.parametrize(
    ("most", "white"), [(1020, 1023), (2950, 4095), (9999, 16383), (40000, 65535)]
)
def test_images_of_sixteen_bits_are_scaled_by_the_largest_number_of_the_set(tmp_path, most, white):
    arrays = [deep(most), deep(1020, 5)]
    for index, array in enumerate(arrays):
        write(tmp_path, f"{index}.png", tf.io.encode_png(array).numpy())
    expected = np.rint(np.stack(arrays) * 255.0 / white)
    np.testing.assert_array_equal(opened(tmp_path).data, expected)


def test_pixels_that_nobody_decided_about_leave_the_record_as_it_was(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    plain = opened(tmp_path)
    assert plain.decided == {}
    write(tmp_path, "a.png", kinds.all_kinds()["alpha.png"])
    white, black = opened(tmp_path), opened(tmp_path, Fit(background=(0, 0, 0)))
    assert white.fingerprint != black.fingerprint


def test_several_sizes_are_refused_before_any_image_is_decoded(tmp_path, monkeypatch):
    write(tmp_path, "a.png", pixels(1, 10, 20))
    write(tmp_path, "b.png", pixels(2, 20, 10))
    monkeypatch.setattr(image_files, "decoded", None)
    with pytest.raises(ValueError, match="several sizes"):
        opened(tmp_path)


def test_an_image_that_needs_too_much_memory_is_refused_with_the_number(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    write(tmp_path, "bomb.png", kinds.png(50_000, 50_000, 8, 2, b""))
    sentence = (
        r"1 of 2 files cannot be decoded: bomb.png \(its 50,000 x 50,000 pixels need 7.. GiB of "
        r"memory, of which 512.0 MiB may be taken \(--memory\)\); remove them or use --skip_broken"
    )
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, Fit((4, 6)), memory=2**30)
    assert opened(tmp_path, Fit((4, 6)), memory=2**30, skip_broken=True).count == 1


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
    message = (
        r"4 of 10 files cannot be decoded: a/2.jpg \(it is damaged or cut short\), a/4.jpg \(it is "
        r"not an image\), b/1.jpg \(it is .* cut short\), ...; remove them or use"
    )
    with pytest.raises(ValueError, match=message):
        opened(damaged)


def test_broken_files_can_be_left_out(damaged, warnings):
    source = opened(damaged, skip_broken=True)
    assert values(source) == [0, 6, 8, 5, 7, 9]
    assert source.label.tolist() == [0, 0, 0, 1, 1, 1]
    assert "4 of 10 files cannot be decoded: a/2.jpg" in warnings[0]


def test_links_to_nothing_are_named_or_left_out(tmp_path, warnings):
    write(tmp_path, "a.png", pixels(1))
    os.symlink(tmp_path / "nothing", tmp_path / "b.png")
    with pytest.raises(
        ValueError, match="1 file cannot be read, because it is a link to nothing: b"
    ):
        opened(tmp_path)
    assert values(opened(tmp_path, skip_broken=True)) == [1]
    assert warnings[0].endswith("it is a link to nothing: b.png; it is left out.")


def test_a_file_that_may_not_be_read_is_no_broken_image(tmp_path, monkeypatch):
    write(tmp_path, "a.png", pixels(1))

    def refuse(path):
        raise tf.errors.PermissionDeniedError(None, None, f"{path}; Permission denied")

    monkeypatch.setattr(listing.tf.io.gfile, "stat", refuse)
    with pytest.raises(ValueError, match=r"a file cannot be read: .*a\.png; Permission denied"):
        opened(tmp_path, skip_broken=True)


def test_links_that_lead_back_are_not_followed_and_that_is_said(tmp_path, warnings, said):
    for index in range(10):
        write(tmp_path, f"a/{index}.png", pixels(index))
    os.symlink("..", tmp_path / "a" / "up")
    assert opened(tmp_path).count == 9  # one is held out
    assert said.messages[0].endswith("1 link to a folder above is not followed: a/up.")
    os.symlink("../a", tmp_path / "a" / "self")
    assert len(image_folder.list_files(str(tmp_path)).names) == 10


def test_links_to_folders_elsewhere_are_followed(tmp_path):
    write(tmp_path / "elsewhere", "1.png", pixels(1))
    write(tmp_path / "in", "a/2.png", pixels(2))
    os.symlink("../elsewhere", tmp_path / "in" / "b")
    assert opened(tmp_path / "in").spec.class_names == ("a", "b")


def test_a_folder_that_may_not_be_listed_is_refused(tmp_path, monkeypatch):
    write(tmp_path, "a/1.png", pixels(1))
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("/a"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(listing.os, "scandir", refuse)
    with pytest.raises(ValueError, match="/a cannot be read: Permission denied"):
        opened(tmp_path)


def few_and_many(folder, **counts):
    for name, count in counts.items():
        for index in range(count):
            write(folder, f"{name}/{index}.png", pixels(index % 25))


def test_each_class_gives_a_tenth_and_a_class_of_one_image_keeps_it(tmp_path, said):
    few_and_many(tmp_path, bird=1, cat=60, dog=30)
    source = opened(tmp_path)
    assert [np.bincount(labels_of(part)).tolist() for part in (source, source.held_out)] == [
        [1, 54, 27],
        [0, 6, 3],
    ]
    assert source.decided == {"held_out": "each class"}
    assert said.messages[-1].endswith("held out is one example in ten of each class.")


def labels_of(source):
    return source.label[source.rows]


def test_a_run_of_before_reads_the_labels_and_the_held_out_part_that_it_had(tmp_path):
    few_and_many(tmp_path, **{str(number): 5 for number in range(12)})
    write(tmp_path, "0/stray/1.png", pixels(1))
    before, today = (opened(tmp_path, by=by) for by in (rules.BEFORE, rules.TODAY))
    assert before.spec.class_names[:4] == ("0", "1", "10", "11")
    assert today.spec.class_names[:4] == ("0", "1", "2", "3")
    assert before.decided == {} and today.decided["held_out"] == "each class"
    hashes = held_out.hashes_of_names(image_folder.list_files(str(tmp_path)).names)
    np.testing.assert_array_equal(before.held_out.rows, np.flatnonzero(held_out.chosen(hashes)))
    assert before.fingerprint != today.fingerprint
    assert before.held_out.fingerprint != today.held_out.fingerprint


def test_decoded_images_of_before_are_found_again_with_the_labels_of_today(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MEMORY_LIMIT", 0)
    few_and_many(tmp_path / "in", **{str(number): 1 for number in range(12)})
    options = {"cache_dir": str(tmp_path / "cache")}
    opened(tmp_path / "in", by=rules.BEFORE, **options)
    monkeypatch.setattr(image_folder, "_examples", None)  # a second decoding would fail
    assert opened(tmp_path / "in", **options).label.tolist() == [0, 1, 10, 11, *range(2, 10)]


def test_the_split_of_the_folder_is_held_out(tmp_path):
    few_and_many(tmp_path / "train", cat=3, dog=2)
    few_and_many(tmp_path / "val", cat=1, dog=2)
    source = opened(tmp_path)
    assert (source.count, source.held_out.count) == (5, 3)
    assert labels_of(source.held_out).tolist() == [0, 1, 1]
    assert source.decided == {"labels": "folders", "training": "train", "held_out": "val"}


def test_other_labels_of_the_same_images_are_another_set(tmp_path):
    for index in range(2):
        write(tmp_path, f"{index}.png", pixels(index))
    prints = {opened(tmp_path).fingerprint}
    for line in ("0.png,a\n1.png,b\n", "0.png,b\n1.png,a\n"):
        write(tmp_path, "l.csv", line.encode())
        prints.add(opened(tmp_path, labels=f"{tmp_path}/l.csv").fingerprint)
    assert len(prints) == 3


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
        ValueError, match=r"there are no images \(.jpg .jpeg .jfif .png .gif .bmp .webp .tif"
    ):
        opened(tmp_path)
