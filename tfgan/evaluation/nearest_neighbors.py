"""A picture of samples beside the training examples that are most like them.

A generator that copies its training set shows the same picture twice in a row.
"""

import numpy as np

from tfgan import images, metrics

_CLOSEST = 8
_FIRST = 8
_NEIGHBORS = 6


def picture(real, fake, real_data, fake_data):
    """Rows of a sample, a gap, and its nearest training examples, nearest first.

    The first eight rows are the samples that lie closest to the training set, the others the
    samples with the lowest numbers.

    Args:
      real, fake: FeatureSet with features, of a modality that has pictures of single examples.
      real_data, fake_data: function, int64 indices `[n]` -> raw examples `[n, ...]`.
    Returns: uint8 `[height, width, channels]`.
    """
    count = min(_NEIGHBORS, real.count)
    indices, distances = metrics.nearest_neighbors(fake.features, real.features, k=count)
    closest = np.argsort(distances[:, 0], kind="stable")[:_CLOSEST]
    shown = np.concatenate([closest, np.arange(min(_FIRST, fake.count))])
    pictures = real.modality.pictures
    samples = np.asarray(pictures(fake_data(shown)))
    nearest = np.asarray(pictures(real_data(indices[shown].reshape(-1))))
    nearest = nearest.reshape(len(shown), count, *nearest.shape[1:])
    gap = np.full_like(samples, 255)
    rows = np.concatenate([samples[:, None], gap[:, None], nearest], axis=1)
    return images.grid(rows.reshape(-1, *samples.shape[1:]), columns=count + 2)


def examples_of(source, indices):
    """Examples of a source by their places in the order of `examples`: raw `[n, ...]`.

    Args:
      source: `data.Source`.
      indices: int64 `[n]`, in any order; places may repeat.
    """
    wanted = np.unique(indices)
    found, first = {}, 0
    for batch in source.examples(int(wanted[-1]) + 1):
        inside = wanted[(wanted >= first) & (wanted < first + len(batch["data"]))]
        found |= {place: batch["data"][place - first] for place in inside}
        first += len(batch["data"])
    return np.stack([found[place] for place in indices])


def samples_of(model, fake, indices, seed, **options):
    """Samples of a model by their numbers, drawn again: raw `[n, ...]`.

    Args:
      model: `models.GenerativeModel`.
      fake: FeatureSet of the samples, which knows their labels.
      indices: int64 `[n]`.
      seed: int.
      **options: of the model's `sample`.
    """
    drawn = []
    for index in indices:
        label = None if fake.label is None or not model.classes else int(fake.label[index])
        drawn.append(model.sample(1, seed=seed, start=int(index), label=label, **options)["data"])
    return np.concatenate(drawn)
