"""Shares, label accuracy and distances per class, for data with labels."""

import numpy as np

from tfgan import metrics


def per_class(real, fake, class_names):
    """How often each class is sampled and, of a conditional model, how well.

    Args:
      real, fake: FeatureSets: training examples with labels; samples, with labels if conditional.
      class_names: sequence of str, one per class.
    Returns: list of dict, one per class: `class`, `training_share`; `predicted_share`, that of the
      samples by the extractor's classifier, if it has as many classes; `label_accuracy`, if the
      samples also have labels; `fd`, if they have labels and a class has more examples and samples
      than features.
    """
    predicted = None
    if fake.logits is not None and fake.logits.shape[1] == len(class_names):
        predicted = fake.logits.argmax(axis=1)
    return [
        {"class": name, "training_share": float(np.mean(real.label == number))}
        | _shares(fake, predicted, number)
        | _distance(real, fake, number)
        for number, name in enumerate(class_names)
    ]


def _shares(fake, predicted, number):
    if predicted is None:
        return {}
    shares = {"predicted_share": float(np.mean(predicted == number))}
    if fake.label is not None and np.any(fake.label == number):
        shares["label_accuracy"] = float(np.mean(predicted[fake.label == number] == number))
    return shares


def _distance(real, fake, number):
    if fake.label is None or fake.features is None:
        return {}
    examples, samples = (side.features[side.label == number] for side in (real, fake))
    if min(len(examples), len(samples)) <= examples.shape[1]:
        return {}
    return {"fd": metrics.frechet_distance(examples, samples)}
