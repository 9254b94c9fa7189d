"""Labels, the part that is held out, and what is kept of a folder between two runs."""

import os

import numpy as np

from tfgan.data import held_out, reading_rules
from tfgan.data.decoding import cache
from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import image_folder

from .folders import labels_of, opened, pixels, values, write


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
    assert source.decisions == {"held_out": "each class"}
    assert said.messages[-1].endswith("held out is one example in ten of each class.")


def test_a_run_of_before_reads_the_labels_and_the_held_out_part_that_it_had(tmp_path):
    few_and_many(tmp_path, **{str(number): 5 for number in range(12)})
    write(tmp_path, "0/stray/1.png", pixels(1))
    before, today = (
        opened(tmp_path, rules=rules) for rules in (reading_rules.BEFORE, reading_rules.TODAY)
    )
    assert before.spec.class_names[:4] == ("0", "1", "10", "11")
    assert today.spec.class_names[:4] == ("0", "1", "2", "3")
    assert before.decisions == {} and today.decisions["held_out"] == "each class"
    hashes = held_out.hashes_of_names(image_folder.list_files(str(tmp_path)).names)
    np.testing.assert_array_equal(before.held_out.rows, np.flatnonzero(held_out.chosen(hashes)))
    assert before.fingerprint != today.fingerprint
    assert before.held_out.fingerprint != today.held_out.fingerprint


def test_decoded_images_of_before_are_found_again_with_the_labels_of_today(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MEMORY_LIMIT", 0)
    few_and_many(tmp_path / "in", **{str(number): 1 for number in range(12)})
    options = {"cache_dir": str(tmp_path / "cache")}
    opened(tmp_path / "in", rules=reading_rules.BEFORE, **options)
    monkeypatch.setattr(image_folder, "_examples", None)  # a second decoding would fail
    assert opened(tmp_path / "in", **options).label.tolist() == [0, 1, 10, 11, *range(2, 10)]


def test_the_split_of_the_folder_is_held_out(tmp_path):
    few_and_many(tmp_path / "train", cat=3, dog=2)
    few_and_many(tmp_path / "val", cat=1, dog=2)
    source = opened(tmp_path)
    assert (source.count, source.held_out.count) == (5, 3)
    assert labels_of(source.held_out).tolist() == [0, 1, 1]
    assert source.decisions == {"labels": "folders", "training": "train", "held_out": "val"}


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
    monkeypatch.setattr(cache, "MEMORY_LIMIT", 100)
    mapped = opened(tmp_path / "in", **options)
    assert not isinstance(inside.data, np.memmap) and isinstance(mapped.data, np.memmap)
    monkeypatch.setattr(image_folder, "_examples", None)  # a second decoding would fail
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
