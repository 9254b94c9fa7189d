"""Metrics of the codes that samples are generated from: what is visible of them in the samples."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_BINS = 10


def classes(comparison):
    """The agreement of each one-hot latent with the class that a classifier reads from the sample.

    The rows named `_chance` are those of shuffled latents.
    """
    fake = comparison.fake
    one_hot = {name: rows.argmax(axis=1) for name, rows in fake.latents.items() if is_class(rows)}
    predicted, scores = fake.logits.argmax(axis=1), []
    for name, code in one_hot.items():
        agreement = metrics.cluster_agreement(code, predicted)
        chance = metrics.cluster_agreement(_shuffled(code, comparison.seed), predicted)
        share = agreement.accuracy
        error = float(np.sqrt(share * (1.0 - share) / len(code)))
        details = {"class_of": {str(c): label for c, label in agreement.class_of.items()}}
        details["mutual_information"] = agreement.mutual_information
        scores += [
            Score(f"{name}_nmi", agreement.nmi, "higher"),
            Score(f"{name}_nmi_chance", chance.nmi),
            Score(f"{name}_accuracy", share, "higher", error, details),
            Score(f"{name}_accuracy_chance", chance.accuracy),
        ]
    return scores


def information_gap(comparison):
    """The mutual information gap of all latents and the factors that can be read from a sample.

    Factors: the class, if there is a classifier, and the slant, width and ink of strokes. Each
    number of a vector is a code, and each one-hot latent. `mig_chance` is that of shuffled factors.
    """
    fake = comparison.fake
    codes = by_name(fake.latents)
    factors = {} if fake.logits is None else {"class": fake.logits.argmax(axis=1)}
    factors |= metrics.stroke_factors(fake.data)
    shuffled = {name: _shuffled(factor, comparison.seed) for name, factor in factors.items()}
    gap = metrics.mutual_information_gap(codes, factors, _BINS)
    chance = metrics.mutual_information_gap(codes, shuffled, _BINS)
    scores = [Score("mig", gap.gap, "higher"), Score("mig_chance", chance.gap)]
    for factor, of_code in gap.information.items():
        best = max(of_code, key=of_code.get)
        details = {"code": best, "information": of_code[best]}
        scores.append(Score(f"mig_{factor}", gap.of_factor[factor], "higher", details=details))
    return scores


def by_name(latents):
    """The codes in latents `[count, ...]`: dict of `[count]`, classes or single numbers."""
    codes = {}
    for name, rows in latents.items():
        if is_class(rows):
            codes[name] = rows.argmax(axis=1)
        else:
            flat = rows.reshape(len(rows), -1)
            codes |= {f"{name}[{index}]": column for index, column in enumerate(flat.T)}
    return codes


def is_class(rows):
    """Whether all rows `[count, classes]` are one-hot."""
    is_matrix = rows.ndim == 2 and rows.shape[1] > 1
    return is_matrix and np.isin(rows, (0, 1)).all() and (rows.sum(axis=1) == 1).all()


def _shuffled(values, seed):
    return np.random.default_rng(seed).permutation(values)
