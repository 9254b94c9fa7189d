import threading

import pytest

from tfgan.data import prefetch


def test_results_come_in_the_order_of_the_jobs_whichever_ends_first():
    second_is_done = threading.Event()

    def first():
        second_is_done.wait(10)
        return "first"

    def second():
        second_is_done.set()
        return "second"

    with prefetch.threads(2) as pool:
        results = prefetch.results(pool, [(1, first), (1, second)], limit=2, most=2)
        assert list(results) == ["first", "second"]


def test_no_more_runs_at_once_than_the_limit_allows_and_a_large_job_runs_alone():
    running, largest, lock = [0], [0], threading.Lock()

    def job(cost):
        with lock:
            running[0] += cost
            largest[0] = max(largest[0], running[0])
        with lock:
            running[0] -= cost
        return cost

    costs = [1, 2, 9, 1, 3, 3, 1]
    with prefetch.threads(4) as pool:
        jobs = ((cost, lambda cost=cost: job(cost)) for cost in costs)
        assert list(prefetch.results(pool, jobs, limit=4, most=4)) == costs
    assert largest[0] == 9


def test_an_error_is_raised_when_its_turn_has_come():
    values = prefetch.values_or_error(lambda number: 6 // number, [3, 2, 0, 1])
    assert values[:2] == [2, 3] and len(values) == 3
    turns = prefetch.raise_in_turn(values)
    assert (next(turns), next(turns)) == (2, 3)
    with pytest.raises(ZeroDivisionError):
        next(turns)


def test_groups_are_consecutive_and_within_their_limits():
    costs = [1, 1, 1, 5, 1, 1]
    groups = list(prefetch.groups(range(6), costs, limit=3, most=2))
    assert groups == [([0, 1], 2), ([2], 1), ([3], 5), ([4, 5], 2)]


def test_what_has_not_begun_is_dropped_when_the_reader_stops():
    done = []
    with prefetch.threads(1) as pool:
        jobs = ((1, lambda n=n: done.append(n)) for n in range(100))
        next(prefetch.results(pool, jobs, limit=100, most=50))
    assert len(done) < 100
