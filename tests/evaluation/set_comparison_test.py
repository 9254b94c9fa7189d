import json

import numpy as np
import pytest
import tensorflow as tf

from tfgan import evaluation, metrics, modalities, text
from tfgan.evaluation import example_sets, set_comparison
from tfgan.extractors import open_extractor


def features(count=60, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def saved(path, **arrays):
    np.savez(path, **arrays)
    return str(path)


def test_two_files_of_features_are_compared(tmp_path):
    paths = [saved(tmp_path / f"{s}.npz", features=features(60 + s, s)) for s in (0, 1)]
    sides = [example_sets.read_features(path, 1000) for path in paths]
    results = {r.score.name: r for r in evaluation.compare(*sides, ["fd", "pr"])}
    expected = metrics.frechet_distance(features(60, 0), features(61, 1))
    assert results["fd_features"].score.value == pytest.approx(expected, rel=1e-9)
    halves = metrics.frechet_distance(features()[:30], features()[30:])
    assert results["fd_features"].real_baseline.value == pytest.approx(halves, rel=1e-9)
    fair = metrics.frechet_distance(features()[:30], features(61, 1)[:30])
    assert results["fd_features"].size_matched.value == pytest.approx(fair, rel=1e-9)


def test_statistics_of_other_programs_are_read(tmp_path):
    real, fake = features(200), features(150, 1)
    sides = [
        example_sets.read_statistics(
            saved(tmp_path / f"{i}.npz", mu=rows.mean(0), sigma=np.cov(rows, rowvar=False))
        )
        for i, rows in enumerate((real, fake))
    ]
    [result] = evaluation.compare(*sides, ["fd"])
    assert result.score.value == pytest.approx(metrics.frechet_distance(real, fake), rel=1e-6)
    assert result.real_baseline is None
    with pytest.raises(ValueError, match="statistics alone, which do for the metric fd only"):
        evaluation.compare(*sides, ["kd"])


def test_saved_statistics_come_back_with_their_origin(tmp_path):
    identity = {"name": "digits", "sha256": "1"}
    found = evaluation.FeatureSet("a", 60, features(), identity=identity)
    path = f"{tmp_path}/stats.npz"
    example_sets.save_statistics(path, found)
    again = example_sets.read_statistics(path)
    assert (again.count, again.identity) == (60, identity)
    np.testing.assert_array_equal(again.moments.covariance, found.moments.covariance)
    assert example_sets.open_set(path, 10).statistics is not None


def test_statistics_of_two_extractors_are_refused(tmp_path):
    one, other = (
        evaluation.FeatureSet("a", 60, features(), identity={"name": "x", "sha256": s, "resize": r})
        for s, r in (("1", "clean"), ("2", "legacy_tf"))
    )
    with pytest.raises(ValueError, match="same extractor .sha256 1 and 2; resize clean and legacy"):
        set_comparison.check_comparable(one, other)


def test_features_of_two_dimensions_are_refused():
    one, other = (evaluation.FeatureSet("a", 60, features(dimensions=d)) for d in (4, 5))
    with pytest.raises(ValueError, match="4 dimensions, a of 5"):
        evaluation.compare(one, other, ["fd"])


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [((9, 28, 28, 3), "gray images of 28 x 28.*color images"), ((9, 32, 32, 1), "of 32 x 32")],
)
def test_images_of_two_forms_are_refused(shape, sentence):
    one, other = (
        evaluation.FeatureSet("a", 9, data=np.zeros(s, np.uint8)) for s in ((9, 28, 28, 1), shape)
    )
    with pytest.raises(ValueError, match=sentence):
        evaluation.compare(one, other, ["swd"])


def test_a_metric_that_lacks_what_it_needs_is_refused():
    side = evaluation.FeatureSet("a", 60, features())
    with pytest.raises(ValueError, match="The metric is needs logits, which a does not hold"):
        evaluation.compare(side, side, ["is"])
    with pytest.raises(ValueError, match="The metric ppl needs a run"):
        evaluation.compare(side, side, ["ppl"])


def test_a_folder_is_read_whole(tmp_path, arrays):
    for index, image in enumerate(arrays[0][:40]):
        tf.io.write_file(f"{tmp_path}/{index:02d}.png", tf.io.encode_png(image))
    found = example_sets.open_set(str(tmp_path), 1000)
    extractor = open_extractor("digits")
    whole = found.read(extractor, 1000, batch_size=100)
    assert found.count == whole.count == 40 and whole.features.shape == (40, 64)
    assert {image.tobytes() for image in whole.data} == {i.tobytes() for i in arrays[0][:40]}
    part = found.read(extractor, 7, batch_size=100, keep_data=False)
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
    with pytest.raises(ValueError, match="no data source 'imges:a'; did you mean images:"):
        example_sets.open_set("imges:a", 10)
    (tmp_path / "text.npz").write_text("hello")
    with pytest.raises(ValueError, match="text.npz: this is not an .npz or .npy file of arrays"):
        example_sets.open_set(f"{tmp_path}/text.npz", 10)
    pickled = saved(tmp_path / "pickled.npz", features=np.array([{"a": 1}]))
    with pytest.raises(ValueError, match=r"features must be float .*received object"):
        example_sets.read_features(pickled, 10)
    path = saved(tmp_path / "flat.npz", features=np.zeros(3))
    with pytest.raises(ValueError, match=r"features must be float \[count, d\]"):
        example_sets.read_features(path, 10)
    path = saved(tmp_path / "rows.npz", features=features(), logits=np.zeros((3, 2)))
    with pytest.raises(ValueError, match="60 features, but 3 rows of logits"):
        example_sets.read_features(path, 100)
    path = saved(tmp_path / "bad.npz", mu=np.zeros(3), sigma=np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"bad.npz: The mean must be \[d\]"):
        example_sets.read_statistics(path)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"mu": np.array(["a", "b"])}, r"mu must be float \[count\]; received str32 \[2\]"),
        ({"sigma": np.zeros((2, 2), complex)}, r"sigma must be float \[count, d\]; received comp"),
        ({"count": np.array([3, 4])}, r"count must be integer \[\]; received int64 \[2\]"),
        ({"extractor": np.array(3)}, "extractor must be JSON text; received int64"),
        ({"extractor": "{"}, "extractor must be JSON text"),
        ({"extractor": "[1]"}, "extractor must be JSON text"),
        ({"mu": np.array([{}, 1])}, r"mu must be float \[count\]; received object"),
    ],
)
def test_statistics_of_another_form_are_refused(tmp_path, changed, sentence):
    arrays = {"mu": np.zeros(2), "sigma": np.eye(2), "count": 3} | changed
    with pytest.raises(ValueError, match=f"a.npz: {sentence}"):
        example_sets.read_statistics(saved(tmp_path / "a.npz", **arrays))


def test_a_row_that_is_not_finite_is_named(tmp_path):
    rows = features()
    rows[17, 2] = np.nan
    sides = [example_sets.read_features(saved(tmp_path / "a.npz", features=rows), 100)] * 2
    with pytest.raises(ValueError, match="row 17 holds NaN"):
        evaluation.compare(*sides, ["fd"])


def test_the_origin_of_features_is_kept(tmp_path):
    identity = {"name": "digits"}
    path = saved(tmp_path / "a.npz", features=features(), extractor=json.dumps(identity))
    assert example_sets.read_features(path, 100).identity == identity


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
    found = example_sets.open_set(name.format(folder=tmp_path), 10)
    assert (found.spec.modality.kind, found.count) == (noun, count)


def test_that_a_set_is_read_in_part_is_said(tmp_path, caplog):
    different = np.random.default_rng(0).integers(0, 256, (20, 8, 8, 1), np.uint8)
    found = example_sets.open_set(saved(tmp_path / "a.npz", data=different), 10)
    with caplog.at_level("INFO"):
        found.read(None, 20)
        assert not caplog.text
        found.read(None, 12)
    assert "a.npz holds 20 examples; 12 are read." in caplog.text


def texts(lines):
    symbols = text.alphabet(lines)
    data = text.encode(lines, symbols, max(map(len, lines)))
    return evaluation.FeatureSet("texts", len(lines), data=data, modality=modalities.Texts(symbols))


def test_texts_of_two_alphabets_are_compared_by_their_characters():
    lines = ["ab", "abc", "b", "ca"] * 3
    measured = {
        result.score.name: result.score.value
        for result in evaluation.compare(texts(lines), texts([*lines, "zebra"]), ["ngrams"])
    }
    assert measured["novel"] == pytest.approx(1 / 13)
    same = evaluation.compare(texts(lines), texts(lines), ["ngrams"])
    assert [r.score.value for r in same if r.score.name.startswith("js_")] == [0.0, 0.0, 0.0]


def test_too_few_examples_for_a_covariance_are_said(caplog):
    few, enough = (evaluation.FeatureSet(str(n), n, features(n, 0, 20)) for n in (20, 21))
    evaluation.compare(few, enough, ["fd"])
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "20: 20 examples are too few for the covariance of 20 features" in caplog.text
    caplog.clear()
    evaluation.compare(few, few, ["kd"])
    assert not caplog.records


def test_statistics_on_either_side_have_no_floor():
    known = evaluation.FeatureSet("a", 60, features())
    statistics = evaluation.FeatureSet("b", 60, statistics=known.moments)
    for sides in ((known, statistics), (statistics, known), (statistics, statistics)):
        [result] = evaluation.compare(*sides, ["fd"])
        assert result.real_baseline is None and result.size_matched is None
