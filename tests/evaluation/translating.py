"""Small sets to translate, and translators without a network."""

import numpy as np
import tensorflow as tf

from tfgan.data.facts import Facts
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.pairs import Paired, Unpaired
from tfgan.modalities import Images, Masks

SIDE = 12
MASKS = Masks(("dark", "bright"))


def pairs(count=20, held_out=7, seed=0, *, labels=None, reverse=False):
    """Pairs of masks, the source, and gray images that are bright where the mask is 1.

    Args:
      held_out: int, pairs.
      labels: int, classes of the pairs; None for none.
      reverse: bool, images as the source of masks.
    """
    mask, image = _draw(count, seed)
    label = None if labels is None else np.arange(count) % labels
    masks, images = ArraySource("masks", mask, modality=MASKS), ArraySource("images", image, label)
    domains = (masks, images) if reverse else (images, masks)
    rest = pairs(held_out, 0, seed + 1, labels=labels, reverse=reverse) if held_out else None
    return Paired("toy pairs", *domains, rest)


def of_images(side=SIDE):
    """Pairs of gray images of a size."""
    images = np.zeros((20, side, side, 1), np.uint8)
    return Paired("toy images", ArraySource("data", images), ArraySource("source", images))


def unpaired(target=20, source=12, held_out=(5, 7), *, reverse_of_masks=False):
    """Images, and negatives of others as the source; the true masks are known, see `mask_of`.

    Args:
      target, source: int, images of each domain.
      held_out: pair of int, of each.
      reverse_of_masks: bool, for images as the source of unpaired masks.
    """
    if reverse_of_masks:
        return Unpaired("toy masks", *(pairs(seed=1)._source, pairs()._target))

    def domain(kind, count, seed, **options):
        _, images = _draw(count, seed)
        images = images if kind == "data" else 255 - images
        return ArraySource(kind, images, facts=Facts(mask_of=mask_of), **options)

    target, source = (
        domain(kind, count, seed, open_held_out=lambda k=kind, n=n, s=seed: domain(k, n, s + 9))
        for kind, count, seed, n in (
            ("data", target, 1, held_out[0]),
            ("source", source, 2, held_out[1]),
        )
    )
    return Unpaired("toy domains", target, source)


def mask_of(images):
    """1 where an image is bright."""
    return (images > 127).astype(np.uint8)


class Translator:
    """A stand-in for a model: a function of the raw source, and perhaps one back."""

    latent_shapes = code_shapes = {}  # noqa: RUF012
    classes = category = prior = None
    modality = Images()

    def __init__(self, translate, back=None, kind=MASKS):
        self.translate, self.back = translate, back
        self.has_cycle = back is not None
        self.condition_modalities = {"source": kind}
        self.condition_specs = {"source": tf.TensorSpec((SIDE, SIDE, 1), tf.uint8, "source")}
        self.calls = []

    def sample(self, count, *, source, seed=0, start=0, truncation=None, label=None):
        self.calls.append((count, start))
        return {"data": self.translate(np.asarray(source)), "source": source}

    def cycle(self, source, *, noise=0.0, seed=0):
        return self.back(self.translate(source), noise)


def _draw(count, seed):
    """(masks, images that are bright where the mask is 1), uint8 `[count, side, side, 1]` each."""
    draw = np.random.default_rng(seed)
    mask = draw.integers(0, 2, (count, SIDE // 4, SIDE // 4, 1), np.uint8).repeat(4, 1).repeat(4, 2)
    return mask, 200 * mask + draw.integers(0, 30, mask.shape, np.uint8)
