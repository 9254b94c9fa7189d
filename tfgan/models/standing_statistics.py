"""Standing statistics: moments of batch normalization for samples of a truncated prior.

Batch normalization normalizes samples by moving moments of training, of the whole prior. Latents
that are cut off at a threshold have other moments, which passes of new batches measure.

Source: Brock et al. 2019, https://arxiv.org/abs/1809.11096, section 4.1 and appendix D.
"""

import contextlib

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers, rng
from tfgan.models import sampling


def recompute(model, *, truncation=None, passes=16, batch_size=64, seed=0, **conditions):
    """Replaces the moving moments of the network that samples are drawn from.

    The new ones are the mean over the batches of their means and of their variances. The mean of
    variances within batches lacks the variance between the means of batches, as in training.

    Args:
      model: `GenerativeModel` with a prior, whose weights in use are changed; training does not
        restore them: use a model that is not trained further.
      truncation: float, the threshold of the prior, or None.
      passes: int, 1 or more, batches.
      batch_size: int, 2 or more, samples per batch.
      seed: int, of the latents and labels, which are others than those of `model.sample`.
      **conditions: see `GenerativeModel.sample`; labels are drawn by default, all equally often.
    Returns: int, the number of layers whose moments were replaced.
    Raises: ValueError for arguments out of range, and a model without a prior or without batch
      normalization.
    """
    if passes < 1 or batch_size < 2:
        raise ValueError(
            "passes must be 1 or more and batch_size 2 or more; received "
            f"{passes} and {batch_size}."
        )
    network = model.sampling_network() if model.prior is not None else None
    if network is None:
        raise ValueError(
            f"model must draw samples from a prior in one pass; received {type(model).__name__}."
        )
    norms = [
        layer
        for layer in dict.fromkeys(layers.iterate_layers(network))
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    if not norms:
        raise ValueError(
            f"The network {network.name} has no batch normalization: standing statistics would "
            "change nothing."
        )
    sums = [np.zeros(v.shape) for v in _moments(norms)]
    stream = rng.stream(seed, 0, "standing statistics")
    arguments = sampling.sample_arguments(model, batch_size, truncation, conditions)
    rows = {name: tf.constant(each) for name, each in arguments.items()}

    @tf.function(autograph=False)
    def run(numbers):
        network(model.latents(rng.fold(stream, numbers), **rows), training=True)

    with _each_batch_alone(norms):
        for index in range(passes):
            run(index * batch_size + tf.range(batch_size))
            for total, moment in zip(sums, _moments(norms), strict=True):
                total += np.asarray(moment, np.float64)
    for total, moment in zip(sums, _moments(norms), strict=True):
        moment.assign(total / passes)
    return len(norms)


def _moments(norms):
    return [v for norm in norms for v in (norm.moving_mean, norm.moving_variance)]


@contextlib.contextmanager
def _each_batch_alone(norms):
    """Within the block a pass in training mode replaces the moments by those of its batch."""
    before = [(norm.trainable, norm.momentum) for norm in norms]
    for norm in norms:
        norm.trainable, norm.momentum = True, 0.0
    try:
        yield
    finally:
        for norm, (trainable, momentum) in zip(norms, before, strict=True):
            norm.trainable, norm.momentum = trainable, momentum
