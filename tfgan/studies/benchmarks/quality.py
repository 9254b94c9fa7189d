"""The sample quality that training reaches in a given time, for recipes and their parameters.

Seconds are turned into steps by timing all variants in interleaved rounds, through `fit`'s own
function and on the real input: a busy minute during training changes nothing.
"""

import os
import statistics

import keras
import numpy as np

from tfgan import data, evaluation, extractors, recipes
from tfgan.studies.benchmarks import timing

_CALLS = 10

# The settings of the DCGAN paper, the defaults of `tfgan train`, and the alternatives to them.
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


def run(variant, seconds, seeds, count, rounds, progress=timing.silent):
    """Measures.

    Args:
      variant: list of str, "RECIPE name=value name=value", recipes for mnist5k; or `VARIANTS`.
      seconds: ascending ints, the budgets.
      seeds: ints, one run each.
      count: int, samples that are evaluated.
      rounds: int, of timing.
      progress: see `timing.race`.
    Returns: dict that JSON can hold: what was measured, and `variants`, a list of dict: `name`,
      `seconds_per_step`, `steps` (one number per budget) and `fd_digits` (for each seed one number
      per budget).
    """
    variants = variant or VARIANTS
    source = data.open_source("mnist5k")
    extractor = extractors.open_extractor("digits")
    evaluator = evaluation.Evaluator(source, extractor, ["fd"], count=count)
    resolved = {}
    for text in variants:
        recipe, *settings = text.split()
        resolved[text] = recipe, recipes.resolve(recipe, settings)
    trainings = {text: _Training(source, *resolved[text], seed=0) for text in variants}
    steppers = {text: training.advance for text, training in trainings.items()}
    step_seconds = timing.interleave(steppers, rounds, _CALLS, progress)
    rows = []
    for text in variants:
        duration = statistics.median(step_seconds[text])
        steps = [int(budget / duration) for budget in seconds]
        distances = []
        for seed in seeds:
            progress(f"{text}, seed {seed}: {steps[-1]:,} steps")
            training = _Training(source, *resolved[text], seed=seed, steps=steps[-1])
            distances.append([training.distance_after(target, evaluator) for target in steps])
        rows.append(
            {"name": text, "seconds_per_step": duration, "steps": steps, "fd_digits": distances}
        )
    return {
        "seconds": list(seconds), "seeds": list(seeds), "count": count, "cores": os.cpu_count(),
        "variants": rows,
    }  # fmt: skip


class _Training:
    def __init__(self, source, recipe, values, *, seed, steps=None):
        keras.utils.set_random_seed(seed)
        values = values if steps is None else values | {"steps": steps}
        self._model = recipes.make(recipe, values).build(source.spec, seed)
        batch_size = values["batch_size"] * self._model.discriminator_steps
        self._batches = iter(source.batches(batch_size, seed=seed))
        self._model.make_train_function()

    def advance(self):
        self._model.train_function(self._batches)

    def distance_after(self, steps, evaluator):
        for _ in range(steps - self._model.steps_done):
            self.advance()
        [result] = evaluator.evaluate(self._model).results
        return float(result.score.value)


def lines(results):
    """The scores as lines of text: per variant and budget, mean and deviation over the seeds."""
    seeds = ", ".join(map(str, results["seeds"]))
    yield (
        f"fd_digits of {results['count']:,} samples after equal seconds of training on "
        f"{results['cores']} cores, seeds {seeds}"
    )
    for row in results["variants"]:
        yield row["name"]
        for place, budget in enumerate(results["seconds"]):
            values = np.array(row["fd_digits"])[:, place]
            spread = f" +- {values.std(ddof=1):.3f}" if len(values) > 1 else ""
            yield f"{budget:>8} s{row['steps'][place]:>9,} steps{values.mean():>9.3f}{spread}"
