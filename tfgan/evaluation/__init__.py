"""Evaluation: the samples of a model, or any set of examples, against real examples.

An `Evaluator` reads the training and the held-out examples once and evaluates any number of models
against them; `compare` compares two given sets. A score of samples comes with a baseline: the
score of held-out real examples instead.

    >>> import numpy as np
    >>> real, fake = FeatureSet("real", 3, np.eye(3)), FeatureSet("fake", 3, np.eye(3) + 2.0)
    >>> [result] = compare(real, fake, ["fd"])
    >>> result.score.name, round(result.score.value, 6)
    ('fd_features', 12.0)
"""

from tfgan.evaluation.evaluator import Evaluation, Evaluator
from tfgan.evaluation.feature_cache import FeatureCache
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.evaluation.measures import MEASURES, Measure, check_can_select
from tfgan.evaluation.per_class import per_class
from tfgan.evaluation.report import class_table, records, table
from tfgan.evaluation.scores import Comparison, Result, Score
from tfgan.evaluation.set_comparison import compare
from tfgan.evaluation.way_back import WayBack

__all__ = [
    "MEASURES", "Comparison", "Evaluation", "Evaluator", "FeatureCache", "FeatureSet", "Measure",
    "Result", "Score", "WayBack", "check_can_select", "class_table", "collect", "compare",
    "per_class", "records", "table",
]  # fmt: skip
