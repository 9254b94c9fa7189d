"""A table with a line a class, for data that have labels."""

import numpy as np

from tfgan import metrics


def per_class(real, fake, class_names):
    """How often each class is drawn and, of a model that is told the label, how well.

    Args:
      real: FeatureSet of training examples with labels.
      fake: FeatureSet of the samples; with labels if the model is conditional.
      class_names: sequence of str, one a class.
    Returns: list of dict, one a class: `class`, `training_share`; `sample_share`, if the
      extractor's classifier has the same number of classes; `label_accuracy`, if the samples have
      labels as well; `fd`, if they have labels and a class has more of both than features.
    """
    classes = len(class_names)
    seen = None
    if fake.logits is not None and fake.logits.shape[1] == classes:
        seen = fake.logits.argmax(axis=1)
    return [
        {"class": name, "training_share": float(np.mean(real.label == number))}
        | _shares(fake, seen, number)
        | _distance(real, fake, number)
        for number, name in enumerate(class_names)
    ]


def _shares(fake, seen, number):
    if seen is None:
        return {}
    shares = {"sample_share": float(np.mean(seen == number))}
    if fake.label is not None and np.any(fake.label == number):
        shares["label_accuracy"] = float(np.mean(seen[fake.label == number] == number))
    return shares


def _distance(real, fake, number):
    if fake.label is None or fake.features is None:
        return {}
    ours, others = real.features[real.label == number], fake.features[fake.label == number]
    if min(len(ours), len(others)) <= ours.shape[1]:
        return {}
    return {"fd": metrics.frechet_distance(ours, others)}
