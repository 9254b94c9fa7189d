"""The divergence of two sets of texts by their sequences of n symbols.

>>> from tfgan import metrics
>>> metrics.ngram_divergence(np.array([[1, 2]]), np.array([[2, 1]]), n=2)
1.0
"""

import numpy as np

from tfgan.metrics.checks import TooFewError


def ngram_divergence(real, fake, n):
    """The Jensen-Shannon divergence, in bits, between the n-grams of two sets of texts: float.

    JSD = (KL(p || m) + KL(q || m)) / 2, m = (p + q) / 2: 0 for equal frequencies of all n-grams, 1
    for disjoint sets, above 0 for small sets of one distribution. An n-gram may extend beyond the
    end of its text, which counts as a symbol.

    Args:
      real, fake: int `[count, t]`, symbols from 0, padded with 0.
      n: int, 1 to t.
    Source: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, section 5.5.
    """
    real, fake = np.asarray(real), np.asarray(fake)
    for name, rows in (("real", real), ("fake", fake)):
        if rows.ndim != 2 or rows.dtype.kind not in "iu" or rows.shape[1] != real.shape[1]:
            raise ValueError(
                f"{name} must hold texts of symbols [count, t], t that of real; received "
                f"{rows.dtype.name} {list(rows.shape)}."
            )
    if not 1 <= n <= real.shape[1]:
        raise ValueError(f"n must be 1 to {real.shape[1]}; received {n}.")
    base = int(max(real.max(initial=0), fake.max(initial=0))) + 1
    grams, counts = zip(*(_counted(rows, n, base) for rows in (real, fake)), strict=True)
    every, place = np.unique(np.concatenate(grams), return_inverse=True)
    shares = np.zeros((2, len(every)))
    shares[0, place[: len(grams[0])]] = counts[0] / counts[0].sum()
    shares[1, place[len(grams[0]) :]] = counts[1] / counts[1].sum()
    middle = shares.mean(axis=0)
    ratio = np.log2(shares / middle, out=np.zeros_like(shares), where=shares > 0)
    return float(0.5 * (shares * ratio).sum())


def _counted(rows, n, base):
    """(n-grams that begin with a symbol of the text, as numbers; their counts)."""
    windows = np.lib.stride_tricks.sliding_window_view(rows, n, axis=1).reshape(-1, n)
    windows = windows[windows[:, 0] != 0]
    if len(windows) == 0:
        raise TooFewError("there must be a non-empty text.")
    numbers = windows.astype(np.int64) @ (base ** np.arange(n, dtype=np.int64))
    return np.unique(numbers, return_counts=True)
