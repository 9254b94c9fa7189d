"""What several workers read, laid end to end, is what one would have read, for every source."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import open_source
from tfgan.data.sources.tfrecord import opening


def arrays(folder):
    images = np.random.default_rng(0).integers(0, 256, (40, 4, 6, 1), np.uint8)
    np.savez(folder / "a.npz", data=images, label=np.arange(40) % 3)
    return f"arrays:{folder}/a.npz"


def images(folder):
    for number in range(30):
        path = folder / "images" / str(number % 2) / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.full((4, 6, 3), number, np.uint8)
        pixels[:, 0] = 255
        path.write_bytes(tf.io.encode_png(pixels).numpy())
    return f"images:{folder}/images"


def records(folder):
    for shard, count in enumerate([13, 9, 11]):
        with tf.io.TFRecordWriter(f"{folder}/{shard}.tfrecord") as writer:
            for number in range(count):
                pixels = np.full((4, 6, 1), 20 * shard + number, np.uint8)
                pixels[:, 0] = 255
                image = tf.train.BytesList(value=[tf.io.encode_png(pixels).numpy()])
                label = tf.train.Int64List(value=[shard])
                feature = {
                    "image": tf.train.Feature(bytes_list=image),
                    "label": tf.train.Feature(int64_list=label),
                }
                features = tf.train.Features(feature=feature)
                writer.write(tf.train.Example(features=features).SerializeToString())
    return f"tfrecord:{folder}/*.tfrecord"


KINDS = {
    "arrays": arrays,
    "images": images,
    "tfrecord": records,
    "toy": lambda folder: "toy:ring",
    "mnist5k": lambda folder: "mnist5k",
}


@pytest.fixture(scope="module", params=KINDS)
def source(request, tmp_path_factory):
    return open_source(KINDS[request.param](tmp_path_factory.mktemp(request.param)))


def taken(source, count, worker=(0, 1), **options):
    batches = source.batches(12, seed=3, worker=worker, **options)
    return list(batches.take(count).as_numpy_iterator())


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("start", [0, 2])
def test_the_slices_of_all_workers_are_the_batches_of_one(source, workers, start):
    flip = source.spec.dtype == "uint8"
    whole = taken(source, 5, start=start, flip=flip)  # over the end of an epoch, but for mnist5k
    slices = [
        taken(source, 5, worker=(index, workers), start=start, flip=flip)
        for index in range(workers)
    ]
    for number, batch in enumerate(whole):
        for name, rows in batch.items():
            parts = [each[number][name] for each in slices]
            assert [len(part) for part in parts] == [12 // workers] * workers
            np.testing.assert_array_equal(np.concatenate(parts), rows)


def test_a_slice_has_a_static_size(source):
    spec = source.batches(12, seed=0, worker=(1, 3)).element_spec["data"]
    assert spec.shape == (4, *source.spec.shape)


def test_a_worker_decodes_its_own_records_alone(tmp_path, monkeypatch):
    decoded = []

    def decode(record, *_):
        tf.py_function(lambda: decoded.append(1), [], [])
        return {"data": tf.zeros([4, 6, 1], tf.uint8)}

    monkeypatch.setattr(opening, "_example", decode)
    monkeypatch.setattr(tf.data, "AUTOTUNE", 1)
    next(iter(open_source(records(tmp_path)).batches(12, seed=0, worker=(0, 6)).take(1)))
    assert len(decoded) < 12


@pytest.mark.parametrize(
    ("worker", "sentence"),
    [
        ((0, 5), "batch_size must be a multiple of the 5 workers; received 12"),
        ((2, 2), r"worker must be \(w, n\) with 0 <= w < n; received \(2, 2\)"),
        ((-1, 2), r"worker must be \(w, n\) with 0 <= w < n"),
    ],
)
def test_slices_that_do_not_exist_are_refused(worker, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_source("toy:ring").batches(12, seed=0, worker=worker)
