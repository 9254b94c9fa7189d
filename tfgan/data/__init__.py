"""Data: where examples come from, as reproducible sequences of batches.

A batch is a dict: `data`, raw, and `label`, int32 `[b]`, where there are labels; an unknown label
is -1. Raw data are uint8 images `[b, height, width, channels]`, uint8 videos `[b, frames, height,
width, channels]`, float32 points `[b, d]`, int32 texts `[b, t]`, float32 latents `[b, ...]` or
uint8 masks `[b, height, width, 1]`, see `tfgan.modalities`. Data to translate have another entry,
`source`, raw as well. Batch n of a source is a pure function of (seed, n), so a run can stop
anywhere and continue with the next batch.

>>> from tfgan import data
>>> batches = data.open_source("toy:ring").batches(4, seed=0)
>>> {name: tuple(rows.shape) for name, rows in next(iter(batches)).items()}
{'data': (4, 2), 'label': (4,)}
"""

import importlib
from typing import TYPE_CHECKING

from tfgan.data.source_names import SOURCES, absolute_name, check_name

_LAZY = {  # names and the modules that define them: those import TensorFlow
    "ArraySource": "sources.array_source",
    "DataSpec": "spec",
    "Facts": "facts",
    "Source": "sources.source",
    "TFRecordSource": "sources.tfrecord.stream",
    "add_unlabeled": "sources.semi_supervised",
    "describe_name": "sources.by_name",
    "keep_labels": "sources.semi_supervised",
    "open_source": "sources.by_name",
    "open_stream": "sources.by_name",
    "repeat_labeled": "sources.semi_supervised",
}

__all__ = [
    "SOURCES", "ArraySource", "DataSpec", "Facts", "Source", "TFRecordSource", "absolute_name",
    "add_unlabeled", "check_name", "describe_name", "keep_labels", "open_source", "open_stream",
    "repeat_labeled",
]  # fmt: skip

if TYPE_CHECKING:
    from tfgan.data.facts import Facts
    from tfgan.data.sources.array_source import ArraySource
    from tfgan.data.sources.by_name import describe_name, open_source, open_stream
    from tfgan.data.sources.semi_supervised import add_unlabeled, keep_labels, repeat_labeled
    from tfgan.data.sources.source import Source
    from tfgan.data.sources.tfrecord.stream import TFRecordSource
    from tfgan.data.spec import DataSpec
else:

    def __getattr__(name):
        """What needs TensorFlow, imported at first use."""
        if name not in _LAZY:
            raise AttributeError(f"module 'tfgan.data' has no attribute {name!r}")
        return getattr(importlib.import_module(f"tfgan.data.{_LAZY[name]}"), name)
