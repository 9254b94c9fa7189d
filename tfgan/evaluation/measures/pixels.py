"""Metrics of pixels, which need no extractor."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_IMAGES = 8192  # as in the paper of the sliced Wasserstein distance
_PAIRS = 5000


def sliced_wasserstein(comparison):
    """The sliced Wasserstein distance between the patches of both sets, times 1,000."""
    count = min(comparison.real.count, comparison.fake.count, _IMAGES)
    images = (side.data[:count] for side in (comparison.real, comparison.fake))
    distance = metrics.sliced_wasserstein_distance(*images, seed=comparison.seed)
    levels = {str(size): value for size, value in distance.levels}
    return [Score("swd", distance.mean, "lower", details={"levels": levels, "count": count})]


def similarity(comparison):
    """The similarity of two random samples, to be compared with that of real examples."""
    pairs = min(_PAIRS, comparison.fake.count // 2)
    ssim = metrics.multi_scale_ssim_diversity(
        comparison.fake.data, pairs=pairs, seed=comparison.seed, label=comparison.fake.label
    )
    return [Score("ms_ssim", ssim.mean, "", ssim.standard_error, {"pairs": pairs})]


def parzen(comparison):
    """The log-likelihood in nats of held-out images, half of which choose the bandwidth."""
    rows = comparison.real.modality.as_vectors  # pixels in [0, 1], as in the 2014 paper
    fake, held_out = (
        rows(side.data).astype(np.float64) for side in (comparison.fake, comparison.held_out)
    )
    result = metrics.parzen_log_likelihood(fake, held_out[0::2], held_out[1::2])
    details = {"bandwidth": result.deviation}
    return [Score("parzen_nats", result.log_likelihood, "higher", result.standard_error, details)]
