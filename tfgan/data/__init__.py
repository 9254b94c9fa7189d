"""Data: where examples come from, as reproducible sequences of batches.

A batch is a dict: `data`, raw, and `label`, int32 `[b]`, where there are labels; a label of -1 is
one that is not known. Raw data are uint8 images `[b, height, width, channels]`, uint8 videos `[b,
frames, height, width, channels]`, float32 points `[b, d]`, int32 texts `[b, t]` or float32 latents
`[b, ...]`, see `tfgan.modalities`. Batch n of a source is a pure function of (seed, n), so a run
can stop anywhere and continue with the batch it would have had.
"""

from tfgan.data import reading_rules
from tfgan.data.facts import Facts
from tfgan.data.labels import classes
from tfgan.data.sources import prepared, toy
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.by_name import (
    SOURCES,
    absolute_name,
    check_name,
    describe_name,
    open_source,
    open_stream,
)
from tfgan.data.sources.semi_supervised import keep_labels
from tfgan.data.sources.source import Source
from tfgan.data.sources.tfrecord.stream import TFRecordSource
from tfgan.data.spec import DataSpec

__all__ = [
    "SOURCES",
    "ArraySource",
    "DataSpec",
    "Facts",
    "Source",
    "TFRecordSource",
    "absolute_name",
    "check_name",
    "classes",
    "describe_name",
    "keep_labels",
    "open_source",
    "open_stream",
    "prepared",
    "reading_rules",
    "toy",
]
