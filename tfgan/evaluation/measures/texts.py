"""Metrics of texts: their n-grams, how many differ, and the grammar of a toy language."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score


def ngrams(comparison):
    """The divergence of n-grams, and the fractions of texts that are distinct and that are new."""
    real, fake = comparison.real.data, comparison.fake.data
    lengths = [n for n in (4, 3, 2, 1) if n <= real.shape[1]]
    values = [(f"js_{n}", metrics.ngram_divergence(real, fake, n)) for n in lengths]
    rows = [row.tobytes() for row in fake]
    training = {row.tobytes() for row in real}
    return [
        *(Score(name, value, "lower") for name, value in values),
        Score("unique", len(set(rows)) / len(rows), "higher"),
        Score("novel", float(np.mean([row not in training for row in rows]))),
    ]


def grammar(comparison):
    """The fraction of correct texts, and of sentences that are linked to the one before.

    Raises: ValueError for texts that are not of a toy language.
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
