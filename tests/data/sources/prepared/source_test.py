import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import open_source
from tfgan.data.sources import prepared
from tfgan.data.sources.prepared import records
from tfgan.data.sources.prepared.source import PreparedSource
from tfgan.data.sources.tfrecord.stream import TFRecordSource

from . import sets


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    sets.few_a_shard(monkeypatch)


def copied(source, folder, **options):
    prepared.write(source, str(folder), {})
    return open_source(f"tfrecord:{folder}", **options)


@pytest.mark.parametrize("classes", [None, 3, 400])
def test_a_set_is_the_source_it_was_made_from(tmp_path, classes):
    source = sets.numbered(500, classes)
    copy = copied(source, tmp_path)
    assert isinstance(copy, PreparedSource)
    assert (copy.spec, copy.count) == (source.spec, source.count)
    assert copy.held_out.count == source.held_out.count == 50
    assert copy.held_out.held_out is None
    for one, other in ((copy, source), (copy.held_out, source.held_out)):
        sets.assert_equal(sets.joined(one.examples()), sets.joined(other.examples()))


@pytest.mark.parametrize(("seed", "start", "flip"), [(0, 0, False), (5, 3, False), (5, 40, True)])
def test_its_batches_are_those_of_the_source(tmp_path, seed, start, flip):
    source = sets.numbered(100)
    copy = copied(source, tmp_path)
    options = {"seed": seed, "start": start, "flip": flip}
    one, other = (
        sets.joined(s.batches(32, **options).take(20).as_numpy_iterator()) for s in (copy, source)
    )
    sets.assert_equal(one, other)


def test_starting_late_equals_skipping(tmp_path):
    copy = copied(sets.numbered(100), tmp_path)
    whole = sets.joined(copy.batches(8, seed=1).take(40).as_numpy_iterator())
    late = sets.joined(copy.batches(8, seed=1, start=25).take(15).as_numpy_iterator())
    sets.assert_equal(late, {name: rows[200:] for name, rows in whole.items()})


def test_examples_can_start_anywhere(tmp_path):
    copy = copied(sets.numbered(100), tmp_path)
    whole = sets.joined(copy.examples())
    late = sets.joined(copy.examples(20, batch_size=7, start=33))
    sets.assert_equal(late, {name: rows[33:53] for name, rows in whole.items()})


def test_more_files_than_are_held_open(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "_OPEN", 2)
    source = sets.numbered(100)
    copy = copied(source, tmp_path)
    one, other = (
        sets.joined(s.batches(50, seed=0).take(6).as_numpy_iterator()) for s in (copy, source)
    )
    sets.assert_equal(one, other)


def test_images_are_fitted_as_they_are_read(tmp_path):
    source = sets.numbered(60)
    copy = copied(source, tmp_path, image_size=(8, 8), channels=3)
    assert copy.spec.shape == (8, 8, 3) and copy.held_out.spec.shape == (8, 8, 3)
    assert next(iter(copy.batches(4, seed=0)))["data"].shape == (4, 8, 8, 3)


@pytest.fixture
def remote(tmp_path):
    source = sets.numbered(100)
    return source, copied(source, f"ram://{tmp_path.name}/set")


def test_a_remote_set_is_streamed(remote):
    source, copy = remote
    assert isinstance(copy, TFRecordSource)
    assert (copy.spec, copy.count, copy.held_out.count) == (source.spec, 90, 10)
    epoch = sets.joined(copy.batches(9, seed=0).take(10).as_numpy_iterator())
    for part, original in (
        (epoch, source),
        (sets.joined(copy.held_out.examples()), source.held_out),
    ):
        expected = sets.joined(original.examples())
        place = [np.argsort(rows["data"][:, 0, 1, 0]) for rows in (part, expected)]
        sets.assert_equal(
            {key: rows[place[0]] for key, rows in part.items()},
            {key: rows[place[1]] for key, rows in expected.items()},
        )


def test_a_remote_set_is_resumed(remote):
    _, copy = remote
    whole = sets.joined(copy.batches(8, seed=1).take(20).as_numpy_iterator())
    late = sets.joined(copy.batches(8, seed=1, start=13).take(7).as_numpy_iterator())
    sets.assert_equal(late, {name: rows[104:] for name, rows in whole.items()})


def test_the_fingerprint_is_that_of_the_content_wherever_it_lies(tmp_path, remote):
    one = copied(sets.numbered(100), tmp_path)
    assert remote[1].fingerprint == one.fingerprint
    assert remote[1].held_out.fingerprint == one.held_out.fingerprint != one.fingerprint
    other = copied(sets.numbered(101), f"{tmp_path}/other")
    assert other.fingerprint != one.fingerprint


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.write_bytes(b"\0" * path.stat().st_size), "is damaged at record"),
        (lambda path: path.write_bytes(b""), "is truncated"),
        (lambda path: path.unlink(), "cannot be read: No such file"),
    ],
)
def test_damage_while_it_is_read_gets_one_sentence(tmp_path, damage, message):
    copy = copied(sets.numbered(100), tmp_path)
    damage(tmp_path / "train-00001-of-00008.tfrecord")
    with pytest.raises(ValueError, match=f"train-00001-of-00008.tfrecord {message}"):
        list(copy.examples())
    with pytest.raises(tf.errors.OpError, match=message):
        list(copy.batches(64, seed=0).take(4))


@pytest.mark.parametrize("scheme", ["local", "ram"])
def test_workers_slices_laid_end_to_end_are_the_batch(tmp_path, scheme):
    folder = tmp_path if scheme == "local" else f"ram://{tmp_path.name}/slices"
    copy = copied(sets.numbered(100), folder)
    whole, *slices = (
        list(copy.batches(8, seed=3, start=2, flip=True, **options).take(20).as_numpy_iterator())
        for options in ({}, {"worker": (0, 2)}, {"worker": (1, 2)})
    )
    for batch, *pair in zip(whole, *slices, strict=True):
        sets.assert_equal(sets.joined(pair), batch)
