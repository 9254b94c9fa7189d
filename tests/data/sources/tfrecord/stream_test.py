import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import held_out, open_source
from tfgan.data.sources.tfrecord import stream


def feature(value):
    if isinstance(value, bytes):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))
    if isinstance(value, float):
        return tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
    return tf.train.Feature(int64_list=tf.train.Int64List(value=np.atleast_1d(value)))


def record(**features):
    features = {key: feature(value) for key, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


def image(index, height=4, width=6, channels=3):
    return np.full((height, width, channels), index, np.uint8)


def png(index, *shape):
    return tf.io.encode_png(image(index, *shape)).numpy()


def write(path, records):
    with tf.io.TFRecordWriter(str(path)) as writer:
        for content in records:
            writer.write(content)


def numbered(folder, counts, **options):
    """Files of records, each with its own number as its pixels and label."""
    first = 0
    for shard, count in enumerate(counts):
        write(
            f"{folder}/{shard}.tfrecord",
            [record(image=png(i), label=i) for i in range(first, first + count)],
        )
        first += count
    return open_source(f"tfrecord:{folder}/*.tfrecord", **options)


def ids(source, count, batch_size, **options):
    batches = source.batches(batch_size, **options).take(count)
    return np.concatenate([batch["data"][:, 0, 0, 0] for batch in batches.as_numpy_iterator()])


@pytest.fixture(autouse=True)
def nothing_is_held_out(monkeypatch):
    """These tests look at every record; tests/data/held_out_test.py looks at the others."""
    monkeypatch.setattr(held_out, "MOST", 0)


@pytest.fixture(params=["local", "ram"])
def source(request, tmp_path):
    folder = str(tmp_path) if request.param == "local" else f"ram://{tmp_path.name}"
    tf.io.gfile.makedirs(folder)
    return numbered(folder, [5, 0, 3, 7, 6])


def test_all_records_are_counted(source):
    assert (source.count, source.spec.shape, source.spec.classes) == (21, (4, 6, 3), 21)


def test_each_epoch_is_another_order_of_all_records(source):
    order = ids(source, 12, 7, seed=0).reshape(4, 21)
    assert all(sorted(epoch) == list(range(21)) for epoch in order)
    assert len({tuple(epoch) for epoch in order}) == 4


def test_labels_stay_with_their_images(source):
    for batch in source.batches(8, seed=1).take(6).as_numpy_iterator():
        assert batch["data"].dtype == np.uint8 and batch["label"].dtype == np.int32
        np.testing.assert_array_equal(batch["label"], batch["data"][:, 0, 0, 0])


@pytest.mark.parametrize("start", [1, 8])
def test_starting_late_equals_skipping(tmp_path, start):
    source = numbered(tmp_path, [5, 3, 7])
    whole = ids(source, start + 4, 6, seed=5)
    np.testing.assert_array_equal(ids(source, 4, 6, seed=5, start=start), whole[6 * start :])


def test_the_order_depends_on_the_seed_and_not_on_the_program_s(tmp_path):
    source = numbered(tmp_path, [9, 9])
    orders = []
    for program_seed in (1, 2):
        tf.random.set_seed(program_seed)
        orders.append(ids(source, 4, 6, seed=5))
    np.testing.assert_array_equal(*orders)
    assert not np.array_equal(orders[0], ids(source, 4, 6, seed=6))


def test_reading_leaves_the_program_s_seed_alone(tmp_path):
    source = numbered(tmp_path, [9])
    tf.random.set_seed(3)
    expected = tf.random.normal([4])
    tf.random.set_seed(3)
    source.batches(2, seed=0)
    np.testing.assert_array_equal(tf.random.normal([4]), expected)


def test_one_file_is_shuffled_within_the_buffer(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "SHUFFLE_BUFFER", 4)
    order = ids(numbered(tmp_path, [40]), 1, 40, seed=0)
    assert sorted(order) == list(range(40)) and list(order) != list(range(40))
    # The record at place p was in the buffer, so at most three were read before it in vain.
    assert (order - np.arange(40)).max() <= 3


def test_flips_are_resumed(tmp_path):
    marked = image(0)
    marked[:, 0] = 255
    write(tmp_path / "a", [record(image=tf.io.encode_png(marked).numpy())] * 9)
    source = open_source(f"tfrecord:{tmp_path}/a")

    def turned(**options):
        batches = source.batches(5, seed=2, flip=True, **options).take(20).as_numpy_iterator()
        return np.stack([batch["data"][:, 0, -1, 0] == 255 for batch in batches])

    assert 20 < turned().sum() < 80
    np.testing.assert_array_equal(turned(start=7)[:13], turned()[7:])


def test_images_are_fitted(tmp_path):
    write(tmp_path / "a", [record(image=png(1, 8, 20)), record(image=png(1, 30, 9, 1))])
    source = open_source(f"tfrecord:{tmp_path}/a", image_size=(6, 5), channels=3)
    assert next(iter(source.batches(2, seed=0)))["data"].shape == (2, 6, 5, 3)


def test_two_sizes_in_two_files_are_refused(tmp_path):
    write(tmp_path / "a", [record(image=png(1, 8, 20))])
    write(tmp_path / "b", [record(image=png(1, 9, 20))])
    with pytest.raises(
        ValueError, match=r"several sizes, such as \[8, 20, 3\] .*; give --image_si"
    ):
        open_source(f"tfrecord:{tmp_path}/*")


def test_two_sizes_in_one_file_are_refused_when_they_are_read(tmp_path):
    write(tmp_path / "a", [record(image=png(1, 8, 20)), record(image=png(1, 9, 20))])
    source = open_source(f"tfrecord:{tmp_path}/a")
    with pytest.raises(tf.errors.InvalidArgumentError, match="give --image_size and --channels"):
        next(iter(source.batches(2, seed=0)))


def test_the_fingerprint_is_that_of_the_files(tmp_path):
    source = numbered(tmp_path, [2, 3])
    before = source.fingerprint
    assert before == open_source(source.name).fingerprint
    write(tmp_path / "1.tfrecord", [record(image=png(9), label=0)] * 3)
    assert open_source(source.name).fingerprint != before


def test_no_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"tfrecord:.*/x\*: no file matches"):
        open_source(f"tfrecord:{tmp_path}/x*")
