"""What metrics need of a model, which is checked before samples are drawn."""

import numpy as np

from tfgan import rng
from tfgan.evaluation import sample_conditions
from tfgan.evaluation.measures import latent_codes


def check(name, model, spec):
    """Raises ValueError for a metric of something that a model does not have.

    Args:
      name: str, of the metric.
      model: `models.GenerativeModel`.
      spec: `data.DataSpec` of its data.
    """
    if name == "nll":
        model.check_density()
    if name not in _NEEDS:
        return
    is_met, need = _NEEDS[name]
    if not is_met(model, spec):
        raise ValueError(f"The metric {name} needs {need}.")


def _samples_have_labels(model, spec):
    of_pairs = spec.is_paired and spec.classes and sample_conditions.names(model, spec)
    return bool(model.classes or of_pairs)


def _both_have_labels(model, spec):
    return bool(spec.classes) and _samples_have_labels(model, spec)


def _latents(model):
    """A few draws of the prior: dict of float32 NumPy `[n, ...]`; {} without latents."""
    if not model.latent_shapes:
        return {}
    rows = model.prior(100, rng.stream(0, 0, "latents"))
    return {name: np.asarray(rows[name]) for name in model.latent_shapes}


def _has_class(model, _):
    return any(latent_codes.is_class(rows) for rows in _latents(model).values())


def _has_one_vector(model, _):
    return not model.classes and [len(shape) for shape in model.latent_shapes.values()] == [1]


_LABELS = "a conditional model, whose samples have labels"
_NEEDS = {
    "labels": (_samples_have_labels, _LABELS),
    "diversity": (_both_have_labels, f"{_LABELS}, and labeled data"),
    "cas": (_both_have_labels, f"{_LABELS}, and labeled data"),
    "codes": (lambda model, _: model.code_shapes, "a model whose codes have a prior"),
    "category": (
        lambda model, spec: model.category is not None and spec.classes,
        "a model with a class code or a classifier, and labeled data",
    ),
    "code_classes": (_has_class, "a model with a categorical code among its latents"),
    "mig": (
        lambda model, _: len(latent_codes.by_name(_latents(model))) > 1,
        "a model with two latent codes or more",
    ),
    "ppl": (_has_one_vector, "an unconditional model with one vector of latents"),
    "cycle": (
        lambda model, _: model.has_cycle,
        "a model that translates in both directions",
    ),
}
