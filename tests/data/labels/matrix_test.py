"""Three sources of labels, in a folder and in a zip, are one and the same set to every reader."""

import json
import zipfile

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import open_source, open_stream
from tfgan.data.sources import prepared
from tfgan.evaluation import example_sets

NAMES = ("2", "10", "Dog", "cat")
COUNTS = (11, 1, 23, 30)
LABELS = np.repeat(np.arange(4), COUNTS)


def images():
    """Images of one value each, which is their number."""
    return [tf.io.encode_png(np.full((2, 2, 1), n, np.uint8)).numpy() for n in range(len(LABELS))]


def write(root, how, form):
    """Writes the set; returns (its name, options of `open_source`)."""
    options, others = {}, {}
    names = [f"shard{number % 3}/{number}.png" for number in range(len(LABELS))]
    pairs = list(zip(names, LABELS.tolist(), strict=True))
    if how == "folders":
        names = [f"{NAMES[label]}/{number}.png" for number, label in enumerate(LABELS)]
    elif how == "dataset.json":
        others["dataset.json"] = json.dumps({"labels": pairs, "class_names": NAMES}).encode()
    else:
        lines = {
            "csv": [f"{name},{NAMES[label]}" for name, label in pairs],
            "jsonl": [json.dumps({"file": name, "label": NAMES[label]}) for name, label in pairs],
        }
        (root / f"labels.{how}").write_text("\n".join(lines[how]))
        options = {"labels": f"{root}/labels.{how}"}
    files = dict(zip(names, images(), strict=True)) | others
    if form == "zip":
        with zipfile.ZipFile(root / "set.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return f"{root}/set.zip", options
    for name, content in files.items():
        (root / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "set" / name).write_bytes(content)
    return f"{root}/set", options


def examples(*parts):
    """{number of the image: label}."""
    batches = [batch for part in parts for batch in part.examples()]
    values, labels = (
        np.concatenate([batch[name] for batch in batches]) for name in ("data", "label")
    )
    return dict(zip(values[:, 0, 0, 0].tolist(), labels.tolist(), strict=True))


def as_opened(path, options, root):
    return open_source(f"images:{path}", **options)


def as_streamed(path, options, root):
    return open_stream(f"images:{path}", **options)


def as_prepared(path, options, root):
    prepared.write(open_stream(f"images:{path}", **options), f"{root}/out", {})
    return open_source(f"tfrecord:{root}/out")


@pytest.mark.parametrize("form", ["folder", "zip"])
@pytest.mark.parametrize("how", ["folders", "dataset.json", "csv", "jsonl"])
def test_labels_and_class_names_are_the_same_for_every_reader(tmp_path, how, form):
    path, options = write(tmp_path, how, form)
    expected = dict(enumerate(LABELS.tolist()))
    remaining = set()
    for read in (as_opened, as_streamed, as_prepared):
        source = read(path, options, tmp_path)
        assert source.spec.class_names == NAMES
        assert examples(source, source.held_out) == expected
        held_out_part = examples(source.held_out)
        assert np.bincount(list(held_out_part.values()), minlength=4).tolist() == [1, 0, 2, 3]
        remaining.add(tuple(sorted(held_out_part)))
    assert len(remaining) == 1


@pytest.mark.parametrize("form", ["folder", "zip"])
@pytest.mark.parametrize("how", ["folders", "dataset.json", "csv", "jsonl"])
def test_an_evaluation_reads_the_same_labels(tmp_path, how, form):
    path, options = write(tmp_path, how, form)
    result = example_sets.open_set(str(path), 1000, **options).read(None, 1000, batch_size=16)
    numbers = result.data[:, 0, 0, 0]
    np.testing.assert_array_equal(result.label, LABELS[numbers])
    assert sorted(numbers) == list(range(len(LABELS)))
