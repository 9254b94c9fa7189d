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


def results(pool, jobs, limit, most):
    """Yields what jobs return, in their order, while the next ones run.

    >>> with threads(2) as pool:
    ...     list(results(pool, [(1, lambda n=n: n * n) for n in range(4)], limit=2, most=2))
    [0, 1, 4, 9]

    Args:
      pool: executor.
      jobs: iterable of (bytes of memory, function).
      limit: int, bytes that unfinished and unread results may take; a single job may take more.
      most: int, jobs at once.
    """
    running, used = collections.deque(), 0
    for cost, job in jobs:
        while running and (used + cost > limit or len(running) == most):
            freed, future = running.popleft()
            yield future.result()
            used -= freed
        running.append((cost, pool.submit(job)))
        used += cost
    while running:
        yield running.popleft()[1].result()


def values_or_error(function, arguments):
    """The results of a function, up to the first that fails: its exception is the last."""
    values = []
    for argument in arguments:
        try:
            values.append(function(argument))
        except Exception as error:
            return [*values, error]
    return values


def raise_in_turn(values):
    """Yields the values of `values_or_error`, and raises an exception when its turn has come."""
    for value in values:
        if isinstance(value, Exception):
            raise value
        yield value


def groups(values, costs, limit, most):
    """Yields consecutive values in groups: (list, the sum of their costs).

    >>> list(groups("abcd", [1, 1, 3, 1], limit=3, most=2))
    [(['a', 'b'], 2), (['c'], 3), (['d'], 1)]

    Args:
      values: iterable.
      costs: iterable of int, one per value.
      limit: int, what a group may cost; a single value may cost more.
      most: int, values in a group.
    """
    group, total = [], 0
    for value, cost in zip(values, costs, strict=True):
        if group and (len(group) == most or total + cost > limit):
            yield group, total
            group, total = [], 0
        group.append(value)
        total += cost
    if group:
        yield group, total
