"""Times the steps of all families together, and trains each within the budget."""

import statistics
import time

import keras
import numpy as np

from tfgan import failures, recipes
from tfgan.studies.benchmarks import timing
from tfgan.training import callbacks

_ROUNDS, _CALLS = 3, 5
_SECONDS = 10.0  # between two lines of progress


def parameters(family, steps=None):
    """Every parameter of a `families.Family`: dict. Other `steps` scale the warm-up too."""
    values = recipes.resolve(family.recipe)
    if steps is None:
        return values
    warm_up = {}
    if values.get("kl_warmup"):
        warm_up = {"kl_warmup": max(1, round(values["kl_warmup"] * steps / values["steps"]))}
    return values | {"steps": steps} | warm_up


def build(family, spec, seed, steps=None):
    """(compiled model, examples that one step reads); ValueError for data that it cannot model."""
    recipe = recipes.make(family.recipe, parameters(family, steps))
    keras.utils.set_random_seed(seed)  # the weights' initializers draw from it
    model = recipe.build(spec, seed)
    return model, recipe.batch_size * model.discriminator_steps


def step_seconds(families, source, seed, progress):
    """The median seconds of a step of `fit`, families in turns: dict of float by name."""
    functions = {name: _stepper(family, source, seed) for name, family in families.items()}
    seconds = timing.interleave(functions, _ROUNDS, _CALLS, progress)
    return {name: statistics.median(rounds) for name, rounds in seconds.items()}


def train(family, source, seed, steps, progress):
    """Trains a new model of a family: (`models.GenerativeModel`, facts for JSON).

    Args:
      family: `families.Family`.
      source: `data.Source`.
      seed: int, of weights, noise and the order of the data.
      steps: int.
      progress: function (str), called with a line every ten seconds.
    Raises: failures.Failure, if a loss stops being finite or the data prove broken.
    """
    model, per_step = build(family, source.spec, seed, steps)
    lines = _Progress(family.heading, steps, progress)
    start, cpu_start = time.perf_counter(), time.process_time()
    try:
        with failures.reading_data():
            model.fit(
                source.batches(per_step, seed=seed),
                steps_per_epoch=steps,
                shuffle=False,
                verbose=0,
                callbacks=[callbacks.TerminateOnNonFinite(), lines],
            )
    except ArithmeticError as error:
        raise failures.Failure(f"{family.heading}: {error}") from error
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    variables = {id(v): v for player in model.players.values() for v in player.variables}
    return model, {
        "parameters": parameters(family, steps), "steps": steps, "examples": steps * per_step,
        "seconds": seconds, "cpu_seconds": cpu_seconds, "logs": lines.logs,
        "weights": int(sum(np.prod(v.shape) for v in variables.values())),
    }  # fmt: skip


def _stepper(family, source, seed):
    model, per_step = build(family, source.spec, seed)
    step = model.make_train_function() or model.train_function
    batches = iter(source.batches(per_step, seed=seed))
    return lambda: {name: float(value) for name, value in step(batches).items()}


class _Progress(keras.callbacks.Callback):
    """A line every ten seconds and after the last step; `logs` are those of the last line."""

    def __init__(self, heading, steps, progress):
        super().__init__()
        self.logs = {}
        self._heading, self._steps, self._progress = heading, steps, progress
        self._last = time.monotonic()

    def on_train_batch_end(self, batch, logs=None):
        step = batch + 1
        if step == self._steps or time.monotonic() - self._last >= _SECONDS:
            self._last = time.monotonic()
            self.logs = {name: float(value) for name, value in logs.items()}
            values = ", ".join(f"{name} {value:.4g}" for name, value in self.logs.items())
            self._progress(f"{self._heading}: step {step:,} of {self._steps:,}, {values}")
