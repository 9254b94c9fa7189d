"""Labels in TFRecord files: their numbers, and the share of each class that is held out."""

import numpy as np

from tfgan.data import open_source, reading_rules

from . import written


def labelled(tmp_path, counts, first):
    """Records of images whose first pixel is their label, in two files."""
    label = np.random.default_rng(0).permutation(np.repeat(np.arange(len(counts)), counts)) + first
    for file, rows in enumerate(np.array_split(label, 2)):
        records = [
            {"image": written.png(np.full((4, 4, 1), value, np.uint8)), "label": value}
            for value in rows
        ]
        written.write(tmp_path / f"{file}.tfrecord", records)
    return f"tfrecord:{tmp_path}/*.tfrecord"


def pixels_and_labels(source):
    batches = list(source.examples())
    values, labels = (
        np.concatenate([batch[key] for batch in batches]) for key in ("data", "label")
    )
    return values[:, 0, 0, 0].astype(int), labels


def test_labels_from_1_leave_no_empty_class_but_for_a_run_of_before(tmp_path):
    name = labelled(tmp_path, [20, 20], first=1)
    today, before = open_source(name), open_source(name, rules=reading_rules.BEFORE)
    assert today.spec.class_names == ("1", "2") and today.decisions == {"first_label": 1}
    values, labels = pixels_and_labels(today)
    np.testing.assert_array_equal(labels, values - 1)
    assert before.spec.classes == 3 and before.decisions == {}
    values, labels = pixels_and_labels(before)
    np.testing.assert_array_equal(labels, values)
    assert before.fingerprint != today.fingerprint


def test_each_class_gives_its_share_to_the_held_out_part_where_their_sizes_differ(tmp_path):
    name = labelled(tmp_path, [60, 20, 1], first=0)
    today, before = open_source(name), open_source(name, rules=reading_rules.BEFORE)
    held_out_part = pixels_and_labels(today.held_out)[1]
    assert np.bincount(held_out_part, minlength=3).tolist() == [6, 2, 0]
    assert today.decisions == {"held_out": "each class"} and before.decisions == {}
    assert before.held_out.count == 8
    assert len({part.fingerprint for part in (today, before, today.held_out)}) == 3
