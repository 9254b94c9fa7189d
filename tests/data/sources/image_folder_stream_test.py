import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import open_source, open_stream
from tfgan.data.sources import image_set, prepared


def write(folder, count=45):
    for index in range(count):
        image = np.full((4, 6, 3), index, np.uint8)
        tf.io.gfile.makedirs(f"{folder}/{'ab'[index % 2]}")
        tf.io.write_file(f"{folder}/{'ab'[index % 2]}/{index:02d}.png", tf.io.encode_png(image))


@pytest.fixture(params=["local", "ram"])
def folder(request, tmp_path):
    folder = str(tmp_path) if request.param == "local" else f"ram://{tmp_path.name}"
    write(folder)
    return folder


def assert_same_examples(stream, source):
    assert (stream.name, stream.spec, stream.count) == (source.name, source.spec, source.count)
    assert stream.fingerprint == source.fingerprint
    one, other = (
        {key: np.concatenate([b[key] for b in batches]) for key in ("data", "label")}
        for batches in (list(stream.examples(batch_size=7)), list(source.examples()))
    )
    for key in one:
        np.testing.assert_array_equal(one[key], other[key])


@pytest.mark.parametrize("options", [{}, {"image_size": (3, 3)}, {"channels": 1}], ids=str)
def test_its_examples_are_those_of_the_opened_folder(folder, options):
    stream = open_stream(f"images:{folder}", **options)
    source = open_source(f"images:{folder}", **options)
    assert_same_examples(stream, source)
    assert_same_examples(stream.held_out, source.held_out)
    assert stream.left_out == 0


def test_it_can_start_anywhere_and_reads_no_file_before(folder, monkeypatch):
    stream = open_stream(f"images:{folder}")
    whole = np.concatenate([batch["data"] for batch in stream.examples()])
    read = []
    decoded = image_set.ImageSet.decoded
    monkeypatch.setattr(
        image_set.ImageSet,
        "decoded",
        lambda files, *how: read.extend(files.names) or decoded(files, *how),
    )
    late = np.concatenate([batch["data"] for batch in stream.examples(batch_size=4, start=30)])
    np.testing.assert_array_equal(late, whole[30:])
    assert len(read) == stream.count - 30


def test_broken_files_left_out_change_the_held_out_part_as_they_do_there(tmp_path):
    write(tmp_path)
    for name in ("a/00.png", "a/20.png", "b/11.png"):
        (tmp_path / name).write_bytes(b"broken")
    stream = open_stream(f"images:{tmp_path}", skip_broken=True)
    source = open_source(f"images:{tmp_path}", skip_broken=True)
    assert_same_examples(stream, source)
    assert_same_examples(stream.held_out, source.held_out)
    assert stream.left_out == 3


@pytest.mark.parametrize("name", ["a/00.png", "b/21.png"])
def test_broken_files_are_named_as_they_are_there(tmp_path, name):
    write(tmp_path)
    (tmp_path / name).write_bytes(b"broken")
    with pytest.raises(
        ValueError,
        match=f"1 of 45 files cannot be decoded: {name} .it is not an image.; remove it or",
    ):
        prepared.write(open_stream(f"images:{tmp_path}"), f"{tmp_path}/out", {})


def test_a_file_that_is_cut_is_named_when_it_is_reached(tmp_path):
    write(tmp_path)
    content = (tmp_path / "a/20.png").read_bytes()
    (tmp_path / "a/20.png").write_bytes(content[:-20])
    with pytest.raises(ValueError, match=r"1 of 45 files .*: a/20.png \(it is damaged or trunc"):
        prepared.write(open_stream(f"images:{tmp_path}"), f"{tmp_path}/out", {})


def test_a_folder_of_nothing_but_broken_files_is_refused(tmp_path):
    (tmp_path / "a.png").write_bytes(b"broken")
    with pytest.raises(ValueError, match="holds no image that can be decoded"):
        open_stream(f"images:{tmp_path}", skip_broken=True)


def test_several_sizes_need_image_size(tmp_path):
    write(tmp_path)
    tf.io.write_file(f"{tmp_path}/a/44.png", tf.io.encode_png(np.zeros((9, 6, 3), np.uint8)))
    with pytest.raises(
        ValueError, match=r"several sizes, such as 4 x 6 .*44.png\); give --image_s"
    ):
        open_stream(f"images:{tmp_path}")


def test_other_data_are_opened_as_ever():
    assert open_stream("mnist5k").count == 4500
    with pytest.raises(ValueError, match="The source images needs a name"):
        open_stream("images:")
