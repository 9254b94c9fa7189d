"""A training step of `dcgan` against its bare kernels, and against the same networks elsewhere."""

import itertools
import os
import statistics

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers, recipes
from tfgan.data import DataSpec
from tfgan.models import mixed_precision
from tfgan.studies.benchmarks import bare_kernels, baselines, timing

_LATENTS = 100


def run(shape, batch_size, width, rounds, on_run=None):
    """Measures.

    Args:
      shape: (height, width, channels) of the images.
      batch_size: int.
      width: int, filters of the finest layer, of the recipe `dcgan`.
      rounds: int.
      on_run: function (str), told what runs next.
    Returns: dict that JSON can hold: what was measured; `steps`, a list of dict: `name`, `seconds`
      (median of the rounds), `images_per_second`, and `ratios` (over the rounds) of its seconds to
      those of `against`, where there is something to compare with.
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
        functions[f"tfgan, {mode}"] = _step(model, raw)
        functions[f"bare kernels, {mode}, {operations / 1e9:.1f} GFLOP"] = bare
        against[f"tfgan, {mode}"] = list(functions)[-1]
    functions["tfgan through fit, alternating"] = _fit(_model(spec, batch_size, width), raw)
    against["tfgan through fit, alternating"] = "tfgan, alternating"
    for name, function in _peers(spec, batch_size, width, raw).items():
        functions[name] = function
        against[name] = "tfgan, alternating" + (", bfloat16" if "bfloat16" in name else "")
    seconds = timing.interleave(functions, rounds, calls=10, on_run=on_run)
    return {
        "shape": list(shape),
        "batch_size": batch_size,
        "width": width,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "steps": [_row(name, seconds, against.get(name), batch_size) for name in functions],
    }


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
    """One step of a `fit` that goes on and on, as a person would call it."""
    batches = tf.data.Dataset.from_tensors({"data": raw}).repeat()
    step, iterator = model.make_train_function(), iter(batches)
    return lambda: step(iterator)


def _peers(spec, batch_size, width, raw):
    model = _model(spec, batch_size, width)
    data = tf.constant(raw / 127.5 - 1.0, tf.float32)
    found = {
        "as keras.io writes it": baselines.keras_step(
            layers.on_keras_layers(model.generator),
            layers.on_keras_layers(model.discriminator),
            data,
            _LATENTS,
        )
    }
    if baselines.has_torch():
        found["as PyTorch's example"] = baselines.torch_step(
            spec.shape, _LATENTS, width, batch_size
        )
        found["as PyTorch's example, bfloat16"] = baselines.torch_step(
            spec.shape, _LATENTS, width, batch_size, bfloat16=True
        )
    return found


def _row(name, seconds, against, batch_size):
    median = statistics.median(seconds[name])
    row = {"name": name, "seconds": median, "images_per_second": batch_size / median}
    if against:
        pairs = zip(seconds[name], seconds[against], strict=True)
        ratios = [ours / theirs for ours, theirs in pairs]
        row |= {"against": against, "ratio": statistics.median(ratios), "ratios": ratios}
    return row
