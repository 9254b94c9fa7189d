"""Times the steps of all families together, and trains each for what the budget pays."""

import dataclasses
import statistics
import time

import keras
import numpy as np

from tfgan import recipes
from tfgan.studies.benchmarks import timing
from tfgan.training import callbacks

_ROUNDS, _CALLS = 3, 5
_SECONDS = 10.0  # between two lines of progress


@dataclasses.dataclass(frozen=True)
class Trained:
    """A model and what it took.

    Attributes:
      model: `models.GenerativeModel`.
      parameters: dict, every parameter of its recipe.
      steps, examples: int.
      seconds, cpu_seconds: float, of `fit`.
      logs: dict of float, the figures of the last step.
    """

    model: object
    parameters: dict
    steps: int
    examples: int
    seconds: float
    cpu_seconds: float
    logs: dict

    @property
    def spent(self):
        """All but the model: dict that JSON can hold."""
        facts = {
            field.name: getattr(self, field.name)
            for field in dataclasses.fields(self)
            if field.name != "model"
        }
        return facts | {"weights": weights(self.model)}


def parameters(family, steps=None):
    """Every parameter of a family's recipe: dict.

    Args:
      family: `families.Family`.
      steps: int, instead of the recipe's; a warm-up keeps its share of them.
    """
    values = recipes.resolve(family.recipe, family.settings)
    if steps is None:
        return values
    taken = {"steps": steps}
    if values.get("kl_warmup"):
        taken["kl_warmup"] = max(1, round(values["kl_warmup"] * steps / values["steps"]))
    return values | taken


def build(family, spec, seed, steps=None):
    """(compiled model, examples that one step reads).

    Raises: ValueError, if the family cannot model such data.
    """
    recipe = recipes.make(family.recipe, parameters(family, steps))
    keras.utils.set_random_seed(seed)  # the weights' initializers draw from it
    model = recipe.build(spec, seed)
    return model, recipe.batch_size * model.discriminator_steps


def step_seconds(families, source, seed, tell):
    """The seconds of one step of `fit` of each family: dict of float by name.

    The families take turns, so that a slow minute hits all of them; the medians are returned.

    Args:
      families: dict of `families.Family` by name.
      source: `data.Source`.
      seed: int.
      tell: function (str), told what runs.
    """
    functions = {name: _stepper(family, source, seed) for name, family in families.items()}
    found = timing.interleave(functions, _ROUNDS, _CALLS, on_run=tell)
    return {name: statistics.median(rounds) for name, rounds in found.items()}


def train(family, source, seed, steps, tell):
    """Trains a new model of a family.

    Args:
      family: `families.Family`.
      source: `data.Source`.
      seed: int, of weights, noise and the order of the data.
      steps: int.
      tell: function (str), told how far it is every ten seconds.
    Returns: Trained.
    Raises: ArithmeticError, if a loss stops being finite.
    """
    model, per_step = build(family, source.spec, seed, steps)
    telling = _Telling(family.heading, steps, tell)
    began, began_cpu = time.perf_counter(), time.process_time()
    model.fit(
        source.batches(per_step, seed=seed),
        steps_per_epoch=steps,
        shuffle=False,
        verbose=0,
        callbacks=[callbacks.TerminateOnNonFinite(), telling],
    )
    return Trained(
        model=model,
        parameters=parameters(family, steps),
        steps=steps,
        examples=steps * per_step,
        seconds=time.perf_counter() - began,
        cpu_seconds=time.process_time() - began_cpu,
        logs=telling.logs,
    )


def weights(model):
    """How many numbers training moves: int."""
    players = model.players.values()
    distinct = {id(v): v for player in players for v in player.variables}
    return int(sum(np.prod(v.shape) for v in distinct.values()))


def _stepper(family, source, seed):
    """One step of a `fit` that goes on and on, reading included."""
    model, per_step = build(family, source.spec, seed)
    step = model.make_train_function() or model.train_function
    batches = iter(source.batches(per_step, seed=seed))
    return lambda: {name: float(value) for name, value in step(batches).items()}


class _Telling(keras.callbacks.Callback):
    """A line every ten seconds, and the last figures."""

    def __init__(self, heading, steps, tell):
        super().__init__()
        self.logs = {}
        self._heading, self._steps, self._tell = heading, steps, tell
        self._told = time.monotonic()

    def on_train_batch_end(self, batch, logs=None):
        done = batch + 1
        is_late = time.monotonic() - self._told >= _SECONDS
        if is_late or done == self._steps:
            self._told = time.monotonic()
            self.logs = {name: float(value) for name, value in logs.items()}
            figures = ", ".join(f"{name} {value:.4g}" for name, value in self.logs.items())
            self._tell(f"{self._heading}: step {done:,} of {self._steps:,}, {figures}")
