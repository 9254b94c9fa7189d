"""Do translations show the classes of their sources? The 'FCN score' of pix2pix."""

import dataclasses

import numpy as np

from tfgan import metrics, modalities
from tfgan.evaluation import true_masks
from tfgan.evaluation.measures import translations
from tfgan.evaluation.scores import Score
from tfgan.extractors import segmenter_training

_NAMES = ("mean_iou", "pixel_accuracy", "class_accuracy")


def segmentation(comparison):
    """The scores of results against the true masks of their sources.

    A segmenter that is trained on real training examples reads the classes; results that are masks
    are compared as they are. The details hold the scores of a mask of the first class alone, and
    of the sources where they have the form of results.

    Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, section 4.1; with a small network
      in place of FCN-8s.
    """
    fake = comparison.fake
    translations.condition("segmentation", comparison)
    true, names = true_masks.of_samples(fake), true_masks.class_names(comparison.real)
    details = {"all_background": _by_name(_scores(np.zeros_like(true), true, names))}
    sources = translations.untranslated(fake)
    if sources is not None:
        read = _read(comparison, sources, names)
        details["untranslated"] = _by_name(_scores(read, true, names))
    return _as_list(_scores(_read(comparison, fake.data, names), true, names), names, details)


def of_real(comparison):
    """The baseline of `segmentation`: real examples against their own masks."""
    real, names = comparison.fake, true_masks.class_names(comparison.real)
    read = _read(comparison, real.data, names)
    return _as_list(_scores(read, true_masks.of_examples(real), names), names, {})


def _read(comparison, data, names):
    """The masks that examples show: uint8 `[n, height, width, 1]`."""
    real = comparison.real
    if isinstance(real.modality, modalities.Masks):
        return data
    true = true_masks.of_examples(real)
    model = comparison.once(
        "segmenter",
        lambda: segmenter_training.train(real.data, true, len(names), seed=comparison.seed),
    )
    return segmenter_training.predict(model, data)


def _scores(predicted, true, names):
    return metrics.segmentation_scores(metrics.mask_confusion(predicted, true, len(names)))


def _by_name(scores):
    return {name: getattr(scores, name) for name in _NAMES}


def _as_list(scores, names, details):
    """The scores as a list; the details are those of the first."""
    iou = zip(names, scores.iou.tolist(), strict=True)
    details = details | {"iou": {name: value for name, value in iou if not np.isnan(value)}}
    values = _by_name(scores)
    first, *others = (Score(name, values[name], "higher") for name in _NAMES)
    return [dataclasses.replace(first, details=details), *others]
