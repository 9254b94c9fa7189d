"""What waits while the model is busy goes through it in one call."""

import asyncio
import threading
import types

import numpy as np
import pytest

from tfgan.serving.request_batcher import RequestBatcher, WorkerThread


class Signature:
    """Doubles `x`; the first call waits until the test lets it go."""

    name = "double"

    def __init__(self, in_rows=True):
        self.in_rows, self.sizes, self.may_go = in_rows, [], threading.Event()

    def __call__(self, inputs):
        self.sizes.append(len(inputs["x"]))
        if len(self.sizes) == 1:
            assert self.may_go.wait(30)
        if (inputs["x"] < 0).any():
            raise ValueError("negative")
        return {"y": 2 * inputs["x"]}


def answers(signature, requests, most=8, exported=True):
    """What each request gets, when all but the first come while the first is computed."""
    model = types.SimpleNamespace(version=1, metadata={} if exported else None)

    async def ask_all():
        batcher = RequestBatcher(most, WorkerThread("model"))
        ask = lambda x: asyncio.create_task(batcher.call(model, signature, {"x": np.array(x)}))  # noqa: E731
        asking = [ask(requests[0])]
        while not signature.sizes:
            await asyncio.sleep(0.001)
        asking += [ask(request) for request in requests[1:]]
        await asyncio.sleep(0)
        signature.may_go.set()
        return await asyncio.gather(*asking, return_exceptions=True)

    return asyncio.run(ask_all())


def test_requests_that_wait_share_a_call_and_get_their_own_rows():
    signature = Signature()
    results = answers(signature, [[1], [2, 3], [4], [5, 6, 7]])
    assert [each["y"].tolist() for each in results] == [[2], [4, 6], [8], [10, 12, 14]]
    assert signature.sizes == [1, 6]


def test_a_call_has_no_more_rows_than_it_may_and_none_is_forgotten():
    signature = Signature()
    results = answers(signature, [[1], [2, 2], [3, 3, 3], [4, 4], [5]], most=4)
    assert [each["y"].tolist() for each in results] == [[2], [4, 4], [6, 6, 6], [8, 8], [10]]
    assert signature.sizes == [1, 4, 4]


def test_a_request_that_fails_does_not_fail_those_beside_it():
    signature = Signature()
    first, second, third = answers(signature, [[1], [-2], [3]])
    assert (first["y"].tolist(), third["y"].tolist()) == ([2], [6])
    assert isinstance(second, ValueError)
    assert signature.sizes == [1, 2, 1, 1]


@pytest.mark.parametrize(("in_rows", "exported"), [(False, True), (True, False)])
def test_only_rows_that_are_known_to_be_independent_share_a_call(in_rows, exported):
    signature = Signature(in_rows)
    results = answers(signature, [[1], [2], [3]], exported=exported)
    assert [each["y"].tolist() for each in results] == [[2], [4], [6]]
    assert signature.sizes == [1, 1, 1]


def test_other_shapes_do_not_share_a_call():
    signature = Signature()
    answers(signature, [[1], [[2, 2]], [3], [[4, 4]]])
    assert signature.sizes == [1, 2, 1]
