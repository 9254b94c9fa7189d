"""Metrics for models that are told a label."""

from tfgan import metrics
from tfgan.evaluation.scores import Score
from tfgan.extractors import classifier_training


def label(comparison):
    """The share of samples in which the extractor's classifier sees the label asked for.

    Raises: ValueError, if the samples carry no labels or the classifier has other classes.
    """
    fake = comparison.fake
    classes = fake.logits.shape[1]
    if fake.label is None:
        raise ValueError("The metric labels needs a model that is told a label; this one is not.")
    if int(fake.label.max()) >= classes:
        raise ValueError(
            f"The samples carry labels up to {fake.label.max()}; the extractor's classifier has "
            f"{classes} classes."
        )
    found = metrics.label_accuracy(fake.logits.argmax(axis=1), fake.label, classes)
    details = {"per_class": [float(share) for share in found.per_class]}
    return [Score("label_accuracy", found.accuracy, "higher", details=details)]


def classification(comparison):
    """The classification accuracy score: learn from samples, be tested on held-out real examples.

    The classifier is the small network of `extractors.digits`, trained anew on as many samples as
    there are training examples; its accuracy after the training examples is in the details.

    Raises: ValueError, if the samples carry no labels.
    """
    real, fake, held_out = comparison.real, comparison.fake, comparison.held_out
    if fake.label is None or real.label is None:
        raise ValueError("The metric cas needs a model that is told a label, and labelled data.")
    classes = int(max(real.label.max(), held_out.label.max(), fake.label.max())) + 1
    count = min(real.count, fake.count)
    found = metrics.classification_accuracy_score(
        classifier_training.classifier(classes, seed=comparison.seed),
        (fake.data[:count], fake.label[:count]),
        (real.data[:count], real.label[:count]),
        (held_out.data, held_out.label),
        classes,
    )
    details = {"real_accuracy": found.real_accuracy, "count": count}
    return [Score("cas", found.accuracy, "higher", details=details)]
