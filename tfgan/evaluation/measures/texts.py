"""Metrics of texts: their n-grams, how many differ, and whether a toy language is spoken well."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_LENGTHS = (4, 3, 2, 1)


def ngrams(comparison):
    """The divergence of n-grams, and the share of texts that are unlike all others and new."""
    real, fake = comparison.real.data, comparison.fake.data
    figures = [
        Score(f"js_{n}", metrics.ngram_divergence(real, fake, n), "lower")
        for n in _LENGTHS
        if n <= real.shape[1]
    ]
    rows = [row.tobytes() for row in fake]
    known = {row.tobytes() for row in real}
    novel = float(np.mean([row not in known for row in rows]))
    return [
        *figures,
        Score("unique", len(set(rows)) / len(rows), "higher"),
        Score("novel", novel),
    ]


def grammar(comparison):
    """The share of texts that are correct, and of sentences that are linked to the one before.

    Raises: ValueError, if the texts are not those of a toy language.
    """
    known = comparison.real.facts.grammar
    if known is None:
        raise ValueError(
            "The metric grammar knows toy:sentences and toy:paragraphs only; received "
            f"{comparison.real.name}."
        )
    texts = comparison.fake.modality.lines(comparison.fake.data)
    found = [Score("correct", float(known.correct(texts).mean()), "higher")]
    if known.sentences > 1:
        found.append(Score("linked", float(np.nanmean(known.linked(texts))), "higher"))
    return found
