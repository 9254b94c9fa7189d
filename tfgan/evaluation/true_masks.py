"""The true class of each pixel, of examples and of their translations."""

from tfgan import modalities
from tfgan.data.sources import pairs


def are_known(spec, facts):
    """Whether true masks of translations are known: bool; of a `DataSpec` and `data.Facts`."""
    kinds = (spec.modality, *spec.condition_modalities.values())
    pairs_with_masks = spec.is_paired and any(map(_are_masks, kinds))
    return bool(spec.conditions) and (pairs_with_masks or facts.mask_of is not None)


def of_samples(samples):
    """What results must show, by their targets or sources: uint8 `[n, height, width, 1]`.

    Args:
      samples: FeatureSet with conditions, whose masks `are_known`.
    """
    if _are_masks(samples.modality) and samples.target is not None:
        return samples.target
    return _of_sources(samples, samples.conditions[pairs.NAME])


def of_examples(examples):
    """What real examples show: uint8 `[n, height, width, 1]`.

    Args:
      examples: FeatureSet with data and conditions, whose masks `are_known`.
    """
    if _are_masks(examples.modality):
        return examples.data
    if examples.target is None:
        return examples.facts.mask_of(examples.data)
    return _of_sources(examples, examples.conditions[pairs.NAME])


def class_names(examples):
    """The names of the classes of a real FeatureSet, numbers where they have none: list of str."""
    kinds = (examples.modality, *examples.condition_modalities.values())
    for kind in filter(_are_masks, kinds):
        return list(kind.class_names)
    return [str(number) for number in range(int(of_examples(examples).max()) + 1)]


def _of_sources(side, sources):
    if _are_masks(side.condition_modalities[pairs.NAME]):
        return sources
    return side.facts.mask_of(sources)


def _are_masks(kind):
    return isinstance(kind, modalities.Masks)
