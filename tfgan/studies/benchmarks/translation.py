"""Training steps of image translation against the same networks in PyTorch."""

import importlib.util
import os

import keras
import numpy as np
import tensorflow as tf

from tfgan import recipes
from tfgan.data import DataSpec
from tfgan.networks import unet
from tfgan.studies.benchmarks import timing

_BATCHES = {"pix2pix": 8, "pix2pix, new fakes": 8, "pix2pix, simultaneous": 8, "cyclegan": 1}
_BLOCKS = 3  # of the generators of CycleGAN


def run(shape, layers, width, rounds, progress=timing.silent):
    """Measures the recipes `pix2pix` with batches of 8 and `cyclegan` with batches of 1.

    CycleGAN has 3 residual blocks, identity terms and pools of 50 images. PyTorch, where it is
    installed, trains networks of as many parameters as the papers' code does.

    Args:
      shape: (height, width, channels) of sources and targets, sides of 3 * 2^layers or more.
      layers: int, convolutions of stride 2 in the discriminators.
      width: int, features of the first layer of every network.
      rounds: int.
      progress: as of `timing.race`.
    Returns: dict that JSON can hold: what was measured; `steps`, a list of `timing.rows` with
      `images_per_second`.
    """
    spec = DataSpec(tuple(shape), "images")
    spec = DataSpec(tuple(shape), "images", conditions={"source": spec})
    functions, against = {}, {}
    for name, build in models(layers, width).items():
        functions[f"tfgan, {name}"] = _step(build(spec), spec, _BATCHES[name])
    for name, step in _peers(tuple(shape), layers, width).items():
        functions[f"PyTorch, {name}"] = step
        against[f"PyTorch, {name}"] = f"tfgan, {name}"
    for order in ("new fakes", "simultaneous"):
        against[f"tfgan, pix2pix, {order}"] = "tfgan, pix2pix"
    seconds = timing.interleave(functions, rounds, calls=3, progress=progress)
    steps = [
        row | {"images_per_second": _BATCHES[row["name"].split(", ", 1)[1]] / row["seconds"]}
        for row in timing.rows(seconds, against)
    ]
    return {
        "shape": list(shape), "layers": layers, "width": width, "blocks": _BLOCKS,
        "batch_sizes": _BATCHES, "rounds": rounds, "cores": os.cpu_count(), "steps": steps,
    }  # fmt: skip


def lines(results):
    """Milliseconds of a training step, and ratios, as lines of text."""
    sizes = results["batch_sizes"]
    yield (
        f"translation of images {results['shape']}, width {results['width']}, batches of "
        f"{sizes['pix2pix']} and {sizes['cyclegan']}, {results['cores']} cores, "
        f"medians of {results['rounds']} rounds"
    )
    yield from timing.step_lines(results["steps"])


def models(layers, width):
    """What is measured: dict of function (spec) -> compiled model by name."""
    sizes = {"width": width, "discriminator_width": width, "discriminator_layers": layers}
    options = {
        "pix2pix": {"reuse_fakes": True},  # the order of PyTorch's
        "pix2pix, new fakes": {},
        "pix2pix, simultaneous": {"simultaneous": True},
        "cyclegan": {"blocks": _BLOCKS},
    }

    def build(spec, name):
        keras.utils.set_random_seed(0)
        arguments = sizes | options[name]
        recipe = recipes.find(name.split(",")[0]).recipe(batch_size=_BATCHES[name], **arguments)
        return recipe.build(spec, 0)

    return {name: lambda spec, name=name: build(spec, name) for name in options}


def _step(model, spec, batch_size):
    random = np.random.default_rng(0)
    raw = random.integers(0, 256, (2, batch_size, *spec.shape), np.uint8)
    batch = dict(zip(("data", "source"), map(tf.constant, raw), strict=True))
    step = tf.function(model.train_step, autograph=False)
    return lambda: step(batch)


def _peers(shape, layers, width):
    if not importlib.util.find_spec("torch"):
        return {}
    from tfgan.studies.benchmarks import torch_translation

    sizes = {"layers": layers, "width": width}
    depth = unet.halvings(shape)
    return {
        "pix2pix": torch_translation.pix2pix_step(
            shape, depth=depth, batch_size=_BATCHES["pix2pix"], **sizes
        ),
        "cyclegan": torch_translation.cyclegan_step(
            shape, blocks=_BLOCKS, batch_size=_BATCHES["cyclegan"], **sizes
        ),
    }
