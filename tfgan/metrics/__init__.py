"""Metrics of samples, as pure functions on NumPy arrays.

Arithmetic is in float64, large sets are processed a block of rows at a time, and every function is
deterministic given its seed. `tfgan.extractors` maps images to features, float `[count, d]` with
one row per example. Sets of features that are too small, differ in dimension or are not finite are
a ValueError; the counts of two sets may differ.

>>> import numpy as np
>>> from tfgan import metrics
>>> real, fake = np.random.default_rng(0).normal(size=(2, 500, 4))
>>> metrics.frechet_distance(real, fake) < 0.1 < metrics.frechet_distance(real, fake + 1.0)
True
"""

from tfgan.metrics.checks import TooFewError
from tfgan.metrics.class_diversity import class_diversity
from tfgan.metrics.clusters import cluster_agreement, cluster_error
from tfgan.metrics.copying import authenticity, copying_score, mann_whitney_z
from tfgan.metrics.energy_distance import energy_two_sample
from tfgan.metrics.frechet import (
    FrechetReference,
    frechet_distance,
    frechet_distance_diagonal,
    frechet_distance_from_moments,
    frechet_distance_mean_only,
)
from tfgan.metrics.frechet_infinity import frechet_distance_infinity
from tfgan.metrics.inception_score import inception_score
from tfgan.metrics.information import mutual_information_gap
from tfgan.metrics.interpolation import lerp, slerp
from tfgan.metrics.kernel import (
    kernel_distance,
    kernel_distance_blocks,
    kernel_distance_full,
    kernel_distance_of_subsets,
)
from tfgan.metrics.labels import classification_accuracy_score, label_accuracy
from tfgan.metrics.mode_coverage import mode_coverage, mode_coverage_of_labels, stacked_labels
from tfgan.metrics.moments import Moments
from tfgan.metrics.multi_scale_ssim import multi_scale_ssim, multi_scale_ssim_diversity
from tfgan.metrics.nearest_neighbors import nearest_neighbors
from tfgan.metrics.ngrams import ngram_divergence
from tfgan.metrics.parzen import parzen_log_density, parzen_log_likelihood
from tfgan.metrics.path_length import perceptual_path_length
from tfgan.metrics.path_steps import PathSteps, path_steps
from tfgan.metrics.pixel_errors import mean_absolute_error, peak_signal_to_noise
from tfgan.metrics.precision_recall import density_coverage, precision_recall
from tfgan.metrics.segmentation import mask_confusion, segmentation_scores
from tfgan.metrics.sliced_wasserstein import sliced_wasserstein_distance
from tfgan.metrics.strokes import stroke_factors
from tfgan.metrics.structural_similarity import SSIM_WINDOW, structural_similarity
from tfgan.metrics.two_sample import classifier_two_sample

__all__ = [
    "FrechetReference", "Moments", "PathSteps", "SSIM_WINDOW", "TooFewError", "authenticity",
    "class_diversity", "classification_accuracy_score", "classifier_two_sample",
    "cluster_agreement", "cluster_error",
    "copying_score", "density_coverage", "energy_two_sample", "frechet_distance",
    "frechet_distance_diagonal", "frechet_distance_from_moments", "frechet_distance_infinity",
    "frechet_distance_mean_only", "inception_score", "kernel_distance", "kernel_distance_blocks",
    "kernel_distance_full", "kernel_distance_of_subsets", "label_accuracy", "lerp",
    "mann_whitney_z", "mask_confusion", "mean_absolute_error", "mode_coverage",
    "mode_coverage_of_labels", "multi_scale_ssim", "multi_scale_ssim_diversity",
    "mutual_information_gap", "nearest_neighbors", "ngram_divergence", "parzen_log_density",
    "parzen_log_likelihood", "path_steps", "peak_signal_to_noise", "perceptual_path_length",
    "precision_recall",
    "segmentation_scores", "slerp", "sliced_wasserstein_distance", "stacked_labels",
    "stroke_factors", "structural_similarity",
]  # fmt: skip
