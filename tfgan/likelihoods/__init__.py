"""Log-likelihoods, each of a kind: exact, a bound or an estimate.

Symbols: x data, log p(x) in nats, one value per example.

    >>> import numpy as np
    >>> from tfgan.likelihoods import LogLikelihood, iwae
    >>> log_weights = np.log([[0.1, 0.2], [0.3, 0.2]])  # two latents for each of two examples
    >>> bound = LogLikelihood(iwae.importance_weighted(log_weights), "lower bound")
    >>> round(bound.mean, 4)  # log 0.2
    -1.6094
"""

from tfgan.likelihoods import ais, boltzmann, iwae
from tfgan.likelihoods.log_likelihood import KINDS, LogLikelihood

__all__ = ["KINDS", "LogLikelihood", "ais", "boltzmann", "iwae"]
