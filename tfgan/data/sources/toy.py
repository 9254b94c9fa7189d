"""`toy:NAME`: data whose distribution is known, so that a model can be judged.

Points in the plane are here, texts in `toy_texts`, videos in `toy_videos` and images to translate
in `toy_translation`. The points are the three sets of Gulrajani et al. 2017,
https://arxiv.org/abs/1704.00028, Section 4 and their code: ring (8 Gaussians), grid (25 Gaussians)
and swiss_roll, scaled to about unit variance.
"""

import numpy as np

from tfgan import modalities, words
from tfgan.data import example_order
from tfgan.data.decoding import preprocessing
from tfgan.data.facts import Facts, Mixture
from tfgan.data.source_names import TOY_KINDS
from tfgan.data.sources import mnist5k, pairs, stacked, toy_texts, toy_translation, toy_videos
from tfgan.data.sources.array_source import ArraySource

MIXTURES = ("ring", "grid")

_COUNTS = {"points": 100_000, "texts": 10_000, "videos": 5_000}  # a tenth more are held out
_SEED = 2017  # one fixed draw, so that every run uses the same examples


def mixture(name):
    """The components of a toy set, for metrics that count the modes a model covers.

    >>> mixture("ring").centers.shape
    (8, 2)

    Args:
      name: "ring" or "grid".
    Returns: `Mixture`; component i is the points with label i.
    Raises: ValueError for another name; a swiss roll has no components.
    """
    if name == "ring":
        angle = 2.0 * np.pi * np.arange(8) / 8
        centers = 2.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return Mixture((centers / 1.414).astype(np.float32), 0.02 / 1.414)
    if name == "grid":
        side = 2.0 * np.arange(-2, 3)
        centers = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1).reshape(-1, 2)
        return Mixture((centers / 2.828).astype(np.float32), 0.05 / 2.828)
    raise words.unknown("The name of a mixture", name, MIXTURES)


def open_toy(name):
    """The examples of a toy set, the same in every run.

    Args:
      name: "ring", "grid" (labels: the component) or "swiss_roll" (no labels), 100,000 points
        float32 `[2]`; "sentences" or "paragraphs", see `toy_texts`; "bouncing", see `toy_videos`;
        "textures" or "stripes", see `toy_translation`; "stacked_mnist", see `stacked`.
    Returns: `Source`; a tenth as many further examples are held out, or 200 of each domain.
    Raises: ValueError for another name.
    """
    if name not in TOY_KINDS:
        raise words.unknown("toy:NAME", name, TOY_KINDS)
    if name in _OF_IMAGES:
        return _OF_IMAGES[name]()
    count, facts, options = _COUNTS[TOY_KINDS[name]], Facts(), {}
    if name in MIXTURES:
        facts = Facts(mixture=mixture(name))
    elif name in toy_texts.SENTENCES_OF:
        facts = Facts(grammar=toy_texts.Grammar(toy_texts.SENTENCES_OF[name]))
        options["modality"] = toy_texts.modality()
    elif name == "bouncing":
        options["class_names"] = toy_videos.SHAPES

    def source(part, count, **held_out):
        examples = _draw(name, example_order.generator(_SEED, name + part), count)
        return ArraySource(f"toy:{name}", *examples, facts=facts, **options, **held_out)

    return source("", count, open_held_out=lambda: source(" held out", count // 10))


def _textures():
    """4,000 pairs of `toy_translation.textures`, and 400 held out."""

    def source(part, count, held_out=None):
        random = example_order.generator(_SEED, "textures" + part)
        data, mask = toy_translation.textures(random, count)
        masks = modalities.Masks(toy_translation.TEXTURES)
        return pairs.Paired(
            "toy:textures",
            ArraySource("toy:textures", data),
            ArraySource("toy:textures", mask, modality=masks),
            held_out,
        )

    return source("", 4000, source(" held out", 400))


def _stripes():
    """1,000 images of one domain of `toy_translation.stripes` and 800 of the other."""

    def domain(name, count, part="", **held_out):
        random = example_order.generator(_SEED, f"stripes {name}{part}")
        images = toy_translation.stripes(random, count, name)
        return ArraySource("toy:stripes", images, facts=facts, **held_out)

    facts = Facts(mask_of=toy_translation.stripes_mask)
    source, data = (
        domain(name, count, open_held_out=lambda n=name: domain(n, 200, " held out"))
        for name, count in (("source", 1000), ("data", 800))
    )
    return pairs.Unpaired("toy:stripes", data, source)


def _stacked_mnist():
    """`stacked:mnist5k`."""
    digits = mnist5k.open_digits(preprocessing.ImagePreprocessing())
    return stacked.Stacked(digits, "toy:stacked_mnist")


_OF_IMAGES = {"textures": _textures, "stripes": _stripes, "stacked_mnist": _stacked_mnist}


def _draw(name, random, count):
    """(raw data `[count, ...]`, labels `[count]` or None)."""
    if name == "swiss_roll":
        return _swiss_roll(random, count), None
    if name == "bouncing":
        return toy_videos.draw(random, count)
    if name in toy_texts.SENTENCES_OF:
        return toy_texts.draw(random, count, toy_texts.SENTENCES_OF[name]), None
    components = mixture(name)
    label = random.integers(len(components.centers), size=count)
    noise = components.std * random.standard_normal((count, 2))
    return (components.centers[label] + noise).astype(np.float32), label


def _swiss_roll(random, count):
    """(t cos t, t sin t) + noise, t = 1.5 pi (1 + 2 u), u ~ U[0, 1), noise of deviation 0.25."""
    t = 1.5 * np.pi * (1.0 + 2.0 * random.random(count))
    roll = np.stack([t * np.cos(t), t * np.sin(t)], axis=1)
    return ((roll + 0.25 * random.standard_normal((count, 2))) / 7.5).astype(np.float32)
