"""The perceptual path length: how smoothly samples change between latents."""

import numpy as np

from tfgan import metrics, modalities, priors, rng
from tfgan.evaluation.scores import Score

_PATHS = 10_000


def path_length(comparison):
    """The path length in features, or in pixels in [-1, 1]: lines for uniform priors, else arcs."""
    model = comparison.model
    count = min(_PATHS, comparison.fake.count)
    [(name, latents)] = model.prior(2 * count, rng.stream(comparison.seed, 0, "paths")).items()
    # Data other than images are compared in the form that networks receive.
    extractor = comparison.extractor if model.modality == modalities.Images() else None
    is_uniform = isinstance(model.prior, priors.Uniform)
    length = metrics.perceptual_path_length(
        lambda latents: model.generate({name: latents.astype(np.float32)}),
        lambda near, far: _squared_distance(extractor, near, far),
        *np.split(np.asarray(latents), 2),
        interpolate=metrics.lerp if is_uniform else metrics.slerp,
        epsilon=1e-2,
        seed=comparison.seed,
    )
    details = {"epsilon": 1e-2, "space": "line" if is_uniform else "sphere", "paths": length.count}
    name = comparison.metric_name("ppl", "ppl_inception")
    return [Score(name, length.mean, "lower", length.standard_error, details)]


def _squared_distance(extractor, near, far):
    """Squared distances `[n]` between generated examples, which are not rounded."""
    if extractor is not None:
        near, far = (extractor((side + 1.0) * 127.5).features for side in (near, far))
    difference = near.astype(np.float64) - far
    return np.sum(difference.reshape(len(difference), -1) ** 2, axis=1)
