"""Small sets to translate, and translators without a network."""

import numpy as np
import tensorflow as tf

from tfgan.data.facts import Facts
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.pairs import Paired, Unpaired
from tfgan.modalities import Images, Masks

SIDE = 12
MASKS = Masks(("dark", "bright"))


def pairs(count=20, held_out=7, seed=0, *, labels=None):
    """Pairs of masks, the source, and gray images that are bright where the mask is 1."""
    draw = np.random.default_rng(seed)
    mask = draw.integers(0, 2, (count, SIDE // 4, SIDE // 4, 1), np.uint8).repeat(4, 1).repeat(4, 2)
    noise = draw.integers(0, 30, mask.shape, np.uint8)
    label = None if labels is None else np.arange(count) % labels
    return Paired(
        "toy pairs",
        ArraySource("images", 200 * mask + noise, label),
        ArraySource("masks", mask, modality=MASKS),
        pairs(held_out, 0, seed + 1, labels=labels) if held_out else None,
    )


def unpaired(target=20, source=12, held_out=(5, 7)):
    """Images, and their negatives of other images as the source; the true masks are known."""

    def domain(kind, count, seed, **options):
        data = pairs(count, 0, seed)._take(np.arange(count))["data"]
        data = data if kind == "data" else 255 - data
        return ArraySource(kind, data, facts=Facts(mask_of=mask_of), **options)

    target, source = (
        domain(kind, count, seed, open_held_out=lambda k=kind, n=n, s=seed: domain(k, n, s + 9))
        for kind, count, seed, n in (
            ("data", target, 1, held_out[0]),
            ("source", source, 2, held_out[1]),
        )
    )
    return Unpaired("toy domains", target, source)


def mask_of(images):
    """Where the two halves of an image's pixels differ: 1 where it is bright."""
    return (images > 127).astype(np.uint8)


class Translator:
    """A stand-in for a model: a function of the raw source and the number of the sample."""

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
