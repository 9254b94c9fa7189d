"""Distances between two sets of features, and the Inception score."""

from tfgan import metrics
from tfgan.evaluation.scores import Score


def frechet(comparison):
    """The Frechet distance, of features or of their statistics."""
    real, fake = comparison.real, comparison.fake
    if real.features is None or fake.features is None:
        value = metrics.frechet_distance_from_moments(real.moments, fake.moments)
    else:
        value = real.frechet_reference.distance(fake.moments)
    details = {"dimensions": real.dimensions}
    return [Score(comparison.metric_name("fd", "fid"), value, "lower", details=details)]


def frechet_infinity(comparison):
    """The Frechet distance, extrapolated to infinitely many samples."""
    result = metrics.frechet_distance_infinity(
        comparison.real.features, comparison.fake.features, seed=comparison.seed
    )
    name = comparison.metric_name("fd_infinity", "fid_infinity")
    return [Score(name, result.distance, "lower", details={"residual": result.residual})]


def kernel(comparison):
    """The kernel distance over random subsets of half of the smaller set, at most 1,000."""
    real, fake = comparison.real.features, comparison.fake.features
    size = max(2, min(1000, len(real) // 2, len(fake) // 2))
    result = metrics.kernel_distance(real, fake, subset_size=size, seed=comparison.seed)
    name = comparison.metric_name("kd", "kid")
    details = {"subsets": 100, "subset_size": size}
    return [Score(name, result.distance, "lower", result.standard_error, details)]


def inception(comparison):
    """The Inception score of the samples alone."""
    logits = comparison.fake.logits
    splits = min(10, len(logits))
    score = metrics.inception_score(logits, splits=splits, seed=comparison.seed)
    details = {"std_over_splits": score.std, "splits": splits}
    return [Score(comparison.metric_name("is", "is"), score.mean, "higher", details=details)]
