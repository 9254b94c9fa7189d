"""Work that runs ahead of its reader: in several threads, in order, within a limit of memory."""

import collections
import concurrent.futures
import contextlib


@contextlib.contextmanager
def threads(count):
    """An executor with threads for a block, at whose end what has not begun is dropped."""
    pool = concurrent.futures.ThreadPoolExecutor(count)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def results(pool, jobs, room, most):
    """Yields what jobs return, in their order, while the next ones run.

    Args:
      pool: executor.
      jobs: iterable of (bytes of memory, function).
      room: int, bytes that unfinished and unread results may take; a single job may take more.
      most: int, jobs at once.
    """
    running, taken = collections.deque(), 0
    for cost, job in jobs:
        while running and (taken + cost > room or len(running) == most):
            finished, future = running.popleft()
            yield future.result()
            taken -= finished
        running.append((cost, pool.submit(job)))
        taken += cost
    while running:
        yield running.popleft()[1].result()


def of_each(function, arguments):
    """The results of a function, up to the first that fails: its exception is the last."""
    found = []
    for argument in arguments:
        try:
            found.append(function(argument))
        except Exception as error:
            return [*found, error]
    return found


def in_turn(values):
    """Yields the values of `of_each`, and raises an exception when its turn has come."""
    for value in values:
        if isinstance(value, Exception):
            raise value
        yield value


def neighbors(values, costs, room, most):
    """Yields values that follow each other, a few together: (list, the sum of their costs).

    Args:
      values: iterable.
      costs: iterable of int, one a value.
      room: int, what a few may cost together; a single one may cost more.
      most: int, how many.
    """
    some, taken = [], 0
    for value, cost in zip(values, costs, strict=True):
        if some and (len(some) == most or taken + cost > room):
            yield some, taken
            some, taken = [], 0
        some.append(value)
        taken += cost
    if some:
        yield some, taken
