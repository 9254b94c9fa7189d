"""A picture of samples beside the training examples that are nearest to them.

A generator that copies its training set shows each picture twice in a row.
"""

import numpy as np

from tfgan import images, metrics
from tfgan.evaluation import sample_conditions

_ROWS = 8  # of the closest samples, and of the first ones
_NEIGHBORS = 6


def picture(real, fake, real_data, fake_data):
    """Rows of a sample, a gap, and its nearest training examples, nearest first.

    The first eight rows are the samples closest to the training set, the others the first samples.

    Args:
      real, fake: FeatureSet with features, of a modality that has pictures of single examples.
      real_data, fake_data: function, int64 indices `[n]` -> raw examples `[n, ...]`.
    Returns: uint8 `[height, width, channels]`.
    """
    count = min(_NEIGHBORS, real.count)
    indices, distances = metrics.nearest_neighbors(fake.features, real.features, k=count)
    closest = np.argsort(distances[:, 0], kind="stable")[:_ROWS]
    shown = np.concatenate([closest, np.arange(min(_ROWS, fake.count))])
    pictures = real.modality.pictures
    samples = np.asarray(pictures(fake_data(shown)))
    nearest = np.asarray(pictures(real_data(indices[shown].reshape(-1))))
    nearest = nearest.reshape(len(shown), count, *nearest.shape[1:])
    rows = np.concatenate([samples[:, None], np.full_like(samples, 255)[:, None], nearest], axis=1)
    return images.grid(rows.reshape(-1, *samples.shape[1:]), columns=count + 2)


def of_model(evaluator, model, fake, **options):
    """The `picture` of an evaluation; None without features or pictures of examples.

    Args:
      evaluator: `Evaluator`.
      model, **options: see `samples_of`.
      fake: FeatureSet of its samples, or None.
    """
    source = evaluator.source
    if fake is None or fake.features is None or not source.spec.modality.has_pictures:
        return None
    return picture(
        evaluator.real,
        fake,
        lambda rows: sample_conditions.examples_at(source, rows)["data"],
        lambda rows: samples_of(
            model, fake, rows, evaluator.seed, _conditions(source, model, rows), **options
        ),
    )


def of_sets(real, fake):
    """The `picture` of two FeatureSets. Raises: ValueError for one without images or features."""
    for side in (real, fake):
        if side.data is None or side.features is None or not side.modality.has_pictures:
            raise ValueError(f"--picture needs images and an extractor; {side.name} lacks one.")
    return picture(real, fake, real.data.__getitem__, fake.data.__getitem__)


def samples_of(model, fake, indices, seed, conditions=None, **options):
    """Samples of a model by their numbers, drawn again: raw `[n, ...]`.

    Args:
      model: `models.GenerativeModel`.
      fake: FeatureSet of the samples, with their labels.
      indices, seed: int64 `[n]`, and int.
      conditions: dict of arrays `[n, ...]`, those of these samples; or None.
      **options: of the model's `sample`.
    """
    samples = []
    for row, index in enumerate(indices):
        label = None if fake.label is None or not model.classes else int(fake.label[index])
        own = {"label": label} | {
            name: each[row : row + 1] for name, each in (conditions or {}).items()
        }
        samples.append(model.sample(1, seed=seed, start=int(index), **own, **options)["data"])
    return np.concatenate(samples)


def _conditions(source, model, indices):
    """The conditions under which an `Evaluator` drew some samples: dict of arrays, or None."""
    names = sample_conditions.names(model, source.spec)
    if not names:
        return None
    return sample_conditions.take(sample_conditions.origin(source), names, indices)[0]
