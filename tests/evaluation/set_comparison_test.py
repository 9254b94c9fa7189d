import numpy as np
import pytest

from tfgan import evaluation, modalities, text
from tfgan.evaluation import set_comparison


def features(count=60, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def saved(path, **arrays):
    np.savez(path, **arrays)
    return str(path)


def test_statistics_of_two_extractors_are_refused(tmp_path):
    one, other = (
        evaluation.FeatureSet("a", 60, features(), identity={"name": "x", "sha256": s, "resize": r})
        for s, r in (("1", "clean"), ("2", "legacy_tf"))
    )
    with pytest.raises(
        ValueError, match="different extractors .sha256 1 and 2; resize clean and legacy"
    ):
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


def test_statistics_on_either_side_have_no_floor():
    known = evaluation.FeatureSet("a", 60, features())
    statistics = evaluation.FeatureSet("b", 60, statistics=known.moments)
    for sides in ((known, statistics), (statistics, known), (statistics, statistics)):
        [result] = evaluation.compare(*sides, ["fd"])
        assert result.real_baseline is None and result.size_matched is None
