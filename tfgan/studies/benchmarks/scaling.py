"""How a training step of `dcgan` scales: with replicas, with the batch and with the resolution.

Every point has its own process, because devices can only be split before the first operation
and the peak of memory only ever rises; the base point is timed in turn with it there.
"""

import os
import statistics

import keras
import numpy as np
import tensorflow as tf

from tfgan import recipes, words
from tfgan.data import DataSpec
from tfgan.studies import plots
from tfgan.studies.benchmarks import timing
from tfgan.training import distribution

BASE = {"replicas": 1, "batch_size": 64, "resolution": 32}
AXES = {"replicas": (1, 2, 4), "batch_size": (16, 64, 256, 1024), "resolution": (32, 64, 128)}

_CHANNELS = 3
_MOST_CALLS, _ROUND_SECONDS = 5, 0.5  # of a point in a round


def run(width, rounds, initializer, progress=timing.silent):
    """Measures.

    The batch is that of all replicas together. Replicas are the GPUs of the machine, or else parts
    of the CPU, which share its cores.

    Args:
      width: int, filters of the finest layer, of the recipe `dcgan`.
      rounds: int.
      initializer: see `timing.in_process`; it starts TensorFlow.
      progress: see `timing.race`.
    Returns: dict that JSON can hold: what was measured; `gpus`, their number; `base`, a dict
      of `replicas`, `batch_size` and `resolution`; `axes`, by name a list of dict, one per point:
      those three, `seconds` (median of the rounds), `images_per_second`, `timing.ratios` of these
      to those of the base, and `memory`, bytes: see `timing.peak_on_top`, of two steps.
    """
    gpus = len(tf.config.get_visible_devices("GPU"))
    axes = {
        name: [BASE | {name: value} for value in values]
        for name, values in (AXES | {"replicas": _replicas(gpus)}).items()
    }
    points = {_key(point): point for axis in axes.values() for point in axis}
    rows = {}
    for number, (key, point) in enumerate(points.items(), 1):
        progress(f"point {number} of {len(points)}: {_in_words(point)}")
        rows[key] = timing.in_process(
            _measure, point, BASE, width, rounds, gpus, initializer=initializer
        )
    return {
        "width": width, "channels": _CHANNELS, "rounds": rounds, "cores": os.cpu_count(),
        "gpus": gpus, "base": BASE,
        "axes": {name: [rows[_key(point)] for point in axis] for name, axis in axes.items()},
    }  # fmt: skip


def lines(results):
    """One line of text per point of each axis."""
    yield _title(results)
    if not results["gpus"]:
        yield (
            f"The replicas are parts of the CPU and share its {results['cores']} cores: they show "
            "what distribution costs, not what more devices gain."
        )
    for name, points in results["axes"].items():
        yield name
        for point in points:
            memory = f"{point['memory'] / 2**20:>7,.0f} MiB" if point["memory"] else ""
            yield (
                f"{point[name]:>7,}{point['seconds'] * 1e3:>10,.1f} ms"
                f"{point['images_per_second']:>9,.0f} images/s{point['ratio']:>7.2f} of the base"
                f"{memory}"
            )
    yield "The memory is the host's, on top of what TensorFlow holds from the start."


def picture(results):
    """Images per second over each axis of `run`, an SVG: str. A curve's id is the axis' name."""
    axes = results["axes"]
    base_rates = {_key(point): point["images_per_second"] for point in axes["replicas"]}
    level = base_rates[_key(results["base"])]
    names = {
        "replicas": "replicas, GPUs" if results["gpus"] else "replicas, parts of one CPU",
        "batch_size": "batch",
        "resolution": "resolution",
    }

    def draw(*panels):
        for panel, (name, points) in zip(panels, axes.items(), strict=True):
            rates = [point["images_per_second"] for point in points]
            panel.axhline(level, color="#aaaaaa", linestyle="--", linewidth=1.0)
            panel.plot(range(len(points)), rates, "o-", gid=name)
            for place, rate in enumerate(rates):
                panel.annotate(
                    f"{rate:,.0f}", (place, rate), (0, 6), textcoords="offset points", ha="center"
                )
            ticks = [f"{point[name]:,}\n{point['ratio']:.2f}" for point in points]
            panel.set_xticks(range(len(points)), ticks)
            panel.set(title=f"images/s by {names[name]}", ylim=(0.0, 1.15 * max(*rates, level)))
            panel.margins(x=0.12)
            panel.grid(visible=False, axis="x")

    title = f"{_title(results)} (dashed; below each point its ratio to the base)"
    return plots.svg(draw, width=11.0, height=3.2, panels=len(axes), title=title)


def _title(results):
    gpus, cores = results["gpus"], results["cores"]
    return (
        f"A step of dcgan of width {results['width']} on a machine of "
        f"{words.counted(gpus, 'GPU') if gpus else words.counted(cores, 'core')}, medians of "
        f"{results['rounds']} rounds; base: {_in_words(results['base'])}x{results['channels']}"
    )


def _in_words(point):
    side = point["resolution"]
    replicas = words.counted(point["replicas"], "replica")
    return f"{replicas}, batch {point['batch_size']:,}, {side}x{side}"


def _key(point):
    return tuple(point[name] for name in BASE)


def _replicas(gpus):
    """Numbers of replicas that can share a batch of a power of two evenly."""
    if not gpus:
        return AXES["replicas"]
    return tuple(2**power for power in range(gpus.bit_length()))


def _measure(point, base, width, rounds, gpus):
    """The row of a point; runs in its own process."""
    strategy = _open(point["replicas"], gpus)
    functions = {}

    def first_steps():
        functions["point"] = _step(strategy, point, width)
        functions["point"]()
        return timing.seconds(functions["point"])

    duration, memory = timing.peak_on_top(first_steps)
    calls = int(_ROUND_SECONDS / duration)
    if point != base:
        functions["base"] = _step(tf.distribute.get_strategy(), base, width)
    seconds = timing.interleave(functions, rounds, min(max(calls, 1), _MOST_CALLS))
    images = point["batch_size"] / base["batch_size"]
    base_seconds = [images * each for each in seconds.get("base", seconds["point"])]
    median = statistics.median(seconds["point"])
    return point | {
        "seconds": median,
        "images_per_second": point["batch_size"] / median,
        **timing.ratios(base_seconds, seconds["point"]),
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
    keras.utils.set_random_seed(0)
    shape = (point["resolution"], point["resolution"], _CHANNELS)
    recipe = recipes.find("dcgan").recipe(batch_size=point["batch_size"], width=width)
    with strategy.scope():
        model = recipe.build(DataSpec(shape, "images"), 0)
    raw = np.random.default_rng(0).integers(0, 256, (point["batch_size"], *shape), np.uint8)
    shares = np.split(raw, point["replicas"])
    batch = strategy.experimental_distribute_values_from_function(
        lambda context: {"data": tf.constant(shares[context.replica_id_in_sync_group])}
    )

    @tf.function(autograph=False)
    def step(batch):
        return strategy.run(model.train_step, (batch,))["g_loss"]

    return lambda: [loss.numpy() for loss in strategy.experimental_local_results(step(batch))]
