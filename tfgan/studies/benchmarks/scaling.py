"""How a training step of `dcgan` scales: with replicas, with the batch and with the resolution.

Each axis varies one thing around a base point. Every point has a process of its own, since devices
can be split before the first operation alone and the peak of memory only ever rises; the base point
is timed in turn with it there.
"""

import os
import statistics

import keras
import numpy as np
import tensorflow as tf

from tfgan import recipes
from tfgan.data import DataSpec
from tfgan.studies.benchmarks import plot, timing
from tfgan.training import distribution

BASE = {"replicas": 1, "batch_size": 64, "resolution": 32}
AXES = {"replicas": (1, 2, 4), "batch_size": (16, 64, 256, 1024), "resolution": (32, 64, 128)}

_CHANNELS = 3
_MOST_CALLS, _ROUND_SECONDS = 5, 0.5  # of a point in a round


def run(width, rounds, on_run=None):
    """Measures.

    The batch is that of all replicas together. Replicas are the GPUs that there are, else parts of
    the CPU, which share its cores: those show what distribution costs and not what devices gain.

    Args:
      width: int, filters of the finest layer, of the recipe `dcgan`.
      rounds: int.
      on_run: function (str), told what runs next.
    Returns: dict that JSON can hold: what was measured; `gpus`, how many there are; `base`, a dict
      of `replicas`, `batch_size` and `resolution`; `axes`, by name a list of dict, a point each:
      those three, `seconds` (median of the rounds), `images_per_second`, `ratios` (over the rounds)
      of its images a second to those of the base point, `ratio`, their median, and `memory`, bytes:
      the most of the host's memory that two steps of the process held on top of TensorFlow, or
      None where the system does not tell.
    Raises: measuring.Lost, for a process that died.
    """
    gpus = len(tf.config.get_visible_devices("GPU"))
    axes = {
        name: [BASE | {name: value} for value in values]
        for name, values in (AXES | {"replicas": _replicas(gpus)}).items()
    }
    points = {_key(point): point for axis in axes.values() for point in axis}
    rows = {}
    for number, (key, point) in enumerate(points.items(), 1):
        if on_run:
            on_run(f"point {number} of {len(points)}: {_told(point)}")
        rows[key] = timing.alone(_measure, point, BASE, width, rounds, gpus)
    return {
        "width": width,
        "channels": _CHANNELS,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "gpus": gpus,
        "base": BASE,
        "axes": {name: [rows[_key(point)] for point in axis] for name, axis in axes.items()},
    }


def title(found):
    """What was measured, in words; `found` as of `run`."""
    machine = f"{found['gpus']} GPU(s)" if found["gpus"] else f"{found['cores']} cores"
    return (
        f"A step of dcgan of width {found['width']} on a machine of {machine}, medians of "
        f"{found['rounds']} rounds; base: {_told(found['base'])}x{found['channels']}"
    )


def picture(found):
    """An SVG of images a second over each axis; `found` as of `run`."""
    level = next(
        point["images_per_second"]
        for point in found["axes"]["replicas"]
        if _key(point) == _key(found["base"])
    )
    names = {
        "replicas": "replicas, GPUs" if found["gpus"] else "replicas, parts of one CPU",
        "batch_size": "batch",
        "resolution": "resolution",
    }
    panels = []
    for name, points in found["axes"].items():
        panels.append(
            plot.Panel(
                f"images/s by {names[name]}",
                [f"{point[name]:,}" for point in points],
                [point["images_per_second"] for point in points],
                [f"{point['ratio']:.2f}" for point in points],
                level,
            )
        )
    return plot.svg(f"{title(found)} (dashed; in gray the ratio to it)", panels)


def _told(point):
    replicas = f"{point['replicas']} replica{'s' if point['replicas'] > 1 else ''}"
    side = point["resolution"]
    return f"{replicas}, batch {point['batch_size']:,}, {side}x{side}"


def _key(point):
    return tuple(point[name] for name in BASE)


def _replicas(gpus):
    """Counts that a batch of a power of two can be shared by."""
    if not gpus:
        return AXES["replicas"]
    return tuple(2**power for power in range(gpus.bit_length()))


def _measure(point, base, width, rounds, gpus):
    """The row of a point; runs in a process of its own."""
    strategy = _open(point["replicas"], gpus)
    functions = {}

    def begin():
        functions["point"] = _step(strategy, point, width)
        functions["point"]()
        return timing.seconds(functions["point"])

    first, memory = timing.peak_on_top(begin)
    calls = int(_ROUND_SECONDS / first)
    if point != base:
        functions["base"] = _step(tf.distribute.get_strategy(), base, width)
    seconds = timing.interleave(functions, rounds, min(max(calls, 1), _MOST_CALLS))
    pairs = zip(seconds["point"], seconds.get("base", seconds["point"]), strict=True)
    images = point["batch_size"] / base["batch_size"]
    ratios = [images * theirs / ours for ours, theirs in pairs]
    median = statistics.median(seconds["point"])
    return point | {
        "seconds": median,
        "images_per_second": point["batch_size"] / median,
        "ratio": statistics.median(ratios),
        "ratios": ratios,
        "memory": memory,
    }


def _open(replicas, gpus):
    """A strategy over as many GPUs, or parts of the CPU where there are none."""
    used = tf.config.list_physical_devices("GPU")[: min(replicas, gpus)]
    tf.config.set_visible_devices(used, "GPU")
    if replicas == 1:
        return distribution.open_strategy("one")
    return distribution.open_strategy("mirrored", devices=0 if gpus else replicas)


def _step(strategy, point, width):
    """A function that takes a training step and waits for it."""
    keras.utils.set_random_seed(0)
    shape = (point["resolution"], point["resolution"], _CHANNELS)
    recipe = recipes.find("dcgan").recipe(batch_size=point["batch_size"], width=width)
    with strategy.scope():
        model = recipe.build(DataSpec(shape, "images"), 0)
    raw = np.random.default_rng(0).integers(0, 256, (point["batch_size"], *shape), np.uint8)
    pieces = np.split(raw, point["replicas"])
    batch = strategy.experimental_distribute_values_from_function(
        lambda context: {"data": tf.constant(pieces[context.replica_id_in_sync_group])}
    )

    @tf.function(autograph=False)
    def step(batch):
        return strategy.run(model.train_step, (batch,))["g_loss"]

    return lambda: [loss.numpy() for loss in strategy.experimental_local_results(step(batch))]
