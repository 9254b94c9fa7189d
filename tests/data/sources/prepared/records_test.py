import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities
from tfgan.data import DataSpec
from tfgan.data.sources.prepared.records import RecordFormat


def format_of(shape, classes=None, modality=None):
    return RecordFormat(DataSpec(shape, modality, classes, ("a",) * (classes or 0)))


def images(count, shape):
    return np.random.default_rng(0).integers(0, 256, (count, *shape), np.uint8)


def as_in_a_file(path, record_format, contents):
    """The records of a file with some contents."""
    with tf.io.TFRecordWriter(str(path)) as writer:
        for content in contents:
            writer.write(content)
    return np.frombuffer(path.read_bytes(), record_format.dtype)


@pytest.mark.parametrize("classes", [1, 2, 128, 129, 200, 20_000, 3_000_000])
def test_records_have_one_length_and_give_back_image_and_label(tmp_path, classes):
    record_format = format_of((3, 5, 1), classes)
    labels = sorted({0, min(1, classes - 1), min(127, classes - 1), classes // 2, classes - 1})
    data = images(len(labels), (3, 5, 1))
    contents = [
        record_format.encode({"data": image, "label": label})
        for image, label in zip(data, labels, strict=True)
    ]
    records = as_in_a_file(tmp_path / "a", record_format, contents)
    parsed, is_valid = record_format.decode(records)
    np.testing.assert_array_equal(parsed["data"], data)
    assert parsed["label"].tolist() == labels and parsed["label"].dtype == np.int32
    assert is_valid.all()


def test_any_program_can_read_a_record():
    [image] = images(1, (4, 6, 3))
    content = format_of((4, 6, 3), 300).encode({"data": image, "label": 299})
    features = tf.train.Example.FromString(content).features.feature
    assert features["data"].bytes_list.value[0] == image.tobytes()
    assert list(features["shape"].int64_list.value) == [4, 6, 3]
    assert list(features["label"].int64_list.value) == [299]


def test_without_classes_there_is_no_label(tmp_path):
    record_format = format_of((1, 1, 1), None)
    data = images(2, (1, 1, 1))
    records = as_in_a_file(
        tmp_path / "a", record_format, [record_format.encode({"data": image}) for image in data]
    )
    parsed, _ = record_format.decode(records)
    assert list(parsed) == ["data"]
    np.testing.assert_array_equal(parsed["data"], data)
    assert (
        "label"
        not in tf.train.Example.FromString(record_format.encode({"data": data[0]})).features.feature
    )


MASKS = modalities.Masks(("ground", "sky"))


@pytest.mark.parametrize("classes", [None, 3, 300])
def test_a_record_holds_the_conditions_of_its_data(tmp_path, classes):
    source = DataSpec((5, 2, 2), MASKS)
    spec = DataSpec((4, 6, 3), "images", classes, ("a",) * (classes or 0), {"source": source})
    record_format = RecordFormat(spec)
    data, masks = images(3, (4, 6, 3)), images(3, (5, 2, 1)) % 2
    labels = [0, 2, (classes or 3) - 1]
    contents = [
        record_format.encode({"data": image, "source": mask, "label": label})
        for image, mask, label in zip(data, masks, labels, strict=True)
    ]
    parsed, is_valid = record_format.decode(as_in_a_file(tmp_path / "a", record_format, contents))
    assert is_valid.all() and set(parsed) == {"data", "source"} | ({"label"} if classes else set())
    np.testing.assert_array_equal(parsed["data"], data)
    np.testing.assert_array_equal(parsed["source"], masks)
    if classes:
        assert parsed["label"].tolist() == labels
    features = tf.train.Example.FromString(contents[1]).features.feature
    assert features["source"].bytes_list.value[0] == masks[1].tobytes()


def test_the_bytes_of_a_record_without_conditions_are_those_of_its_features():
    [image] = images(1, (4, 6, 3))
    example = tf.train.Example()
    example.features.feature["data"].bytes_list.value.append(image.tobytes())
    example.features.feature["shape"].int64_list.value.extend((4, 6, 3))
    example.features.feature["label"].int64_list.value.append(7)
    expected = example.SerializeToString(deterministic=True)
    assert format_of((4, 6, 3), 10).encode({"data": image, "label": 7}) == expected


def test_what_is_no_such_record_is_seen(tmp_path):
    record_format = format_of((4, 4, 1), 10)
    contents = [record_format.encode({"data": image, "label": 3}) for image in images(3, (4, 4, 1))]
    records = as_in_a_file(tmp_path / "a", record_format, contents).copy()
    records["length"][0] += 1
    records.view(np.uint8).reshape(3, -1)[1] = 0  # a block that never reached the disk
    assert record_format.decode(records)[1].tolist() == [False, False, True]


@pytest.mark.parametrize("classes", [None, 3])
def test_numbers_of_several_bytes_come_back_exactly(tmp_path, classes):
    latents = modalities.Latents(channels_first=True)
    record_format = format_of((8, 6, 4), classes, latents)  # raw, the channels come first
    data = np.random.default_rng(0).normal(scale=1e3, size=(3, 4, 8, 6)).astype(np.float32)
    labels = [{"label": 0}, {"label": 1}, {"label": 2}] if classes else [{}] * 3
    contents = [
        record_format.encode({"data": each} | label)
        for each, label in zip(data, labels, strict=True)
    ]
    parsed, _ = record_format.decode(as_in_a_file(tmp_path / "a", record_format, contents))
    np.testing.assert_array_equal(parsed["data"], data)
    assert parsed["data"].dtype == np.float32
