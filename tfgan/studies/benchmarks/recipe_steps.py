"""The time and the memory of a training step of every recipe, and of PyTorch's networks.

A recipe has processes of its own, because the peak of memory only ever rises. Steps are taken on
one batch of the recipe's data. Where lazy terms are not due in every step, the steps of a period
are measured together. For the recipes of `torch_games.RECIPES` the same networks are trained in
PyTorch, in turn with ours, where it is installed.
"""

import importlib.util
import math
import os
import statistics
import tempfile

import tensorflow as tf

from tfgan import recipes
from tfgan.studies.benchmarks import blocks, timing
from tfgan.training import TrainConfig, planning, preparation, resumption

_CALLS = 3  # of a recipe in a round
TWINS = ("dcgan", "sngan", "stylegan2", "r3gan")


def run(variant, rounds, initializer, progress=timing.silent, measured_blocks=blocks.BLOCKS):
    """Measures.

    Args:
      variant: list of str, "RECIPE name=value name=value"; [] for all recipes with their defaults,
        which are the preset for a CPU, and the blocks.
      rounds: int.
      initializer: see `timing.in_process`; it starts TensorFlow.
      progress: see `timing.race`.
      measured_blocks: sequence of `blocks.Block`.
    Returns: dict that JSON can hold: what was measured; `has_torch`; `recipes`, a list of dict, see
      `_row`; `blocks`, see `blocks.run`, [] where variants are given.
    """
    variants, has_torch = variant or recipes.names(), bool(importlib.util.find_spec("torch"))
    for recipe, *settings in map(str.split, variants):
        recipes.resolve(recipe, settings)  # raises before anything is measured
    of_blocks = []
    if not variant:
        of_blocks = timing.in_process(_run_blocks, measured_blocks, rounds, initializer=initializer)
    rows = []
    for number, text in enumerate(variants, 1):
        progress(f"recipe {number} of {len(variants)}: {text}")
        rows.append(_row(text, has_torch and text.split()[0] in TWINS, rounds, initializer))
    return {
        "rounds": rounds, "cores": os.cpu_count(), "has_torch": has_torch, "recipes": rows,
        "blocks": of_blocks,
    }  # fmt: skip


def lines(results):
    """One line of text per recipe, and per block."""
    yield (
        f"a training step of recipes at their preset for a CPU, {results['cores']} cores, medians "
        f"of {results['rounds']} rounds; memory on top of what TensorFlow holds from the start"
    )
    for row in results["recipes"]:
        line = (
            f"{row['name']:<18}{row['seconds'] * 1e3:>9.1f} ms"
            f"{row['examples_per_second']:>9,.0f} examples/s{_memory(row['memory'])}"
        )
        if "ratio" in row:
            line += (
                f"   PyTorch {row['torch_seconds'] * 1e3:.1f} ms, {row['ratio']:.2f} times "
                f"that,{_memory(row['torch_memory'])}"
            )
        yield line.rstrip(",")
    yield from blocks.lines(results["blocks"])
    if not results["has_torch"]:
        yield "PyTorch is not installed: nothing is compared with it."


def _memory(count):
    return "" if count is None else f"{count / 2**20:>7,.0f} MiB"


def _row(text, has_twin, rounds, initializer):
    """The row of a recipe.

    Returns: dict that JSON can hold: `name`; `batch_size`, real examples in a step; `period`, steps
      that were measured together; `seconds` of a step; `examples_per_second`; `memory`, bytes of
      building the model and of the steps of a period, None where the system does not record it;
      and of PyTorch's twin `torch_seconds`, `torch_memory`, and `timing.ratios` of its seconds to
      ours, one per round: 2 is twice as slow.
    """
    measured = timing.in_process(_measure, text, has_twin, rounds, initializer=initializer)
    row = {"name": text, **measured["facts"]}
    ours, period = measured["seconds"]["ours"], measured["facts"]["period"]
    row["seconds"] = statistics.median(ours) / period
    row["examples_per_second"] = row["batch_size"] / row["seconds"]
    if has_twin:
        twin = measured["seconds"]["twin"]
        row |= {
            "torch_seconds": statistics.median(twin) / period,
            "torch_memory": timing.in_process(_peak_of_twin, text, period, initializer=initializer),
            **timing.ratios(twin, ours),
        }
    return row


def _run_blocks(measured, rounds):
    return blocks.run(measured, rounds)


def _peak_of_twin(text, period):
    from tfgan.studies.benchmarks import torch_games

    del torch_games  # its import does not count
    plan, source = _plan(text)
    return timing.peak_on_top(_twin(plan, source, period))[1]


def _measure(text, has_twin, rounds):
    """Runs in its own process: dict of `facts` of the recipe and `seconds` by name."""

    def first_steps():
        model, batch, plan, source = _opened(text)
        steps = _period_of_steps(model, batch)
        steps()
        return steps, _period(model), len(batch["data"]), plan, source

    (ours, period, examples, plan, source), memory = timing.peak_on_top(first_steps)
    functions = {"ours": ours}
    if has_twin:
        functions["twin"] = _twin(plan, source, period)
    calls = 1 if period > 1 else _CALLS
    return {
        "facts": {"batch_size": examples, "period": period, "memory": memory},
        "seconds": timing.interleave(functions, rounds, calls),
    }


def _plan(text):
    recipe, *settings = text.split()
    with tempfile.TemporaryDirectory() as workdir:
        parameters = recipes.parse_settings(settings)
        plan = planning.resolve(TrainConfig(recipe=recipe, workdir=workdir, parameters=parameters))
    return plan, resumption.open_source(plan, None)


def _opened(text):
    """(model, a batch for it, the plan, the source) as a run has them."""
    plan, source = _plan(text)
    more = resumption.open_unlabeled(plan)
    model = resumption.new_record(plan, source, None, more).build()
    plan = planning.fit_batch(plan, source, model, 1)
    strategy = tf.distribute.get_strategy()
    return model, next(iter(preparation.batches(plan, strategy, source, more, model))), plan, source


def _period(model):
    return math.lcm(*(term.every for term in model.terms))


def _period_of_steps(model, batch):
    step, period = tf.function(model.train_step, autograph=False), _period(model)

    def steps():
        for _ in range(period):
            step(batch)

    return steps


def _twin(plan, source, period):
    from tfgan.studies.benchmarks import torch_games

    game = None

    def steps():
        nonlocal game
        game = game or torch_games.Game(plan.recipe, source.spec.shape, plan.parameters)
        for _ in range(period):
            game.step()

    return steps
