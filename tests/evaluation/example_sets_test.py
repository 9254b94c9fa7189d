"""Every source, folder and file is a set of examples."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.evaluation import example_sets, feature_files
from tfgan.extractors import open_extractor


def features(count=60, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def saved(path, **arrays):
    np.savez(path, **arrays)
    return str(path)


def test_a_folder_is_read_whole(tmp_path, arrays):
    for index, image in enumerate(arrays[0][:40]):
        tf.io.write_file(f"{tmp_path}/{index:02d}.png", tf.io.encode_png(image))
    examples = example_sets.open_set(str(tmp_path), 1000)
    extractor = open_extractor("digits")
    whole = examples.read(extractor, 1000, batch_size=100)
    assert examples.count == whole.count == 40 and whole.features.shape == (40, 64)
    assert {image.tobytes() for image in whole.data} == {i.tobytes() for i in arrays[0][:40]}
    part = examples.read(extractor, 7, batch_size=100, keep_data=False)
    np.testing.assert_array_equal(part.features, whole.features[:7])
    assert part.data is None


def test_what_a_file_holds_is_known_by_its_arrays(tmp_path):
    images = example_sets.open_set(
        saved(tmp_path / "i.npz", data=np.zeros((2, 8, 8, 1), np.uint8)), 10
    )
    assert (images.spec.modality.kind, images.count) == ("images", 2)
    assert example_sets.open_set(saved(tmp_path / "f.npz", features=features()), 10).count == 10


def test_files_that_cannot_be_used_are_refused(tmp_path):
    for name in ("missing", "missing.npz"):
        with pytest.raises(ValueError, match=f"{name} must be a folder.*there is no such file"):
            example_sets.open_set(f"{tmp_path}/{name}", 10)
    with pytest.raises(ValueError, match="received 'imges'. Did you mean 'images'"):
        example_sets.open_set("imges:a", 10)
    (tmp_path / "text.npz").write_text("hello")
    with pytest.raises(ValueError, match="text.npz: this is not an .npz or .npy file of arrays"):
        example_sets.open_set(f"{tmp_path}/text.npz", 10)
    pickled = saved(tmp_path / "pickled.npz", features=np.array([{"a": 1}]))
    with pytest.raises(ValueError, match=r"features must be float .*received object"):
        feature_files.read_features(pickled, 10)
    path = saved(tmp_path / "flat.npz", features=np.zeros(3))
    with pytest.raises(ValueError, match=r"features must be float \[count, d\]"):
        feature_files.read_features(path, 10)
    path = saved(tmp_path / "rows.npz", features=features(), logits=np.zeros((3, 2)))
    with pytest.raises(ValueError, match="60 features, but 3 rows of logits"):
        feature_files.read_features(path, 100)
    path = saved(tmp_path / "bad.npz", mu=np.zeros(3), sigma=np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"bad.npz: The mean must be \[d\]"):
        feature_files.read_statistics(path)


@pytest.mark.parametrize(
    ("name", "noun", "count"),
    [
        ("mnist5k", "images", 5000),
        ("toy:ring", "points", 110_000),
        ("toy:sentences", "texts", 11_000),
        ("toy:bouncing", "videos", 5500),
        ("arrays:{folder}/a.npz", "images", 20),
        ("{folder}/a.npz", "images", 20),
        ("images:{folder}/images", "images", 3),
        ("{folder}/images", "images", 3),
        ("text:{folder}/lines.txt", "texts", 12),
        ("tfrecord:{folder}/records/*", "images", 12),
    ],
)
def test_every_source_is_a_set(tmp_path, name, noun, count):
    np.savez(tmp_path / "a.npz", data=np.zeros((20, 8, 8, 1), np.uint8))
    (tmp_path / "lines.txt").write_text("".join(f"line {i}\n" for i in range(12)))
    encoded = tf.io.encode_png(np.zeros((8, 8, 1), np.uint8)).numpy()
    for index in range(3):
        tf.io.write_file(f"{tmp_path}/images/{index}.png", encoded)
    (tmp_path / "records").mkdir()
    with tf.io.TFRecordWriter(f"{tmp_path}/records/a.tfrecord") as writer:
        feature = tf.train.Feature(bytes_list=tf.train.BytesList(value=[encoded]))
        features = tf.train.Features(feature={"image": feature})
        for _ in range(12):
            writer.write(tf.train.Example(features=features).SerializeToString())
    examples = example_sets.open_set(name.format(folder=tmp_path), 10)
    assert (examples.spec.modality.kind, examples.count) == (noun, count)


def test_that_a_set_is_read_in_part_is_said(tmp_path, caplog):
    different = np.random.default_rng(0).integers(0, 256, (20, 8, 8, 1), np.uint8)
    examples = example_sets.open_set(saved(tmp_path / "a.npz", data=different), 10)
    with caplog.at_level("INFO"):
        examples.read(None, 20)
        assert not caplog.text
        examples.read(None, 12)
    assert "a.npz holds 20 examples; 12 are read." in caplog.text
