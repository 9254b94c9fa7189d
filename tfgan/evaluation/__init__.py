"""Evaluation: a model's samples, or any set of examples, against real ones.

An `Evaluator` reads the training examples and the held-out ones once and measures any number of
models against them; `compare` does the same for two sets in files. Every figure comes with its
floor: what held-out real examples score in place of the samples.
"""

from tfgan.evaluation.classes import per_class
from tfgan.evaluation.evaluator import Evaluation, Evaluator
from tfgan.evaluation.feature_cache import FeatureCache
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.evaluation.figures import Comparison, Figure, Result
from tfgan.evaluation.measures import MEASURES, Measure, check_decisive
from tfgan.evaluation.pairs import compare
from tfgan.evaluation.report import aligned, records, table

__all__ = [
    "MEASURES",
    "Comparison",
    "Evaluation",
    "Evaluator",
    "FeatureCache",
    "FeatureSet",
    "Figure",
    "Measure",
    "Result",
    "aligned",
    "check_decisive",
    "collect",
    "compare",
    "per_class",
    "records",
    "table",
]
