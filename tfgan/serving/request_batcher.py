"""Requests that wait at the same time go through the model together.

A call of the model costs much whatever its rows, and a tfgan model treats each row on its own. So
while one call runs, what comes in waits, and the next call takes all of it that fits. Nobody waits
for company: a lone request is called at once.
"""

import asyncio
import collections
import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class _Job:
    key: tuple  # jobs with equal keys may share a call; None for a job that must be alone
    signature: object
    inputs: dict
    count: int
    future: asyncio.Future


class RequestBatcher:
    """Calls signatures, one call at a time.

    Args:
      most: int, rows of a call that several requests share.
      worker: `worker_thread.Worker`, which calls.
    """

    def __init__(self, most, worker):
        self._most, self._worker = most, worker
        self._jobs = collections.deque()
        self._caller = None

    async def call(self, model, signature, inputs):
        """What `signature(inputs)` returns, for these rows alone.

        Args:
          model: Model, the one that the signature belongs to.
          signature: Signature.
          inputs: dict of arrays by name.
        Raises: what the signature raises.
        """
        shared = signature.in_rows and model.facts is not None
        key = (model.version, signature.name, _form(inputs)) if shared else None
        count = len(next(iter(inputs.values()))) if shared else 1
        future = asyncio.get_running_loop().create_future()
        self._jobs.append(_Job(key, signature, inputs, count, future))
        if self._caller is None:
            self._caller = asyncio.create_task(self._call_all())
        return await future

    async def _call_all(self):
        while self._jobs:
            jobs = self._take()
            for job, result in await self._worker.run(_results, jobs):
                if job.future.done():  # the server was told to stop at once
                    continue
                if isinstance(result, Exception):
                    job.future.set_exception(result)
                else:
                    job.future.set_result(result)
        self._caller = None

    def _take(self):
        """The oldest job, and those that may share its call."""
        first = self._jobs.popleft()
        if first.key is None:
            return [first]
        taken, left, room = [first], collections.deque(), self._most - first.count
        for job in self._jobs:
            if job.key == first.key and job.count <= room:
                taken.append(job)
                room -= job.count
            else:
                left.append(job)
        self._jobs = left
        return taken


def _form(inputs):
    return tuple((name, array.dtype.str, array.shape[1:]) for name, array in inputs.items())


def _results(jobs):
    """(job, its outputs or its exception) of each; a job that fails does not fail the others."""
    try:
        return _call(jobs)
    except Exception as error:
        if len(jobs) == 1:
            return [(jobs[0], error)]
        return [result for job in jobs for result in _results([job])]


def _call(jobs):
    if len(jobs) == 1:
        return [(jobs[0], jobs[0].signature(jobs[0].inputs))]
    together = {name: np.concatenate([job.inputs[name] for job in jobs]) for name in jobs[0].inputs}
    outputs = jobs[0].signature(together)
    ends = np.cumsum([job.count for job in jobs])
    return [
        (job, {name: array[end - job.count : end] for name, array in outputs.items()})
        for job, end in zip(jobs, ends, strict=True)
    ]
