"""Toy texts: an English small enough that every sentence can be checked.

    toy:sentences     the cats chase a dog.
    toy:paragraphs    a hen sees two pigs. the pigs like the cow. the cow needs all bees.

A sentence is a subject, a verb in the subject's number, and an object: 9,600 sentences. In a
paragraph of three, what a sentence ends with is what the next one is about, named with `the`.
"""

import dataclasses
import re

import numpy as np

from tfgan import modalities, text
from tfgan.data import order
from tfgan.data.facts import Facts
from tfgan.data.sources.array_source import ArraySource

SENTENCES_OF = {"sentences": 1, "paragraphs": 3}

_NOUNS = ("bat", "bee", "cat", "cow", "dog", "hen", "pig", "rat")
_VERBS = ("chase", "hear", "like", "meet", "need", "see")
_ONE, _MANY = ("a", "the"), ("all", "the", "two")
_LONGEST = len("the cats chase the dogs.")
_SUBJECT = (
    rf"(?:(?:{'|'.join(_ONE)}) (?:{'|'.join(_NOUNS)})"
    rf"|(?:{'|'.join(_MANY)}) (?:{'|'.join(_NOUNS)})s)"
)
_SENTENCE = re.compile(rf"({_SUBJECT}) ({'|'.join(_VERBS)})(s?) ({_SUBJECT})\.")
_COUNT, _HELD_OUT = 10_000, 1_000
_SEED = 2017  # one fixed draw, so that every run sees the same texts


@dataclasses.dataclass(frozen=True)
class Grammar:
    """What the texts of a toy language follow.

    Attributes:
      sentences: int, in a text; what is above 1 is linked.
    """

    sentences: int

    def correct(self, texts):
        """Which texts consist of correct sentences: bool `[count]`."""
        return np.array([all(map(_parts, _split(each))) for each in texts])

    def linked(self, texts):
        """The share of each text's sentences, but the first, that are about what the one before
        them ends with: float64 `[count]`; an incorrect sentence is about nothing. NaN for one
        sentence."""
        return np.array([_share_linked([_parts(each) for each in _split(one)]) for one in texts])


def open_texts(name):
    """10,000 texts of a toy language, the same in every run.

    Args:
      name: "sentences" or "paragraphs".
    Returns: `ArraySource` of int32 `[10000, 24]` or `[10000, 74]`; 1,000 more are held out.
    """
    symbols = text.alphabet([*_NOUNS, *_VERBS, *_ONE, *_MANY, " .s"])
    length = SENTENCES_OF[name] * (_LONGEST + 1) - 1
    modality, facts = modalities.Texts(symbols), Facts(grammar=Grammar(SENTENCES_OF[name]))

    def source(part, count, **options):
        draw = order.generator(_SEED, name + part)
        texts = [_paragraph(draw, SENTENCES_OF[name]) for _ in range(count)]
        data = text.encode(texts, symbols, length)
        return ArraySource(f"toy:{name}", data, modality=modality, facts=facts, **options)

    return source("", _COUNT, open_held_out=lambda: source(" held out", _HELD_OUT))


def _paragraph(draw, count):
    subject, sentences = _noun_phrase(draw), []
    for _ in range(count):
        verb, object_ = draw.choice(_VERBS), _noun_phrase(draw)
        sentences.append(f"{subject} {verb}{'' if subject[-1] == 's' else 's'} {object_}.")
        subject = _about(object_)
    return " ".join(sentences)


def _noun_phrase(draw):
    if draw.random() < 0.5:
        return f"{draw.choice(_ONE)} {draw.choice(_NOUNS)}"
    return f"{draw.choice(_MANY)} {draw.choice(_NOUNS)}s"


def _about(phrase):
    return "the " + phrase.partition(" ")[2]


def _split(paragraph):
    return paragraph.replace(". ", ".\n").split("\n")


def _parts(sentence):
    """(subject, object) of a correct sentence, else None."""
    found = _SENTENCE.fullmatch(sentence)
    if found is None or (found[1][-1] == "s") == (found[3] == "s"):
        return None
    return found[1], found[4]


def _share_linked(parts):
    if len(parts) < 2:
        return np.nan
    pairs = zip(parts, parts[1:], strict=False)
    return np.mean([bool(a and b) and b[0] == _about(a[1]) for a, b in pairs])
