"""How near translations are to their targets, and to their sources after the way back."""

import dataclasses
import functools

import numpy as np

from tfgan import metrics, modalities
from tfgan.data.sources import pairs
from tfgan.evaluation.scores import Score

_MOST_CYCLES = 1_000
_NOISE = 0.05  # of a translation as networks take it
_UNTRANSLATED = "the sources themselves"


def absolute_error(comparison):
    """The mean absolute difference of results and targets, with pixels in 0..1."""
    values = metrics.mean_absolute_error(*_results_and_targets("l1", comparison))
    return [_mean("l1", values, "lower", unit="pixels in 0..1")]


def signal_to_noise(comparison):
    """The peak signal-to-noise ratio in dB, the mean over results that differ from their target."""
    values = metrics.peak_signal_to_noise(*_results_and_targets("psnr", comparison))
    differing = values[np.isfinite(values)]
    equal = len(values) - len(differing)
    return [
        _mean("psnr", differing if len(differing) else values, "higher", unit="dB", equal=equal)
    ]


def similarity(comparison):
    """The structural similarity of results and targets."""
    values = metrics.structural_similarity(*_results_and_targets("ssim", comparison))
    return [_mean("ssim", values, "higher")]


def of_sources(measure):
    """The baseline of a measure above: the sources in place of their translations.

    Args:
      measure: function, Comparison -> list of Score.
    Returns: such a function; its list is empty where sources have another form than the data.
    """

    @functools.wraps(measure)
    def baseline(comparison):
        sources = untranslated(comparison.fake)
        if sources is None:
            return []
        fake = dataclasses.replace(comparison.fake, data=sources)
        scores = measure(dataclasses.replace(comparison, fake=fake))
        return [
            dataclasses.replace(score, details=score.details | {"baseline": _UNTRANSLATED})
            for score in scores
        ]

    return baseline


def untranslated(side):
    """The sources of a FeatureSet in the form of its data: uint8 images, or None.

    Gray sources of color images are repeated for each channel.
    """
    sources = side.conditions.get(pairs.NAME)
    kinds = (side.modality, side.condition_modalities.get(pairs.NAME))
    if sources is None or any(kind != modalities.Images() for kind in kinds):
        return None
    if sources.shape[-1] == 1 and side.data.shape[-1] == 3:
        sources = np.repeat(sources, 3, axis=-1)
    return sources if sources.shape[1:] == side.data.shape[1:] else None


def cycle(comparison):
    """The difference of sources to themselves, translated and back, with and without noise between.

    Of images the mean absolute difference of pixels in 0..1, of masks the share of pixels of
    another class. A small difference that noise makes large shows that the source is hidden in
    faint patterns of the translation: Chu et al. 2017, https://arxiv.org/abs/1712.02950.
    """
    model = comparison.model
    sources = condition("cycle", comparison)[:_MOST_CYCLES]
    kind = comparison.fake.condition_modalities[pairs.NAME]
    unrelated = float(np.mean(_differences(kind, sources, np.roll(sources, 1, axis=0))))
    scores = []
    for name, noise in (("cycle", 0.0), ("cycle_noise", _NOISE)):
        returned = model.cycle(sources, noise=noise, seed=comparison.seed)
        values = _differences(kind, sources, returned)
        details = {"unrelated": unrelated, "noise": noise}
        scores.append(_mean(name, values, "lower", **details))
    return scores


def condition(metric, comparison):
    """The sources of samples: raw `[n, ...]`. Raises: ValueError for samples without them."""
    sources = comparison.fake.conditions.get(pairs.NAME)
    if sources is None:
        raise ValueError(
            f"The metric {metric} needs a model that translates sources; the samples of this one "
            "have none."
        )
    return sources


def _results_and_targets(metric, comparison):
    condition(metric, comparison)
    return comparison.fake.data, comparison.fake.target


def _differences(kind, one, other):
    """The difference of each pair of raw examples of a `Modality`: float64 `[n]`."""
    if kind.is_continuous:
        return np.abs(kind.as_vectors(one) - kind.as_vectors(other)).mean(axis=1)
    return np.mean(one != other, axis=tuple(range(1, one.ndim)))


def _mean(name, values, better, **details):
    """The mean over images, with its standard error."""
    error = float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else None
    return Score(name, float(values.mean()), better, error, details)
