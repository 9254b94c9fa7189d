import pytest

from tfgan import text
from tfgan.data import Facts, open_source
from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import texts

TEXTS = open_source("toy:sentences").spec.modality
PARAGRAPHS = open_source("toy:paragraphs").facts


def side(lines, facts=PARAGRAPHS, length=74):
    data = text.encode(lines, TEXTS.symbols, length)
    return FeatureSet("text:FILE", len(lines), data=data, modality=TEXTS, facts=facts)


def figures(measure, real, fake):
    result = measure(Comparison(real, fake))
    return {figure.name: figure.value for figure in result}


def test_repeated_texts_are_not_unique_and_copied_ones_not_novel():
    real = side(["the cat sees a dog.", "a hen likes all bees."])
    fake = side(["the cat sees a dog.", "a cow sees a dog.", "a cow sees a dog.", "a bat."])
    result = figures(texts.ngrams, real, fake)
    assert result["unique"] == 0.75 and result["novel"] == 0.75
    assert 0 < result["js_1"] < result["js_2"] < result["js_3"] < result["js_4"] < 1


def test_texts_shorter_than_the_longest_ngram_are_measured_by_shorter_ones():
    result = figures(texts.ngrams, side(["ab"], length=2), side(["ab", "ba"], length=2))
    assert {"js_1", "js_2"} <= set(result) and "js_3" not in result


def test_correct_and_linked_sentences_are_counted():
    fake = side(
        [
            "the cat sees a dog. the dog likes all bees. the bees need a rat.",
            "the cat sees a dog. a dog likes all bees. the bees need a rat.",
            "the cat sees a dog. the dog likes all bee. the bees need a rat.",
            "",
        ]
    )
    result = figures(texts.grammar, fake, fake)
    assert result == {"correct": 0.5, "linked": pytest.approx((1.0 + 0.5 + 0.0) / 3)}


def test_other_texts_have_no_grammar():
    with pytest.raises(ValueError, match="received text:FILE"):
        figures(texts.grammar, side(["a"], Facts()), side(["a"]))
