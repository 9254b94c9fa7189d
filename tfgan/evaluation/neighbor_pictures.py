"""A picture of samples beside the training examples that are nearest to them.

A generator that copies its training set shows each picture twice in a row.
"""

import numpy as np

from tfgan import images, metrics

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
      model, **options: as of `samples_of`.
      fake: FeatureSet of its samples, or None.
    """
    source = evaluator.source
    if fake is None or fake.features is None or not source.spec.modality.has_pictures:
        return None
    return picture(
        evaluator.real,
        fake,
        lambda rows: examples_of(source, rows),
        lambda rows: samples_of(model, fake, rows, evaluator.seed, **options),
    )


def of_sets(real, fake):
    """The `picture` of two FeatureSets. Raises: ValueError for one without images or features."""
    for side in (real, fake):
        if side.data is None or side.features is None or not side.modality.has_pictures:
            raise ValueError(f"--picture needs images and an extractor; {side.name} lacks one.")
    return picture(real, fake, real.data.__getitem__, fake.data.__getitem__)


def examples_of(source, indices):
    """Examples of a `data.Source` by their places, int64 `[n]` in any order: raw `[n, ...]`."""
    places = np.unique(indices)
    examples, start = {}, 0
    for batch in source.examples(int(places[-1]) + 1):
        inside = places[(places >= start) & (places < start + len(batch["data"]))]
        examples |= {place: batch["data"][place - start] for place in inside}
        start += len(batch["data"])
    return np.stack([examples[place] for place in indices])


def samples_of(model, fake, indices, seed, **options):
    """Samples of a model by their numbers, drawn again: raw `[n, ...]`.

    Args:
      model: `models.GenerativeModel`.
      fake: FeatureSet of the samples, with their labels.
      indices, seed: int64 `[n]`, and int.
      **options: of the model's `sample`.
    """
    samples = []
    for index in indices:
        label = None if fake.label is None or not model.classes else int(fake.label[index])
        samples.append(model.sample(1, seed=seed, start=int(index), label=label, **options)["data"])
    return np.concatenate(samples)
