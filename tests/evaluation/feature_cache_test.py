"""Features are computed once for one content."""

import pytest

from tfgan import evaluation
from tfgan.extractors import open_extractor


@pytest.fixture(scope="module")
def extractor():
    return open_extractor("digits")


def test_features_of_real_examples_are_found_again_by_their_content(
    digits, tmp_path, arrays, deal, extractor, monkeypatch
):
    def evaluate(**facts):
        cache = evaluation.FeatureCache(str(tmp_path), facts)
        evaluator = evaluation.Evaluator(digits, extractor, ["fd"], count=300, cache=cache)
        return evaluator.evaluate(deal(arrays[2])).results[0]

    first = evaluate()
    files = list((tmp_path / "features").iterdir())
    assert len(files) == 2  # training and held-out examples
    monkeypatch.setattr(type(digits), "examples", None)  # reading again would fail
    assert evaluate() == first
    monkeypatch.undo()
    evaluate(channels=3)
    assert len(list((tmp_path / "features").iterdir())) == 4
    files[0].write_bytes(b"damaged")
    assert evaluate() == first
