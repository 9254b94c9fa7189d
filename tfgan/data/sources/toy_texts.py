"""Toy texts: an English small enough that every sentence can be checked.

    toy:sentences     the cats chase a dog.
    toy:paragraphs    a hen sees two pigs. the pigs like the cow. the cow needs all bees.

A sentence is a subject, a verb in the subject's number, and an object: 9,600 sentences. In a
paragraph of three, the object of a sentence is the subject of the next one, named with `the`.
"""

import dataclasses
import itertools
import re

import numpy as np

from tfgan import modalities, text

SENTENCES_OF = {"sentences": 1, "paragraphs": 3}

_NOUNS = ("bat", "bee", "cat", "cow", "dog", "hen", "pig", "rat")
_VERBS = ("chase", "hear", "like", "meet", "need", "see")
_ONE, _MANY = ("a", "the"), ("all", "the", "two")
_LONGEST = len("the cats chase the dogs.")
_NOUN = "|".join(_NOUNS)
_SUBJECT = f"(?:(?:{'|'.join(_ONE)}) (?:{_NOUN})|(?:{'|'.join(_MANY)}) (?:{_NOUN})s)"
_SENTENCE = re.compile(rf"({_SUBJECT}) ({'|'.join(_VERBS)})(s?) ({_SUBJECT})\.")


@dataclasses.dataclass(frozen=True)
class Grammar:
    """The rules of a toy language.

    >>> Grammar(1).correct(["the cats chase a dog.", "the cats chases a dog."]).tolist()
    [True, False]

    Attributes:
      sentences: int, in a text; several are linked.
    """

    sentences: int

    def correct(self, texts):
        """Which texts consist of correct sentences: bool `[count]`."""
        return np.array([all(map(_parts, _split(each))) for each in texts])

    def linked(self, texts):
        """The fraction of each text's sentences, but the first, whose subject is the object of the
        sentence before: float64 `[count]`; NaN for one sentence. An incorrect sentence has neither.
        """
        return np.array([_share_linked([_parts(each) for each in _split(one)]) for one in texts])


def modality():
    """The `Modality` of both sets: they have one alphabet."""
    return modalities.Texts(text.alphabet([*_NOUNS, *_VERBS, *_ONE, *_MANY, " .s"]))


def draw(random, count, sentences):
    """Texts of the toy language: int32 `[count, 24]` of one sentence, `[count, 74]` of three."""
    texts = [_paragraph(random, sentences) for _ in range(count)]
    return text.encode(texts, modality().symbols, sentences * (_LONGEST + 1) - 1)


def _paragraph(random, count):
    subject, sentences = _noun_phrase(random), []
    for _ in range(count):
        verb, object_ = random.choice(_VERBS), _noun_phrase(random)
        sentences.append(f"{subject} {verb}{'' if subject[-1] == 's' else 's'} {object_}.")
        subject = _about(object_)
    return " ".join(sentences)


def _noun_phrase(random):
    if random.random() < 0.5:
        return f"{random.choice(_ONE)} {random.choice(_NOUNS)}"
    return f"{random.choice(_MANY)} {random.choice(_NOUNS)}s"


def _about(phrase):
    return "the " + phrase.partition(" ")[2]


def _split(paragraph):
    return paragraph.replace(". ", ".\n").split("\n")


def _parts(sentence):
    """(subject, object) of a correct sentence, else None."""
    match = _SENTENCE.fullmatch(sentence)
    if match is None or (match[1][-1] == "s") == (match[3] == "s"):
        return None
    return match[1], match[4]


def _share_linked(parts):
    if len(parts) < 2:
        return np.nan
    pairs = itertools.pairwise(parts)
    return np.mean([bool(a and b) and b[0] == _about(a[1]) for a, b in pairs])
