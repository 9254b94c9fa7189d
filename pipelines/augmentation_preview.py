"""`tfgan prepare --preview`: examples of a source without and with an augmentation."""

from absl import flags

from tfgan import failures

from . import data_flags, start
from .errors import user_errors

_COLUMNS, _VIEWS = 10, 4


def write(values):
    """Writes the picture that the flags of `tfgan prepare` describe."""
    if not values.data or values.out:
        raise flags.Error("--preview=FILE.png needs --data, the images, and has no --out.")
    start.tensorflow()
    from tfgan import augmentations, images
    from tfgan.augmentations import preview
    from tfgan.data import open_source

    with user_errors():
        augmentation = augmentations.get(values.augment)
        if augmentation is None or augmentation.replaces_real:
            raise ValueError(f"augment must change images; received {values.augment}.")
        source = open_source(values.data, **data_flags.reading(values))
        kind, data = source.spec.modality, next(source.examples(batch_size=_COLUMNS))["data"]
        rows = preview.rows(augmentation, kind.to_float(data), values.seed, _VIEWS)
        picture = images.grid(kind.pictures(kind.to_raw(rows)), len(data))
    with failures.writing(values.preview):
        images.write_png(values.preview, picture)
    p = preview.largest_p(augmentation)
    print(f"{values.preview}: {len(data)} {kind.kind}, and below each {_VIEWS} views with p={p:g}.")
