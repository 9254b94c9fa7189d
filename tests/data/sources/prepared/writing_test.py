import hashlib
import json

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import ArraySource, open_source
from tfgan.data.sources import prepared
from tfgan.data.sources.prepared import writing
from tfgan.files import Locked

from . import sets

OPTIONS = {"image_size": None}


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    sets.few_a_shard(monkeypatch)
    monkeypatch.setattr(writing, "_REPORT_EVERY", 1)


@pytest.fixture(params=["local", "ram"])
def folder(request, tmp_path):
    return f"{tmp_path}/set" if request.param == "local" else f"ram://{tmp_path.name}/set"


def killing(after):
    """An `on_progress` that kills the program, as it were, at a number of examples."""

    def on_progress(done, total):
        if done >= after:
            raise SystemExit(137)

    return on_progress


def test_the_index_tells_what_the_files_hold(folder):
    source = sets.numbered()
    _, written = prepared.write(source, folder, OPTIONS)
    files = sets.contents(folder)
    content = json.loads(files.pop("index.json"))
    shards = content["parts"]["train"] + content["parts"]["held_out"]
    assert written == len(shards) == len(files) == 7
    assert {s["file"]: s["sha256"] for s in shards} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    for shard in shards:
        assert len(files[shard["file"]]) == shard["count"] * content["record_bytes"]
    assert sum(s["count"] for s in content["parts"]["train"]) == source.count == 54
    assert (content["shape"], content["classes"]) == ([4, 5, 1], 3)
    assert content["class_names"] == ["class 0", "class 1", "class 2"]
    assert content["made_from"] == {"fingerprint": source.fingerprint, **OPTIONS}


@pytest.mark.parametrize("after", [0, 5, 9, 31, 54, 59])
def test_a_killed_writing_goes_on_and_equals_one_that_was_not(tmp_path, after):
    source = sets.numbered()
    prepared.write(source, f"{tmp_path}/whole", OPTIONS)
    with pytest.raises(SystemExit):
        prepared.write(source, f"{tmp_path}/killed", OPTIONS, killing(after))
    done = []
    prepared.write(source, f"{tmp_path}/killed", OPTIONS, lambda n, total: done.append(n))
    assert sets.contents(f"{tmp_path}/killed") == sets.contents(f"{tmp_path}/whole")
    assert (done[0], done[-1]) == (after // 9 * 9, 60)  # whole files, of 9 images each, are kept


def test_what_was_done_is_not_done_again(tmp_path):
    source = sets.numbered()
    with pytest.raises(SystemExit):
        prepared.write(source, f"{tmp_path}/set", OPTIONS, killing(31))
    requests = []
    source.examples = lambda start=0, **options: (
        requests.append(start) or ArraySource.examples(source, start=start, **options)
    )
    _, written = prepared.write(source, f"{tmp_path}/set", OPTIONS)
    assert (requests, written) == ([27], 4)


def test_a_half_written_file_of_a_killed_program_is_removed(tmp_path):
    source = sets.numbered()
    with pytest.raises(SystemExit):
        prepared.write(source, f"{tmp_path}/set", OPTIONS, killing(20))
    part = tmp_path / "set" / ".train-00005-of-00006.tfrecord.0123456789ab.part"
    part.write_bytes(b"half")
    prepared.write(source, f"{tmp_path}/set", OPTIONS)
    assert not any(name.endswith(".part") for name in sets.contents(f"{tmp_path}/set"))


def test_a_link_that_is_named_like_a_part_is_not_followed(tmp_path):
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "set").mkdir()
    for name in ("train-00000-of-00006.tfrecord.part", "index.json.part", "unfinished.json.part"):
        (tmp_path / "set" / name).symlink_to(tmp_path / "precious")
    prepared.write(sets.numbered(), f"{tmp_path}/set", OPTIONS)
    assert (tmp_path / "precious").read_text() == "precious"


def test_of_two_that_write_one_set_the_second_is_refused(tmp_path):
    refused = []

    def write_as_well(done, total):
        if not refused:
            with pytest.raises(Locked, match="is in use by tfgan prepare") as error:
                prepared.write(sets.numbered(), f"{tmp_path}/set", OPTIONS)
            refused.append(error)

    prepared.write(sets.numbered(), f"{tmp_path}/set", OPTIONS, write_as_well)
    assert refused
    assert prepared.check(f"{tmp_path}/set").counts == {"train": 54, "held_out": 6}


def test_interrupted_by_the_user_it_tells_how_far_it_is(tmp_path):
    def interrupt(done, total):
        if done >= 31:
            raise KeyboardInterrupt

    with pytest.raises(prepared.Interrupted, match="27 of 60 images are prepared and kept"):
        prepared.write(sets.numbered(), f"{tmp_path}/set", OPTIONS, interrupt)


def test_a_finished_set_is_checked_and_left_alone(folder):
    prepared.write(sets.numbered(), folder, OPTIONS)
    before = sets.contents(folder)
    assert prepared.write(sets.numbered(), folder, OPTIONS)[1] == 0
    assert sets.contents(folder) == before
    assert prepared.check(folder).parts["train"]


@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
def test_damage_is_found_and_made_good(tmp_path, damage):
    prepared.write(sets.numbered(), str(tmp_path), OPTIONS)
    before = sets.contents(tmp_path)
    path = tmp_path / "train-00002-of-00006.tfrecord"
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.unlink()
    if damage != "missing":
        path.write_bytes(content if damage == "changed" else content[:500])
    with pytest.raises(
        ValueError, match="1 of 7 files are damaged or missing, such as train-00002"
    ):
        prepared.check(str(tmp_path))
    assert prepared.write(sets.numbered(), str(tmp_path), OPTIONS)[1] == 1
    assert sets.contents(tmp_path) == before


@pytest.mark.parametrize("killed", [False, True])
def test_another_set_in_the_folder_is_refused_with_what_differs(tmp_path, killed):
    if killed:
        with pytest.raises(SystemExit):
            prepared.write(sets.numbered(), str(tmp_path), OPTIONS, killing(30))
    else:
        prepared.write(sets.numbered(), str(tmp_path), OPTIONS)
    before = sets.contents(tmp_path)
    with pytest.raises(ValueError, match=r"image_size was None, and is \[8, 8\]; choose another"):
        prepared.write(sets.numbered(), str(tmp_path), {"image_size": [8, 8]})
    with pytest.raises(ValueError, match="data was numbered with .*, and is numbered with"):
        prepared.write(sets.numbered(61), str(tmp_path), OPTIONS)
    assert sets.contents(tmp_path) == before


def test_a_set_without_labels_and_held_out_examples(tmp_path):
    source = sets.numbered(9, None)
    prepared.write(source, str(tmp_path), OPTIONS)
    copied = open_source(f"tfrecord:{tmp_path}")
    assert copied.held_out is None and copied.spec == source.spec
    sets.assert_equal(sets.joined(copied.examples()), sets.joined(source.examples()))


@pytest.mark.parametrize("choice", ["points", "latents"])
def test_data_of_every_kind_are_prepared(tmp_path, choice):
    rows = np.random.default_rng(0).normal(size=(30, 3)).astype(np.float32)
    np.savez(tmp_path / "rows.npz", data=rows, label=np.arange(30) % 2)
    source = open_source(f"arrays:{tmp_path}/rows.npz#kind={choice}")
    prepared.write(source, f"{tmp_path}/set", OPTIONS)
    copied = open_source(f"tfrecord:{tmp_path}/set")
    assert copied.spec == source.spec and copied.held_out.count == source.held_out.count
    sets.assert_equal(sets.joined(copied.examples()), sets.joined(source.examples()))
    with pytest.raises(ValueError, match=f"image_size and channels are for images; .* {choice}"):
        open_source(f"tfrecord:{tmp_path}/set", image_size=(4, 4))


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "a").write_text("a")
    with pytest.raises(ValueError, match="--out must be a folder; .*/a is a file"):
        prepared.write(sets.numbered(), f"{tmp_path}/a", OPTIONS)


def test_a_disk_without_room_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    usage = writing.disk_space.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(
        writing.disk_space.shutil, "disk_usage", lambda path: usage._replace(free=100)
    )
    with pytest.raises(
        ValueError,
        match="The dataset must fit on the disk; .* are needed in .*: choose another --out",
    ):
        prepared.write(sets.numbered(), str(tmp_path), OPTIONS)
    assert sets.contents(tmp_path) == {}


def test_a_failing_disk_leaves_no_half_file(tmp_path, monkeypatch):
    class Full(tf.io.TFRecordWriter):
        def write(self, record):
            raise tf.errors.ResourceExhaustedError(None, None, "No space left on device")

    monkeypatch.setattr(tf.io, "TFRecordWriter", Full)
    with pytest.raises(tf.errors.ResourceExhaustedError):
        prepared.write(sets.numbered(), str(tmp_path), OPTIONS)
    assert list(sets.contents(tmp_path)) == ["unfinished.json"]


def test_a_folder_without_a_set_has_nothing_to_check(tmp_path):
    with pytest.raises(ValueError, match="holds no finished dataset: it has no index.json"):
        prepared.check(str(tmp_path))


def test_the_order_of_the_files_is_that_of_examples(tmp_path):
    source = sets.numbered()
    prepared.write(source, str(tmp_path), OPTIONS)
    files = sorted(str(path) for path in tmp_path.glob("train-*"))
    pixels = [
        tf.train.Example.FromString(record.numpy()).features.feature["data"].bytes_list.value[0]
        for record in tf.data.TFRecordDataset(files)
    ]
    expected = sets.joined(source.examples())["data"]
    np.testing.assert_array_equal(np.frombuffer(b"".join(pixels), np.uint8), expected.reshape(-1))
