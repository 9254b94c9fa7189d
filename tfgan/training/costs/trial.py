"""The time of a training step, by trial steps on the data of the run.

The first step, in which the graph is made, does not count. Lazy terms are not due in every step:
steps with the same terms are measured together, and the mean weighs their medians by how often
they occur.
"""

import collections
import dataclasses
import itertools
import math
import statistics
import time

import keras
import numpy as np

from tfgan import failures
from tfgan.training import preparation

STEPS = 10
_MOST_SECONDS = 60.0  # of all steps; each kind of step is taken once at least
_SECONDS_OF_A_LINE = 5.0


@dataclasses.dataclass(frozen=True)
class Trial:
    """Attributes:
    seconds: float, the mean duration of a step.
    steps: int, how many were measured.
    """

    seconds: float
    steps: int


def measure(plan, strategy, source, more, record, progress):
    """Takes `STEPS` steps of a run on a new model, fewer if they take long, and writes nothing.

    Args:
      plan: `planning.Plan`, with a batch that the data can fill.
      strategy: `tf.distribute.Strategy`, on whose devices the steps are taken.
      source, more: see `preparation.batches`.
      record: `runs.Record` of the run.
      progress: function (str), called with what runs next.
    Returns: Trial.
    Raises: `failures.Failure` for memory that does not suffice, and data that cannot be read.
    """
    with failures.reading_data():
        with strategy.scope():
            model = record.build(plan.config.recipe)
        preparation.choose_execution(plan, model, strategy.num_replicas_in_sync)
        iterator = iter(preparation.batches(plan, strategy, source, more, model))
        step = model.make_train_function() or model.train_function

        def timed(number):
            model.step.assign(number)
            start = time.perf_counter()
            logs = step(iterator)
            for value in keras.tree.flatten(logs):
                np.asarray(value)  # devices compute asynchronously
            return time.perf_counter() - start

        progress("The first trial step, in which the graph is made, is under way.")
        timed(0)
        return _measured(timed, kinds_of_steps([term.every for term in model.terms]), progress)


def kinds_of_steps(periods):
    """The kinds of steps of a game by the terms that are due, the most frequent first.

    Args:
      periods: list of int, `every` of each term.
    Returns: list of (share of the steps, list of the numbers of such steps from 1 on).
    """
    lazy = sorted({period for period in periods if period > 1})
    period = math.lcm(*lazy)
    numbers = collections.defaultdict(list)
    for number in range(1, period + 1):
        numbers[tuple(number % each == 0 for each in lazy)].append(number)
    kinds = [(len(each) / period, each) for each in numbers.values()]
    return sorted(kinds, key=lambda kind: -kind[0])


def _measured(timed, kinds, progress):
    count = max(STEPS, len(kinds))
    seconds = [[] for _ in kinds]
    spent = last_line = 0.0
    for turn in range(count):
        if turn >= len(kinds) and spent > _MOST_SECONDS:
            break
        place = turn % len(kinds)
        numbers = itertools.cycle(kinds[place][1])
        number = next(itertools.islice(numbers, turn // len(kinds), None))
        if spent - last_line > _SECONDS_OF_A_LINE:
            progress(f"Trial step {turn + 1} of {count} is under way.")
            last_line = spent
        seconds[place].append(timed(number))
        spent += seconds[place][-1]
    mean = sum(
        share * statistics.median(each) for (share, _), each in zip(kinds, seconds, strict=True)
    )
    return Trial(mean, sum(map(len, seconds)))
