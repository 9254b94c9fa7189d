import json

import numpy as np
import pytest

from tfgan.data.labels import folder_layout


class Archive:
    """Names and small files."""

    name = "images:x"

    def __init__(self, *names, **others):
        self.names = sorted(names)
        self._others = {name.replace("_json", ".json"): text for name, text in others.items()}
        self.others = list(self._others)

    def content(self, name):
        return self._others[name].encode()

    def size(self, name):
        return len(self._others[name])


@pytest.fixture
def log(caplog):
    caplog.set_level("INFO")
    return caplog


def named(result, archive):
    """{image: class} of what is used."""
    return {
        archive.names[row]: result.class_names[label]
        for row, label in zip(result.rows, result.labels, strict=True)
    }


def several(folder, count):
    return [f"{folder}/{index}.png" for index in range(count)]


def test_folders_are_classes_in_the_order_of_their_numbers():
    archive = Archive(*(f"{number}/a.png" for number in range(12)))
    result = folder_layout.of(archive)
    assert result.class_names == tuple(str(number) for number in range(12))
    assert all(name.startswith(f"{label}/") for name, label in named(result, archive).items())
    assert result.decisions == {"labels": "folders"}


def test_what_is_as_before_needs_no_decision():
    assert folder_layout.of(Archive("a/1.png", "b/1.png")).decisions == {}
    assert folder_layout.of(Archive("1.png", "2.png")).decisions == {}
    assert folder_layout.of(Archive("a/1.png", "a/2.png")).decisions == {}


def test_classes_are_said_with_their_counts(log):
    folder_layout.of(Archive(*several("cat", 2), *several("dog", 1)))
    assert log.messages == ["images:x: 2 classes: cat (2), dog (1) (one per folder)."]


def test_one_image_beside_class_folders_is_left_out_and_said(log):
    archive = Archive(*several("cat", 2), *several("dog", 2), "stray.png")
    result = folder_layout.of(archive)
    assert len(result.rows) == 4 and result.class_names == ("cat", "dog")
    assert result.decisions == {"labels": "folders", "left_out": 1}
    assert log.messages[-1] == (
        "images:x: 1 image is left out (stray.png), outside the folders of the classes; "
        "--labels=none uses all, without labels."
    )
    assert len(folder_layout.of(archive, "none").rows) == 5


def test_where_most_images_lie_beside_folders_there_are_no_labels(log):
    archive = Archive(*several("old", 1), *several("new", 1), "1.png", "2.png", "3.png")
    result = folder_layout.of(archive)
    assert result.labels is None and len(result.rows) == 5 and result.decisions == {}
    assert "most images are outside the folders (3 of 5 images)" in log.messages[0]
    assert folder_layout.of(archive, "folders").class_names == ("new", "old")


def test_a_folder_around_everything_is_not_a_class():
    archive = Archive("pets/cat/1.png", "pets/dog/1.png")
    result = folder_layout.of(archive)
    assert named(result, archive) == {"pets/cat/1.png": "cat", "pets/dog/1.png": "dog"}
    assert result.decisions == {"labels": "folders"}


def test_folders_can_be_asked_for_and_must_be_there():
    with pytest.raises(ValueError, match="--labels=folders needs two or more .*there 1 folder is"):
        folder_layout.of(Archive("cat/1.png", "2.png"), "folders")


@pytest.mark.parametrize("held_out", ["val", "Valid", "validation", "test"])
def test_splits_are_no_classes_and_their_own_part_is_held_out(log, held_out):
    archive = Archive(
        *several("train/cat", 3), *several("train/dog", 2), *several(f"{held_out}/cat", 2)
    )
    result = folder_layout.of(archive)
    assert result.class_names == ("cat", "dog")
    held_out_part = [archive.names[row] for row in np.array(result.rows)[result.is_held_out]]
    assert set(held_out_part) == set(several(f"{held_out}/cat", 2))
    assert result.decisions == {"labels": "folders", "training": "train", "held_out": held_out}
    assert log.messages == [
        f"images:x: the training images are those of train; the held-out part is 2 images of "
        f"{held_out}.",
        "images:x: 2 classes: cat (3), dog (2) (one per folder).",
    ]


def test_of_several_held_out_splits_the_first_is_used_and_the_others_are_said(log):
    result = folder_layout.of(Archive("train/1.png", "val/2.png", "test/3.png", "more/4.png"))
    assert result.labels is None and result.decisions == {
        "labels": "none", "training": "train", "held_out": "val", "left_out": 2
    }  # fmt: skip
    assert log.messages[-1] == (
        "images:x: 2 images are left out (more/4.png, test/3.png), in no split that is used."
    )


def test_a_held_out_split_without_class_folders_is_not_used():
    archive = Archive("train/cat/1.png", "train/dog/1.png", "test/2.png")
    result = folder_layout.of(archive)
    assert (
        result.is_held_out is None and len(result.rows) == 2 and result.decisions["left_out"] == 1
    )


def test_a_class_that_training_lacks_is_refused():
    archive = Archive("train/cat/1.png", "train/dog/1.png", "val/bird/1.png", "val/cat/1.png")
    with pytest.raises(ValueError, match="val has the class bird, which train lacks"):
        folder_layout.of(archive)


def test_the_labels_of_dataset_json_go_before_folders(log):
    names = [f"0000{n}/img{n}.png" for n in range(4)]
    labels = [[name, label] for name, label in zip(names, [6, 0, 1, 0], strict=True)]
    archive = Archive(*names, dataset_json=json.dumps({"labels": labels}))
    result = folder_layout.of(archive)
    assert result.labels.tolist() == [6, 0, 1, 0] and len(result.class_names) == 7
    assert result.decisions == {"labels": "file"}
    assert log.messages[-1].endswith("6 (1) (by dataset.json).")
    assert folder_layout.of(archive, "folders").class_names == ("00000", "00001", "00002", "00003")


@pytest.mark.parametrize("above", ["", "set/", "set/2/"])
def test_a_dataset_json_may_lie_in_any_folder_around_all_images(above):
    names = [f"{'set/2/'.removeprefix(above)}{n}.png" for n in range(2)]
    text = json.dumps({"labels": [[name, 2] for name in names], "class_names": ["a", "b", "c"]})
    archive = Archive("set/2/0.png", "set/2/1.png", **{f"{above}dataset_json": text})
    result = folder_layout.of(archive)
    assert result.labels.tolist() == [2, 2] and result.class_names == ("a", "b", "c")


def test_dataset_json_without_labels_means_that_there_are_none():
    archive = Archive("00000/1.png", "00001/2.png", dataset_json='{"labels": null}')
    result = folder_layout.of(archive)
    assert result.labels is None and result.decisions == {"labels": "none"}


def test_a_dataset_json_of_something_else_is_left_alone_and_a_broken_one_is_refused():
    result = folder_layout.of(Archive("a/1.png", "b/2.png", dataset_json='{"name": "pets"}'))
    assert result.class_names == ("a", "b")
    with pytest.raises(ValueError, match="images:x: dataset.json does not hold labels"):
        folder_layout.of(Archive("a/1.png", "b/2.png", dataset_json="{"))


def test_a_file_of_labels_may_name_the_folder_around_everything(tmp_path):
    (tmp_path / "l.csv").write_text("pets/a/1.png,x\npets/b/1.png,y\n")
    archive = Archive("pets/a/1.png", "pets/b/1.png")
    result = folder_layout.of(archive, str(tmp_path / "l.csv"))
    assert named(result, archive) == {"pets/a/1.png": "x", "pets/b/1.png": "y"}


def test_before_there_were_decisions_folders_were_sorted_as_text():
    names = [f"{number}/a.png" for number in (0, 1, 10, 2)]
    assert folder_layout.as_before(names).class_names == ("0", "1", "10", "2")
    assert folder_layout.as_before([*names, "stray.png"]).labels is None
