"""What training buys in a given time: recipes and their parameters, judged after equal seconds.

The seconds are turned into steps: all variants are timed in interleaved rounds, through `fit`'s own
function and on the real input, and each then takes as many steps as fit into the seconds. So the
figures depend on the ratios of the step times, and a busy minute during training changes nothing.
"""

import os
import statistics

import keras
import numpy as np

from tfgan import data, evaluation, extractors, recipes
from tfgan.studies.benchmarks import timing

_CALLS = 10

# The settings of the DCGAN paper, what `tfgan train` does, and what was tried beside it.
VARIANTS = (
    "dcgan batch_size=64 width=64 learning_rate=2e-4 simultaneous=False average_half_life=0.0",
    "dcgan",
    "dcgan simultaneous=False",
    "dcgan batch_size=16",
    "dcgan batch_size=32",
    "dcgan batch_size=128",
    "dcgan learning_rate=5e-4",
    "dcgan learning_rate=2e-3",
    "dcgan width=16",
    "dcgan width=64",
    "lsgan learning_rate=1e-3",
    "rpgan",
)


def run(variants, seconds, seeds, count, rounds, on_run):
    """Measures.

    Args:
      variants: sequence of str, "RECIPE name=value name=value"; recipes for mnist5k.
      seconds: ascending ints, the budgets.
      seeds: ints, a run each.
      count: int, samples that are judged.
      rounds: int, of timing.
      on_run: function (str), told what runs next.
    Returns: dict that JSON can hold: what was measured, and `variants`, a list of dict: `name`,
      `seconds_per_step`, `steps` (a number a budget) and `fd_digits` (for each seed a number a
      budget).
    Raises: ValueError for an unknown recipe or parameter.
    """
    source = data.open_source("mnist5k")
    evaluator = evaluation.Evaluator(
        source, extractors.open_extractor("digits"), ["fd"], count=count
    )
    resolved = {text: _resolve(text) for text in variants}
    trainings = {text: _Training(source, *resolved[text], seed=0) for text in variants}
    steppers = {text: training.advance for text, training in trainings.items()}
    taken = timing.interleave(steppers, rounds, _CALLS, on_run)
    rows = []
    for text in variants:
        second = statistics.median(taken[text])
        steps = [int(budget / second) for budget in seconds]
        reached = []
        for seed in seeds:
            on_run(f"{text}, seed {seed}: {steps[-1]:,} steps")
            training = _Training(source, *resolved[text], seed=seed, steps=steps[-1])
            reached.append([training.judged(evaluator, target) for target in steps])
        row = {"name": text, "seconds_per_step": second, "steps": steps, "fd_digits": reached}
        rows.append(row)
    return {
        "seconds": list(seconds),
        "seeds": list(seeds),
        "count": count,
        "cores": os.cpu_count(),
        "variants": rows,
    }


def _resolve(text):
    """(recipe, values of its parameters)."""
    recipe, *settings = text.split()
    return recipe, recipes.resolve(recipe, settings)


class _Training:
    """A model that goes on step by step, as `fit` moves it."""

    def __init__(self, source, recipe, values, *, seed, steps=None):
        keras.utils.set_random_seed(seed)
        taken = values if steps is None else values | {"steps": steps}
        self._model = recipes.make(recipe, taken).build(source.spec, seed)
        batch_size = values["batch_size"] * self._model.discriminator_steps
        self._batches = iter(source.batches(batch_size, seed=seed))
        self._model.make_train_function()

    def advance(self):
        """One step."""
        self._model.train_function(self._batches)

    def judged(self, evaluator, target):
        """The Frechet distance of the running average after `target` steps in all: float."""
        for _ in range(target - self._model.steps_done):
            self.advance()
        [result] = evaluator.evaluate(self._model).results
        return float(result.score.value)


def lines(found):
    """The figures as lines of text: a variant each, mean and deviation over the seeds."""
    seeds = ", ".join(map(str, found["seeds"]))
    yield (
        f"fd_digits of {found['count']:,} samples after equal seconds of training on "
        f"{found['cores']} cores, seeds {seeds}"
    )
    for row in found["variants"]:
        yield row["name"]
        reached = np.array(row["fd_digits"])
        for place, budget in enumerate(found["seconds"]):
            values = reached[:, place]
            spread = f" +- {values.std(ddof=1):.3f}" if len(values) > 1 else ""
            yield f"{budget:>8} s{row['steps'][place]:>9,} steps{values.mean():>9.3f}{spread}"
