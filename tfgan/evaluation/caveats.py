"""Warnings about comparisons that are less reliable than they look."""

import logging

from tfgan import words

_LOG = logging.getLogger(__name__)

_OF_COVARIANCES = {"fd", "fd_infinity"}


def warn_if_too_few(metrics, *sides):
    """Logs which FeatureSets of a known count are too small for the covariance in a metric."""
    if not _OF_COVARIANCES & set(metrics):
        return
    for side in sides:
        if (side.features is None and side.statistics is None) or not side.count:
            continue
        if side.count <= side.dimensions:
            _LOG.warning(
                "%s: %s too few for the covariance of %s features: Frechet distances are biased "
                "upward, and comparable only at equal counts; use more examples (--count), or kd, "
                "which needs no covariance.",
                *(side.name, words.are(side.count, "example"), f"{side.dimensions:,}"),
            )


def warn_if_compressed_differently(real, fake):
    """Logs that one `data.Source` consists of JPEG files and the other does not."""
    shares = real.jpeg_share, fake.jpeg_share
    if None in shares or (shares[0] > 0.5) == (shares[1] > 0.5):
        return
    jpeg, other = (real, fake) if shares[0] > 0.5 else (fake, real)
    _LOG.warning(
        "%s holds JPEG files and %s does not: every distance between them includes the "
        "compression artifacts; save both datasets in one format.",
        *(jpeg.name, other.name),
    )
