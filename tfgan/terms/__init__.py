"""Terms: what a player minimizes in addition to its adversarial loss.

A term is a function of one turn of the game, a weight, and the player whose loss it joins:

    loss of the player = adversarial loss + sum over its terms of weight x mean(function(turn))

Symbols: x real data, G(z) a fake, D a discriminator's outputs, f its features.

>>> from tfgan import terms
>>> terms.Term(terms.feature_matching, "generator", weight=10.0).name
'feature_matching'
"""

from tfgan.terms.conditional import data_to_data, joint_classification, joint_classification_gap
from tfgan.terms.consistency import (
    consistency,
    flip_and_shift,
    latent_consistency,
    latent_diversity,
)
from tfgan.terms.historical_averaging import HistoricalAveraging
from tfgan.terms.information import categorical_information, gaussian_information, invariance
from tfgan.terms.lecam import LeCam
from tfgan.terms.logits import approximate_r1, approximate_r2, logit_centering
from tfgan.terms.objectives import (
    classification,
    feature_matching,
    l1,
    labeled_classification,
    paired_feature_matching,
)
from tfgan.terms.orthogonal_regularization import orthogonality
from tfgan.terms.path_length import PathLength
from tfgan.terms.pseudo_labels import pseudo_label
from tfgan.terms.rotation import rotation_classification
from tfgan.terms.staged import Staged
from tfgan.terms.term import PLAYERS, Term, check, logged_name, name_of, states
from tfgan.terms.turn import Turn

__all__ = [
    "HistoricalAveraging", "LeCam", "PLAYERS", "PathLength", "Staged", "Term", "Turn",
    "approximate_r1", "approximate_r2", "categorical_information", "check", "classification",
    "consistency", "data_to_data", "feature_matching", "flip_and_shift", "gaussian_information",
    "invariance", "joint_classification", "joint_classification_gap", "l1",
    "labeled_classification", "latent_consistency", "latent_diversity", "logged_name",
    "logit_centering", "name_of", "orthogonality", "paired_feature_matching", "pseudo_label",
    "rotation_classification", "states",
]  # fmt: skip
