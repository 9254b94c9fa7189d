"""Dataclasses that hold arrays, in one line."""

import dataclasses

import numpy as np

from tfgan import summaries


@dataclasses.dataclass(frozen=True, repr=False)
class Part(summaries.Summary):
    data: np.ndarray
    latents: dict
    means: list


def test_arrays_are_types_and_shapes_at_any_depth():
    part = Part(np.zeros(3), {"latent": np.zeros((1, 2), np.float32)}, [np.zeros((), bool), 7])
    text = "Part(data=float64 [3], latents=dict(latent=float32 [1, 2]), means=[bool [], 7])"
    assert repr(part) == text
    outer = Part(np.zeros(1), {"seed": "a"}, [part])
    assert repr(outer) == f"Part(data=float64 [1], latents=dict(seed='a'), means=[{text}])"
