import json

import numpy as np
import pytest

from tfgan import memory
from tfgan.data.labels import label_files

NAMES = ["a/1.png", "a/2.png", "b/3.png"]


def listed(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return label_files.read(str(path))


def classes_of(result, names=NAMES):
    labels, class_names, unused = result.of(names)
    return [class_names[label] for label in labels], class_names, unused


HEADS = ["file,label", "filename,label", "File,Class", "image,category"]


@pytest.mark.parametrize("head", ["", *(f"{head}\n" for head in HEADS)])
def test_a_table_has_the_columns_file_and_label_with_a_head_or_without(tmp_path, head):
    result = listed(tmp_path, "l.csv", f"{head}a/1.png,dog\na/2.png,cat\nb/3.png,dog\n")
    assert classes_of(result) == (["dog", "cat", "dog"], ("cat", "dog"), 0)


def test_other_columns_are_passed_over_and_which_are_read_is_said(tmp_path):
    result = listed(tmp_path, "l.csv", "n,label,size,filename\n1,x,9,a/1.png\n2,y,9,a/2.png\n")
    assert classes_of(result, NAMES[:2])[0] == ["x", "y"]
    assert result.where.endswith("l.csv (columns filename and label)")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.tsv", "a/1.png\tx, y\na/2.png\tz\n"),
        ("l.csv", "file;label\na/1.png;x, y\na/2.png;z\n"),
        ("l.csv", '\ufefffile,label\r\n"a/1.png","x, y"\r\n\r\n a\\2.png , z\r\n'),
        ("l.txt", "a/1.png;x, y\na/2.png;z\n"),
        ("l.jsonl", '{"file": "a/1.png", "label": "x, y"}\n\n'
                    '{"file": "./a/2.png", "label": "z"}\n'),
        ("l.jsonl", '{"file_name": "a/1.png", "w": 1, "class": "x, y"}\n'
                    '{"class": "z", "file_name": "a/2.png"}\n'),
    ],
)  # fmt: skip
def test_tables_are_read_as_programs_write_them(tmp_path, name, content):
    assert classes_of(listed(tmp_path, name, content), NAMES[:2])[0] == ["x, y", "z"]


@pytest.mark.parametrize(
    "names", [["1.png", "2.png", "3.png"], ["a/1", "a/2", "b/3"], ["1", "2", "3"], NAMES]
)
def test_images_are_found_by_name_without_folders_and_without_suffix(tmp_path, names):
    lines = "".join(f"{name},{label}\n" for name, label in zip(names, "xyx", strict=True))
    assert classes_of(listed(tmp_path, "l.csv", lines))[0] == ["x", "y", "x"]


@pytest.mark.parametrize("labels", [[0, 2, 10], [1, 2, 10]])
def test_whole_numbers_are_numbers_and_not_names(tmp_path, labels):
    lines = "".join(f"{name},{label}\n" for name, label in zip(NAMES, labels, strict=True))
    result, class_names, _ = classes_of(listed(tmp_path, "l.csv", lines))
    assert result == [str(label) for label in labels]
    assert class_names == tuple(str(n) for n in range(labels[0], 11))


def test_lines_without_an_image_are_counted(tmp_path):
    result = listed(tmp_path, "l.csv", "a/1.png,x\nelsewhere.png,y\n")
    assert classes_of(result, NAMES[:1]) == (["x"], ("x",), 1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("l.csv", "a/1.png,x\na/2.png,y\n", "no label for 1 of 3 images, such as b/3.png"),
        ("l.csv", "a/1.png,x\na/1.png,y\n", "has two labels for a/1.png: x and y"),
        ("l.csv", "file,label\na/1.png\n", "line 2 must have a label; received None"),
        ("l.csv", "file,label\na/1.png,\n", "line 2 must have a label; received ''"),
        ("l.csv", "n,size\n", "two columns without a header|no label"),
        ("l.csv", "n,size,age\n1,2,3\n", "columns file and label, or two .*received n, size, age"),
        ("l.csv", "", "l.csv is empty"),
        ("l.csv", b"\xff\xfea\x00", "must be text in UTF-8; byte 0 is not"),
        ("l.csv", "a/1.png,-1\na/2.png,0\nb/3.png,0\n", "must be in 0..999,999; row 0 has -1"),
        ("l.jsonl", '{"file": "a/1.png", "label": "x"}\n{"file"', "line 2 is not an object"),
        ("l.jsonl", "[1]\n", "line 1 is not an object"),
        ("l.jsonl", '{"file": "a/1.png", "label": [1]}\n', r"must have a label; received \[1\]"),
        ("l.jsonl", '{"file": "a/1.png", "label": true}\n', "must have a label; received True"),
        ("l.json", '{"labels": [["a/1.png", [0, 1]]]}', "must be a whole number; received a list"),
        ("l.json", '{"labels": 1}', "does not hold labels as StyleGAN's do"),
        ("l.json", '{"images": []}', "must have an entry labels"),
        ("l.json", '{"labels"', "does not hold labels"),
        ("l.json", '{"labels": [["1.png", 5]], "class_names": ["x"]}', "in 0..0, .*received 5"),
        ("l.xls", "", "takes a file .csv .tsv .txt .jsonl .ndjson .json; received"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused(tmp_path, name, content, message):
    with pytest.raises(ValueError, match=message):
        names = ["1.png"] if "class_names" in str(content) else NAMES
        listed(tmp_path, name, content).of(names)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="--labels: there is no file"):
        label_files.read(f"{tmp_path}/l.csv")


def test_a_file_that_memory_does_not_hold_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: 100)
    with pytest.raises(ValueError, match=r"l.csv needs .* of memory, of which 100 bytes"):
        listed(tmp_path, "l.csv", "a/1.png,x\n")


def test_what_is_written_for_samples_is_read_again():
    text = label_files.dataset(["dog/0.png", "dog/1.png"], [2, 2], ["cat", "bird", "dog"])
    result = label_files.of_dataset("dataset.json", text)
    labels, class_names, _ = result.of(["dog/1.png"])
    assert labels.tolist() == [2] and labels.dtype == np.int32
    assert class_names == ("cat", "bird", "dog")
    assert json.loads(text)["labels"] == [["dog/0.png", 2], ["dog/1.png", 2]]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json"])
def test_of_a_file_that_lists_very_many_only_what_can_be_an_image_is_kept(tmp_path, suffix):
    pairs = [(f"x{n}.png", n % 7) for n in range(5000)] + [("deep/1", 3), ("2.png", 4)]
    lines = {
        "csv": "\n".join(f"{name},{label}" for name, label in pairs),
        "jsonl": "\n".join(json.dumps({"file": name, "label": label}) for name, label in pairs),
        "json": json.dumps({"labels": pairs}),
    }
    path = tmp_path / f"l.{suffix}"
    path.write_text(lines[suffix])
    result = label_files.read(str(path), NAMES[:2])
    assert len(result.labels) == label_files._SHOWN + 2
    labels, class_names, unused = result.of(NAMES[:2])
    assert [class_names[label] for label in labels] == ["3", "4"] and unused == 5000


def test_a_line_may_end_as_any_system_ends_it(tmp_path):
    for end in ("\n", "\r\n", "\r"):
        result = listed(tmp_path, "l.csv", end.join(["file,label", "a/1.png,x", "a/2.png,y", ""]))
        assert classes_of(result, NAMES[:2]) == (["x", "y"], ("x", "y"), 0)
        objects = ['{"file": "a/1.png", "label": "x"}', '{"file": "a/2.png", "label": "y"}']
        result = listed(tmp_path, "l.jsonl", end.join(objects))
        assert classes_of(result, NAMES[:2]) == (["x", "y"], ("x", "y"), 0)
