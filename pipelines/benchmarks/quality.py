"""What training buys in a given time: variants of `dcgan`, judged after equal seconds.

The seconds are turned into steps: all variants are timed in interleaved rounds, through `fit`'s own
function and on the real input, and each then takes as many steps as fit into the seconds. So the
figures depend on the ratios of the step times, and a busy minute during training changes nothing.
"""

import statistics

import keras
import numpy as np

from tfgan import data, evaluation, extractors, recipes

from . import measuring

_RECIPE = "dcgan"
_CALLS = 10

VARIANTS = {
    "plain": "width=64 learning_rate=2e-4 simultaneous=False average_half_life=0.0",
    "default": "",
}


def run(variants, seconds, seeds, count, rounds, on_run):
    """Measures.

    Args:
      variants: dict of str by name: settings of the recipe as "name=value name=value".
      seconds: ints, ascending; the budgets.
      seeds: ints, one run each.
      count: int, samples that are judged.
      rounds: int, of timing.
      on_run: function (str), told what runs next.
    Returns: dict that JSON can hold: what was measured; `variants`, a list of dict: `name`,
      `settings`, `seconds_per_step`, `steps` (one number a budget) and `fd_digits` (a list of one
      number a budget for each seed).
    Raises: ValueError for settings that the recipe does not take.
    """
    source = data.open_source("mnist5k")
    extractor = extractors.open_extractor("digits")
    evaluator = evaluation.Evaluator(source, extractor, ["fd"], count=count)
    settings = {name: recipes.resolve(_RECIPE, text.split()) for name, text in variants.items()}
    steppers = {name: _Training(source, values, 0).advance for name, values in settings.items()}
    taken = measuring.interleave(steppers, rounds, _CALLS, on_run)
    del steppers
    rows = []
    for name, values in settings.items():
        second = statistics.median(taken[name])
        steps = [int(budget / second) for budget in seconds]
        reached = []
        for seed in seeds:
            on_run(f"{name}, seed {seed}: {steps[-1]:,} steps")
            reached.append(_train(source, evaluator, values, seed, steps))
        rows.append(
            {
                "name": name,
                "settings": variants[name],
                "seconds_per_step": second,
                "steps": steps,
                "fd_digits": reached,
            }
        )
    return {"seconds": list(seconds), "seeds": list(seeds), "count": count, "variants": rows}


class _Training:
    """A model that goes on, step by step, as `fit` moves it."""

    def __init__(self, source, values, seed):
        keras.utils.set_random_seed(seed)
        self.model = recipes.find(_RECIPE).recipe(**values).build(source.spec, seed)
        batch_size = values["batch_size"] * self.model.discriminator_steps
        self._batches = iter(source.batches(batch_size, seed=seed))
        self.model.make_train_function()

    def advance(self):
        """One step."""
        self.model.train_function(self._batches)


def _train(source, evaluator, values, seed, steps):
    """The distances after each of the numbers of steps: list of float."""
    training, done, found = _Training(source, values, seed), 0, []
    for target in steps:
        for _ in range(target - done):
            training.advance()
        done = target
        result = evaluator.evaluate(training.model).results[0]
        found.append(float(result.figure.value))
    return found


def table(found):
    """The figures as text: a row a variant, mean and standard deviation over the seeds."""
    head = "".join(f"{budget:>14} s" for budget in found["seconds"])
    lines = [f"{'fd_digits after':<24}{'ms a step':>12}{head}"]
    for row in found["variants"]:
        reached = np.array(row["fd_digits"])
        spread = reached.std(axis=0, ddof=1) if len(reached) > 1 else np.zeros(reached.shape[1])
        cells = "".join(
            f"{mean:>9.2f} +- {deviation:.2f}"
            for mean, deviation in zip(reached.mean(axis=0), spread, strict=True)
        )
        lines.append(f"{row['name']:<24}{row['seconds_per_step'] * 1e3:>12.1f}{cells}")
    return "\n".join(lines)
