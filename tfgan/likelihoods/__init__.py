"""Log-likelihoods, and what each number is: exact, a bound or an estimate.

Symbols: x data, log p(x) in nats, one value an example.
"""

from tfgan.likelihoods import ais, boltzmann, iwae
from tfgan.likelihoods.log_likelihood import KINDS, LogLikelihood

__all__ = ["KINDS", "LogLikelihood", "ais", "boltzmann", "iwae"]
