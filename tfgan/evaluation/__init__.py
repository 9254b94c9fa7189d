"""Evaluation: a model's samples, or any set of examples, against real ones.

An `Evaluator` reads the training examples and the held-out ones once and measures any number of
models against them; `compare` does the same for two sets in files. Every figure comes with its
floor: what held-out real examples score in place of the samples.
"""

from tfgan.evaluation.evaluator import Evaluation, Evaluator
from tfgan.evaluation.feature_cache import FeatureCache
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.evaluation.measures import MEASURES, Measure, check_can_select
from tfgan.evaluation.per_class import per_class
from tfgan.evaluation.report import aligned, records, table
from tfgan.evaluation.scores import Comparison, Result, Score
from tfgan.evaluation.set_comparison import compare

__all__ = [
    "MEASURES",
    "Comparison",
    "Evaluation",
    "Evaluator",
    "FeatureCache",
    "FeatureSet",
    "Score",
    "Measure",
    "Result",
    "aligned",
    "check_can_select",
    "collect",
    "compare",
    "per_class",
    "records",
    "table",
]
