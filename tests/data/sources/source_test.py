"""Batches of every source: their slices for several workers, flips, and refusals."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import memory
from tfgan.data import ArraySource, open_source
from tfgan.data.sources.tfrecord import opening

from .numbered import first_batches


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
    "mask": lambda folder: f"mask:{records(folder)}",
    "textures": lambda folder: "toy:textures",
    "stripes": lambda folder: "toy:stripes",
}


@pytest.fixture(scope="module", params=KINDS)
def source(request, tmp_path_factory):
    return open_source(KINDS[request.param](tmp_path_factory.mktemp(request.param)))


def sliced(source, count, worker=(0, 1), **options):
    batches = source.batches(12, seed=3, worker=worker, **options)
    return list(batches.take(count).as_numpy_iterator())


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("start", [0, 2])
def test_the_slices_of_all_workers_are_the_batches_of_one(source, workers, start):
    flip = source.spec.dtype == "uint8"
    whole = sliced(source, 5, start=start, flip=flip)  # over the end of an epoch of the small ones
    slices = [
        sliced(source, 5, worker=(index, workers), start=start, flip=flip)
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


def test_batches_are_raw_and_have_a_static_shape(numbered):
    spec = numbered.batches(4, seed=0).element_spec
    assert (spec["data"].dtype.name, spec["data"].shape) == ("uint8", (4, 3, 4, 1))
    assert (spec["label"].dtype.name, spec["label"].shape) == ("int32", (4,))


def test_a_flip_mirrors_about_half_of_the_images_left_to_right(numbered):
    plain = np.concatenate([b["data"] for b in first_batches(numbered, 100, 10, seed=4)])
    mixed = np.concatenate([b["data"] for b in first_batches(numbered, 100, 10, seed=4, flip=True)])
    flipped = mixed[:, 0, -1, 0] == 255
    assert abs(flipped.mean() - 0.5) < 5 * 0.5 / np.sqrt(1000)
    np.testing.assert_array_equal(mixed[~flipped], plain[~flipped])
    np.testing.assert_array_equal(mixed[flipped], plain[flipped][:, :, ::-1])


def test_a_flip_is_decided_anew_each_epoch(numbered):
    mixed = np.concatenate([b["data"] for b in first_batches(numbered, 20, 10, seed=4, flip=True)])
    turned = mixed[:, 0, -1, 0] == 255
    of_image_0 = turned[np.flatnonzero(mixed[:, 0, 1, 0] == 0)]
    assert 0 < of_image_0.sum() < 20


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"batch_size": 64},
            "batch_size 64 is larger than the number of examples of arrays:test, 10.",
        ),
        ({"batch_size": 0}, "batch_size must be at least 1; received 0"),
        ({"batch_size": 2, "start": -1}, "start must be a batch number from 0; received -1"),
    ],
)
def test_bad_batches_are_refused(numbered, options, message):
    with pytest.raises(ValueError, match=message):
        numbered.batches(**{"seed": 0} | options)


def test_a_batch_larger_than_memory_is_refused_with_the_number(monkeypatch):
    source = ArraySource("a", np.zeros((8, 100, 100, 3), np.uint8))
    monkeypatch.setattr(memory, "free", lambda: 2**20)
    source.batches(4, seed=0)
    sentence = (
        r"A batch of 8 images of \[100, 100, 3\] needs 1.1 MiB of memory, of which 1.0 MiB may be "
        "taken; choose a smaller batch_size or image_size"
    )
    with pytest.raises(ValueError, match=sentence):
        source.batches(8, seed=0)
    source.batches(8, seed=0, worker=(0, 2))
