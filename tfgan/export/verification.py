"""Before an export is published, what was written is compared with the samples of the model."""

import numpy as np
import tensorflow as tf

from tfgan import failures
from tfgan.export import translation
from tfgan.models import sampling
from tfgan.models.translation import SOURCE, translators

_SEEDS = (0, 3, 2**40 + 7)


class MismatchError(failures.Failure):
    """What was written makes other samples than the model."""


def check_precision(model):
    """Raises ValueError for the last weights of networks that compute in half precision."""
    network = model.sampling_network()
    if model.sampling_weights == "last" and network is not None:
        halves = {layer.compute_dtype for layer in network.layers} & {"bfloat16", "float16"}
        if halves:
            raise ValueError(
                f"The last weights compute in {halves.pop()}, and an export computes in float32: "
                "export their running average, which does too."
            )


def check_samples(model, sample, levels):
    """Compares samples of what was written with those of the model.

    Args:
      model: `GenerativeModel`.
      sample: function, arguments of `model.sample` -> `data` and, where it has one, `label`: NumPy
        arrays of one row.
      levels: int, by how much pixels may differ; floats, as networks see them, by 1e-5.
    Raises: MismatchError, if they differ by more.
    """
    for request in _requests(model):
        expected, (data, label) = model.sample(1, **request), sample(request)
        seed, problem = request["seed"], ""
        if difference := _difference(data, expected["data"], model.modality, levels):
            problem = f"makes other samples than the run (seed {seed}: {difference})"
        elif label is not None and not np.array_equal(label, expected["label"]):
            problem = f"gives seed {seed} another label than the run"
        if problem:
            raise MismatchError(f"The written model {problem}; nothing was published.")


def check_translations(model, translate):
    """Compares translations by what was written with those of the model, at two sizes.

    Args:
      model: `GenerativeModel`.
      translate: function, (name of `translation.NAMES`, raw source `[height, width, channels]`,
        seed) -> outputs by name, NumPy arrays of one row.
    Raises: MismatchError, if they differ.
    """
    if not model.translation_networks:
        return
    height, width = model.condition_specs[SOURCE].shape[:2]
    whole = max(512, height + 3, 2 * width)  # what was written takes no tiles
    for direction, translator in translators(model, tile=whole).items():
        name = translation.NAMES[direction]
        for seed, size in zip(_SEEDS, [(height, width), (height + 3, 2 * width - 1)], strict=False):
            random = np.random.default_rng(seed)
            source = _raw(random, (*size, translator.source_channels), translator.source)
            expected, modality = translator(source, seed=seed)[None], translator.target
            data = translate(name, source, seed)[modality.output_name]
            if difference := _difference(data, expected, modality, levels=0):
                raise MismatchError(
                    f"{name} of the written model makes other images than the run (seed {seed}, "
                    f"{size[0]} x {size[1]} pixels: {difference}); nothing was published."
                )


def _requests(model):
    """Arguments of `model.sample`, a list of dict; conditions other than labels are random."""
    cut = sampling.truncation_range(model.prior)
    last = model.classes - 1 if model.classes else None
    requests = [
        {"seed": _SEEDS[0], "label": None, "truncation": None},
        {"seed": _SEEDS[1], "label": last, "truncation": min(0.5, cut[1]) if cut else None},
        {"seed": _SEEDS[2], "label": last and 0, "truncation": None},
    ]
    for request in requests:
        random = np.random.default_rng(request["seed"])
        for name, spec in model.condition_specs.items():
            modality = model.condition_modalities.get(name)
            values = _raw(random, spec.shape, modality).astype(spec.dtype.as_numpy_dtype)
            request[name] = values
    return requests[: 3 if model.sampling_steps == 1 else 2]


def _raw(random, shape, modality):
    """Raw data of a modality whose network inputs, as those of others, are U[-1, 1): NumPy."""
    if modality is None:
        return random.uniform(-1.0, 1.0, shape)
    floats = random.uniform(-1.0, 1.0, modality.shape(tuple(shape))).astype(np.float32)
    return modality.to_raw(tf.constant(floats[None])).numpy()[0]


def _difference(data, expected, modality, levels):
    """By how much data differ, in words; "" if they agree."""
    if data.shape != expected.shape:
        return f"shape {data.shape}, not {expected.shape}"
    if expected.dtype == np.uint8:
        most = np.abs(data.astype(np.int32) - expected.astype(np.int32)).max()
        return "" if most <= levels else f"up to {most} levels of 255 apart"
    floats = modality.to_float(data), modality.to_float(expected)
    is_close = np.allclose(*floats, rtol=1e-5, atol=1e-5)
    return "" if is_close else f"up to {np.abs(data - expected).max():g} apart"
