"""Metrics that look at the pixels themselves and need no extractor."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_IMAGES = 8192  # as in the paper of the sliced Wasserstein distance
_PAIRS = 5000


def sliced_wasserstein(comparison):
    """The sliced Wasserstein distance between the patches of both sides, times 1,000."""
    count = min(comparison.real.count, comparison.fake.count, _IMAGES)
    sides = (side.data[:count] for side in (comparison.real, comparison.fake))
    found = metrics.sliced_wasserstein_distance(*sides, seed=comparison.seed)
    levels = {str(size): value for size, value in found.levels}
    return [Score("swd", found.mean, "lower", details={"levels": levels, "count": count})]


def similarity(comparison):
    """How alike two random samples are; compare it with the real examples' value."""
    pairs = min(_PAIRS, comparison.fake.count // 2)
    found = metrics.multi_scale_ssim_diversity(
        comparison.fake.data, pairs=pairs, seed=comparison.seed, label=comparison.fake.label
    )
    details = {"pairs": pairs}
    return [Score("ms_ssim", found.mean, "", found.standard_error, details)]


def parzen(comparison):
    """The log-likelihood in nats of held-out images, half of them to choose the bandwidth."""
    rows = comparison.real.modality.rows  # pixels in [0, 1], as in the 2014 paper
    fake, held_out = (
        rows(side.data).astype(np.float64) for side in (comparison.fake, comparison.held_out)
    )
    found = metrics.parzen_log_likelihood(fake, held_out[0::2], held_out[1::2])
    details = {"bandwidth": found.deviation}
    return [Score("parzen_nats", found.log_likelihood, "higher", found.standard_error, details)]
