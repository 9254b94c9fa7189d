"""Plots of two-dimensional codes beside draws of their prior."""

import numpy as np

from tfgan import images, rng

_COUNT = 5_000
_GRAY = (90, 90, 90)


def picture(model, source, seed=0):
    """Three plots: codes of training examples, codes of held-out examples, draws of the prior.

    The color of a code is the label of its example; that of a draw its class, if the encoder was
    trained with labels.

    Args:
      model: `models.GenerativeModel`.
      source: `data.Source` that it was trained on.
      seed: int, of the prior's draws.
    Returns: uint8 `[height, width, 3]`; None for a model without a two-dimensional code.
    """
    planar = [name for name, shape in model.code_shapes.items() if tuple(shape) == (2,)]
    if not planar:
        return None
    parts = [part for part in (source, source.held_out) if part is not None]
    sets = [next(part.examples(_COUNT, batch_size=_COUNT)) for part in parts]
    clouds = [(model.codes(batch["data"])[planar[0]], batch.get("label")) for batch in sets]
    clouds.append(_draw(model, planar[0], len(clouds[0][0]), seed))
    reach = max(float(np.quantile(np.abs(cloud), 0.999)) for cloud, _ in clouds)
    classes = source.spec.classes or 1
    plots = [
        images.scatter(cloud, 1.1 * reach, colors=_colors(label, len(cloud), classes))
        for cloud, label in clouds
    ]
    return images.grid(np.stack(plots), columns=len(plots), gap=4)


def _draw(model, name, count, seed):
    stream = rng.stream(seed, 0, "codes of the prior")
    if not model.classes or model.prior.classes != model.classes:
        return np.asarray(model.prior(count, stream)[name]), None
    label = np.arange(count, dtype=np.int32) % model.classes
    return np.asarray(model.prior.conditional(label, stream)[name]), label


def _colors(label, count, classes):
    if label is None:
        return np.tile(np.uint8(_GRAY), (count, 1))
    return images.palette(classes)[label]
