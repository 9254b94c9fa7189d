import hashlib

import numpy as np
import pytest
import tensorflow as tf
import tensorflow_datasets

from tfgan.data import ArraySource, held_out, open_source, reading_rules


def images(count):
    """Images that carry their number in their first two pixels."""
    data = np.zeros((count, 4, 4, 1), np.uint8)
    data[:, 0, 0, 0], data[:, 0, 1, 0] = np.divmod(np.arange(count), 256)
    return data


def arrays(folder):
    np.savez(folder / "images.npz", data=images(300), label=np.arange(300) % 7)
    return open_source(f"arrays:{folder}/images.npz")


def records(folder):
    for shard, rows in enumerate(np.array_split(images(300), 7)):
        with tf.io.TFRecordWriter(f"{folder}/{shard}.tfrecord") as writer:
            for image in rows:
                png = tf.train.BytesList(value=[tf.io.encode_png(image).numpy()])
                features = tf.train.Features(feature={"image": tf.train.Feature(bytes_list=png)})
                writer.write(tf.train.Example(features=features).SerializeToString())
    return open_source(f"tfrecord:{folder}/*.tfrecord")


def folder_of_files(folder):
    for index, image in enumerate(images(300)):
        tf.io.write_file(f"{folder}/{index:03d}.png", tf.io.encode_png(image))
    return open_source(f"images:{folder}")


def numbers(batches):
    data = np.concatenate([np.asarray(batch["data"]) for batch in batches]).astype(int)
    return (256 * data[:, 0, 0, 0] + data[:, 0, 1, 0]).tolist()


@pytest.mark.parametrize("make", [arrays, records, folder_of_files])
def test_training_never_sees_a_held_out_example(make, tmp_path):
    source = make(tmp_path)
    trained = numbers(source.batches(90, seed=0).take(6).as_numpy_iterator())
    remaining = numbers(source.held_out.examples())
    assert len(remaining) == source.held_out.count == 30
    assert sorted(set(trained)) == sorted(set(range(300)) - set(remaining))
    assert sorted(trained[: source.count]) == sorted(set(trained))  # an epoch holds each once


@pytest.mark.parametrize("make", [arrays, records, folder_of_files])
def test_each_part_is_read_once_in_one_random_order_for_any_batch_size(make, tmp_path):
    source = make(tmp_path)
    order = numbers(source.examples(batch_size=7))
    assert len(set(order)) == len(order) == source.count == 270
    assert order != sorted(order)
    assert numbers(source.examples(batch_size=1000)) == order
    assert numbers(source.examples(50, batch_size=16)) == order[:50]
    assert source.held_out.held_out is None


@pytest.mark.parametrize("make", [arrays, records, folder_of_files])
def test_the_parts_have_fingerprints_of_their_own(make, tmp_path):
    source = make(tmp_path)
    assert source.held_out.fingerprint != source.fingerprint


def test_labels_stay_with_their_images(tmp_path):
    source = arrays(tmp_path)
    for batch in [*source.examples(), *source.held_out.examples()]:
        assert (np.array(numbers([batch])) % 7 == batch["label"]).all()


def test_resizing_holds_out_the_same_examples(tmp_path):
    small = open_source("mnist5k")
    large = open_source("mnist5k", image_size=(32, 32))
    np.testing.assert_array_equal(small.rows, large.rows)
    assert (small.count, small.held_out.count) == (4500, 500)


def test_a_file_stays_on_its_side_when_others_come(tmp_path):
    before = numbers(folder_of_files(tmp_path).examples())
    for index in range(300, 330):
        tf.io.write_file(f"{tmp_path}/{index:03d}.png", tf.io.encode_png(images(400)[index]))
    after = numbers(open_source(f"images:{tmp_path}").examples())
    assert len(set(before) - set(after)) <= 3  # a tenth of the new ones moves the border


def test_equal_examples_lie_on_one_side(tmp_path):
    data = np.repeat(images(100), 3, axis=0)
    np.savez(tmp_path / "copies.npz", data=data)
    source = open_source(f"arrays:{tmp_path}/copies.npz")
    assert source.held_out.count > 0
    assert not set(numbers(source.examples())) & set(numbers(source.held_out.examples()))


def test_a_set_of_fewer_than_ten_is_all_for_training(tmp_path):
    np.savez(tmp_path / "few.npz", data=images(9))
    source = open_source(f"arrays:{tmp_path}/few.npz")
    assert source.count == 9 and source.held_out is None


def test_at_most_ten_thousand_are_held_out():
    hashes = np.random.default_rng(0).integers(2**63, size=200_000).astype(np.uint64)
    assert held_out.tenth(hashes).sum() == 10_000
    assert held_out.tenth(hashes[:5000]).sum() == 500


def test_a_tfds_set_is_held_out_by_its_own_test_split(tmp_path):
    tensorflow_datasets.testing.DummyMnist(data_dir=tmp_path).download_and_prepare()
    source = open_source("tfds:dummy_mnist", data_dir=str(tmp_path))
    assert source.count == 20
    assert source.held_out.name == "tfds:dummy_mnist@test" and source.held_out.count == 20
    assert source.held_out.held_out is None and source.held_out.fingerprint != source.fingerprint


def test_another_tfds_split_is_held_out_by_hash(tmp_path):
    tensorflow_datasets.testing.DummyMnist(data_dir=tmp_path).download_and_prepare()
    source = open_source("tfds:dummy_mnist@train+test", data_dir=str(tmp_path))
    assert (source.count, source.held_out.count) == (36, 4)


def test_a_toy_set_is_held_out_by_other_points_of_the_same_distribution():
    source = open_source("toy:grid")
    assert source.held_out.count == 10_000
    seen = {tuple(point) for point in source.data}
    assert not seen & {tuple(point) for point in source.held_out.data}
    np.testing.assert_allclose(source.held_out.data.std(0), source.data.std(0), rtol=0.02)


def labelled(**counts):
    """(hashes, labels) of classes of some sizes."""
    label = np.repeat(np.arange(len(counts)), list(counts.values()))
    return np.random.default_rng(0).integers(2**63, size=len(label)).astype(np.uint64), label


def shares(**counts):
    hashes, label = labelled(**counts)
    chosen = held_out.tenth_of_each_class(hashes, label)
    return np.bincount(label[chosen], minlength=len(counts)).tolist()


def test_each_class_gives_its_share_of_a_tenth():
    assert shares(a=100, b=10, c=1) == [10, 1, 0]
    assert shares(a=500, b=500) == [50, 50]
    assert sum(shares(**{f"c{n}": 9 for n in range(10)})) == 9  # rounded up for nine of ten
    assert shares(a=1, b=1, c=1, d=97) == [0, 0, 0, 10]
    assert shares(a=4, b=5) == [0, 0]
    assert shares(**{f"c{n}": 1 for n in range(30)}) == [0] * 30


def test_no_class_gives_more_than_half_of_its_examples_and_no_set_more_than_10_000():
    assert shares(**{f"c{n}": 2 for n in range(20)}) in ([1, 1, 1, 1] + [0] * 16,)
    assert shares(a=150_000, b=50_000) == [7_500, 2_500]


def test_the_share_of_a_class_has_its_smallest_hashes():
    hashes, label = labelled(a=30, b=200)
    chosen = held_out.tenth_of_each_class(hashes, label)
    for number in (0, 1):
        remaining, held_out_part = (hashes[(label == number) & side] for side in (~chosen, chosen))
        assert held_out_part.max() < remaining.min()


def test_chance_decides_where_classes_are_alike_and_shares_where_they_are_not(tmp_path):
    alike = arrays(tmp_path)
    hashes = held_out.hashes_of_rows(images(300))
    np.testing.assert_array_equal(alike.held_out.rows, np.flatnonzero(held_out.tenth(hashes)))
    assert alike.decisions == {}
    label = (np.arange(300) >= 299).astype(int) + (np.arange(300) >= 270)
    np.savez(tmp_path / "images.npz", data=images(300), label=label)
    name = f"arrays:{tmp_path}/images.npz"
    today, before = open_source(name), open_source(name, rules=reading_rules.BEFORE)
    assert np.bincount(today.held_out.label[today.held_out.rows], minlength=3).tolist() == [
        27,
        3,
        0,
    ]
    assert today.decisions == {"held_out": "each class"} and before.decisions == {}
    np.testing.assert_array_equal(before.held_out.rows, np.flatnonzero(held_out.tenth(hashes)))
    assert today.fingerprint != before.fingerprint


def test_labels_of_arrays_that_begin_at_1_leave_no_empty_class(tmp_path):
    np.savez(tmp_path / "images.npz", data=images(30), label=np.arange(30) % 3 + 1)
    name = f"arrays:{tmp_path}/images.npz"
    today, before = open_source(name), open_source(name, rules=reading_rules.BEFORE)
    assert today.spec.class_names == ("1", "2", "3") and today.label.max() == 2
    assert today.decisions == {"first_label": 1}
    assert before.spec.classes == 4 and before.label.max() == 3 and before.decisions == {}


def test_the_digits_have_the_split_that_they_always_had():
    held_out_part = open_source("mnist5k").held_out
    assert hashlib.sha256(held_out_part.rows.tobytes()).hexdigest()[:16] == "2429755027f74d5d"
    assert open_source("mnist5k").decisions == {}


def test_a_set_of_equal_examples_says_that_nothing_is_held_out(caplog):
    source = held_out.split(ArraySource("x", np.zeros((80, 2, 2, 1), np.uint8)))
    assert source.held_out is None
    assert "x: nothing is held out, because equal examples stay on one side" in caplog.text
