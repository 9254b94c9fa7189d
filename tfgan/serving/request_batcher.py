"""Requests that wait at the same time share one call of the model.

A call of the model costs much whatever its rows, and a tfgan model treats each row on its own. So
while one call runs, requests wait, and the next call takes all of them that fit. A lone request is
called at once.
"""

import asyncio
import collections
import concurrent.futures
import dataclasses

import numpy as np


class WorkerThread:
    """A thread that runs one function after another, outside the loop of all connections."""

    def __init__(self, name):
        self._thread = concurrent.futures.ThreadPoolExecutor(1, name)
        self._running = None

    @property
    def is_busy(self):
        """Whether a function runs. Nothing can interrupt TensorFlow."""
        return self._running is not None and not self._running.done()

    async def run(self, function, *arguments):
        self._running = self._thread.submit(function, *arguments)
        return await asyncio.wrap_future(self._running)


@dataclasses.dataclass(frozen=True)
class _Job:
    key: tuple  # jobs with equal keys may share a call; None for a job that must be alone
    signature: object
    inputs: dict
    count: int
    future: asyncio.Future


class RequestBatcher:
    """Calls signatures in a `WorkerThread`: `max_rows` at most where several requests share one."""

    def __init__(self, max_rows, thread):
        self._max_rows, self._thread = max_rows, thread
        self._jobs = collections.deque()
        self._task = None

    async def call(self, model, signature, inputs):
        """What `signature(inputs)` of a `served_model.Model` returns, or raises, for these rows."""
        key, count = None, 1
        if signature.in_rows and model.metadata is not None:
            form = tuple((name, x.dtype.str, x.shape[1:]) for name, x in inputs.items())
            key, count = (model.version, signature.name, form), len(next(iter(inputs.values())))
        future = asyncio.get_running_loop().create_future()
        self._jobs.append(_Job(key, signature, inputs, count, future))
        if self._task is None:
            self._task = asyncio.create_task(self._call_all())
        return await future

    async def _call_all(self):
        while self._jobs:
            for job, result in await self._thread.run(_results, self._next_batch()):
                if job.future.done():  # canceled: the server stops at once
                    continue
                if isinstance(result, Exception):
                    job.future.set_exception(result)
                else:
                    job.future.set_result(result)
        self._task = None

    def _next_batch(self):
        """The oldest job, and those that may share its call."""
        first = self._jobs.popleft()
        batch, rest, room = [first], collections.deque(), self._max_rows - first.count
        for job in self._jobs:
            if first.key is not None and job.key == first.key and job.count <= room:
                batch.append(job)
                room -= job.count
            else:
                rest.append(job)
        self._jobs = rest
        return batch


def _results(jobs):
    """(job, its outputs or its exception) of each; a job that fails does not fail the others."""
    first, *others = jobs
    columns = {name: [job.inputs[name] for job in jobs] for name in first.inputs}
    inputs = {name: np.concatenate(x) for name, x in columns.items()} if others else first.inputs
    try:
        outputs = first.signature(inputs)
    except Exception as error:
        return sum((_results([job]) for job in jobs), []) if others else [(first, error)]
    if not others:
        return [(first, outputs)]
    ends = np.cumsum([job.count for job in jobs])
    return [
        (job, {name: array[end - job.count : end] for name, array in outputs.items()})
        for job, end in zip(jobs, ends, strict=True)
    ]
