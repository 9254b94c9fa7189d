import re

import numpy as np
import pytest

from tfgan.data import open_source
from tfgan.data.sources import toy_texts

GRAMMAR = toy_texts.Grammar(3)


@pytest.mark.parametrize("name", ["sentences", "paragraphs"])
def test_all_texts_are_correct_and_fit(name):
    source = open_source(f"toy:{name}")
    for side in (source, source.held_out):
        texts = side.spec.modality.lines(side.data)
        assert side.facts.grammar.correct(texts).all()
        assert {each.count(".") for each in texts} == {toy_texts.SENTENCES_OF[name]}
    assert (source.count, source.held_out.count) == (10_000, 1_000)


def test_the_sentences_of_a_paragraph_are_linked():
    source = open_source("toy:paragraphs").held_out
    assert (source.facts.grammar.linked(source.spec.modality.lines(source.data)) == 1.0).all()


@pytest.mark.parametrize(
    ("sentence", "is_correct"),
    [
        ("the cats chase a dog.", True),
        ("the cat chases two dogs.", True),
        ("the cat chase a dog.", False),
        ("the cats chases a dog.", False),
        ("a cats chase a dog.", False),
        ("two cat chase a dog.", False),
        ("the cats chase a dog", False),
        ("the cats chase a fox.", False),
        ("the cats chase a dog. ", False),
        ("", False),
    ],
)
def test_a_sentence_is_correct_by_the_grammar(sentence, is_correct):
    assert GRAMMAR.correct([sentence]).tolist() == [is_correct]


def test_a_sentence_is_about_the_end_of_the_one_before():
    texts = [
        "a hen sees two pigs. the pigs like the cow. the cow needs all bees.",
        "a hen sees two pigs. the pigs like the cow. a cow needs all bees.",
        "a hen sees two pigs. the pig likes the cow. the cow needs all bees.",
        "a hen see two pigs. the pigs like the cow. the cow needs all bees.",
    ]
    assert GRAMMAR.linked(texts).tolist() == [1.0, 0.5, 0.5, 0.5]
    assert np.isnan(GRAMMAR.linked(["a hen sees two pigs."])).all()


def test_there_are_9600_sentences_and_all_are_equally_long_at_most():
    words = {*toy_texts._NOUNS, *toy_texts._VERBS, *toy_texts._ONE, *toy_texts._MANY}
    assert all(re.fullmatch("[a-z]+", word) for word in words)
    phrases = len(toy_texts._NOUNS) * (len(toy_texts._ONE) + len(toy_texts._MANY))
    assert phrases**2 * len(toy_texts._VERBS) == 9_600
