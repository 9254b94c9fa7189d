"""Metrics of texts: their n-grams, how many differ, and the grammar of a toy language."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_LENGTHS = (4, 3, 2, 1)


def ngrams(comparison):
    """The divergence of n-grams, and the fractions of texts that are distinct and that are new."""
    real, fake = comparison.real.data, comparison.fake.data
    divergences = [
        Score(f"js_{n}", metrics.ngram_divergence(real, fake, n), "lower")
        for n in _LENGTHS
        if n <= real.shape[1]
    ]
    rows = [row.tobytes() for row in fake]
    training = {row.tobytes() for row in real}
    return [
        *divergences,
        Score("unique", len(set(rows)) / len(rows), "higher"),
        Score("novel", float(np.mean([row not in training for row in rows]))),
    ]


def grammar(comparison):
    """The fraction of correct texts, and of sentences that are linked to the one before.

    Raises: ValueError for texts of another language than a toy language.
    """
    language = comparison.real.facts.grammar
    if language is None:
        raise ValueError(
            "The metric grammar is for toy:sentences and toy:paragraphs only; received "
            f"{comparison.real.name}."
        )
    lines = comparison.fake.modality.lines(comparison.fake.data)
    scores = [Score("correct", float(language.correct(lines).mean()), "higher")]
    if language.sentences > 1:
        scores.append(Score("linked", float(np.nanmean(language.linked(lines))), "higher"))
    return scores
