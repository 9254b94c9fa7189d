"""A training step of `dcgan` against its bare kernels, and against the same networks elsewhere."""

import importlib.util
import itertools
import os

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers, recipes
from tfgan.data import DataSpec
from tfgan.models import mixed_precision
from tfgan.studies.benchmarks import bare_kernels, baselines, timing

_LATENTS = 100


def run(shape, batch_size, width, rounds, progress=timing.silent):
    """Measures.

    Args:
      shape: (height, width, channels) of the images.
      batch_size: int.
      width: int, filters of the finest layer, of the recipe `dcgan`.
      rounds: int.
      progress: see `timing.race`.
    Returns: dict that JSON can hold: what was measured; `steps`, a list of `timing.rows` with
      `images_per_second`.
    """
    spec = DataSpec(tuple(shape), "images")
    raw = np.random.default_rng(0).integers(0, 256, (batch_size, *shape), np.uint8)
    functions, against = {}, {}
    for dtype, simultaneous in itertools.product(("float32", "bfloat16"), (False, True)):
        mode = "simultaneous" if simultaneous else "alternating"
        mode += "" if dtype == "float32" else f", {dtype}"
        model = _model(spec, batch_size, width, simultaneous, dtype)
        bare, operations = bare_kernels.floor(
            model.generator, model.discriminator, batch_size, simultaneous=simultaneous, dtype=dtype
        )
        bare_name = f"bare kernels, {mode}, {operations / 1e9:.1f} GFLOP"
        functions |= {f"tfgan, {mode}": _step(model, raw), bare_name: bare}
        against[f"tfgan, {mode}"] = bare_name
    functions["tfgan through fit, alternating"] = _fit(_model(spec, batch_size, width), raw)
    against["tfgan through fit, alternating"] = "tfgan, alternating"
    for name, function in _peers(spec, batch_size, width, raw).items():
        functions[name] = function
        against[name] = "tfgan, alternating" + (", bfloat16" if "bfloat16" in name else "")
    seconds = timing.interleave(functions, rounds, calls=10, progress=progress)
    rows = [
        row | {"images_per_second": batch_size / row["seconds"]}
        for row in timing.rows(seconds, against)
    ]
    return {
        "shape": list(shape), "batch_size": batch_size, "width": width, "rounds": rounds,
        "cores": os.cpu_count(), "steps": rows,
    }  # fmt: skip


def lines(results):
    """Milliseconds of a training step, and ratios, as lines of text."""
    yield (
        f"dcgan of width {results['width']} on images {results['shape']}, batch "
        f"{results['batch_size']}, {results['cores']} cores, medians of {results['rounds']} rounds"
    )
    yield from timing.step_lines(results["steps"])


def _model(spec, batch_size, width, simultaneous=False, dtype="float32"):
    keras.utils.set_random_seed(0)
    recipe = recipes.find("dcgan").recipe(
        batch_size=batch_size, width=width, latent_dim=_LATENTS, simultaneous=simultaneous
    )
    with mixed_precision.computing_in(dtype):
        return recipe.build(spec, 0)


def _step(model, raw):
    step, batch = tf.function(model.train_step, autograph=False), {"data": tf.constant(raw)}
    return lambda: step(batch)


def _fit(model, raw):
    batches = tf.data.Dataset.from_tensors({"data": raw}).repeat()
    step, iterator = model.make_train_function(), iter(batches)
    return lambda: step(iterator)


def _peers(spec, batch_size, width, raw):
    model = _model(spec, batch_size, width)
    networks = [layers.on_keras_layers(each) for each in (model.generator, model.discriminator)]
    data = tf.constant(raw / 127.5 - 1.0, tf.float32)
    peers = {"as keras.io writes it": baselines.keras_step(*networks, data, _LATENTS)}
    if importlib.util.find_spec("torch"):
        sizes = spec.shape, _LATENTS, width, batch_size
        peers["as PyTorch's example"] = baselines.torch_step(*sizes)
        peers["as PyTorch's example, bfloat16"] = baselines.torch_step(*sizes, bfloat16=True)
    return peers
