"""prepares data for fast reading, or trains the extractor `digits`.

--data=images:FOLDER --out=FOLDER decodes and resizes images once and writes them, with labels and
the held-out tenth, as TFRecord files that --data=tfrecord:FOLDER reads. Repeating the command
resumes an interrupted one. --out=FOLDER alone checks the files of a finished dataset.

--data=SOURCE --augment=NAME --preview=FILE.png shows images as `tfgan train --augment=NAME` shows
them to the discriminator.
"""

import hashlib
import pathlib
import shlex

from absl import flags

from tfgan import failures
from tfgan.augmentations import names
from tfgan.words import counted

from . import augmentation_preview, data_flags, parsing, path_flags, start
from .errors import UserError, user_errors
from .progress import Progress

_DIGITS = "digits.npz"


def define_flags(values):
    """The flags of `tfgan prepare`."""
    flags.DEFINE_enum(
        "what", "records", ["records", "digits_extractor"], "What to prepare.", flag_values=values
    )
    path_flags.define_source("data", "", f"records: {data_flags.SOURCES}", values)
    about = "FILE.png: rows of examples, the first without and the others with --augment."
    path_flags.define("preview", "", about, values)
    flags.DEFINE_string("augment", "diffaugment", f"preview: {names.SYNTAX}.", values)
    path_flags.define(
        "out", "", f"records: the folder. digits_extractor: the file, by default {_DIGITS}.", values
    )
    data_flags.define_reading(values)
    number = flags.DEFINE_integer
    number("steps", 3000, "digits_extractor: training steps.", 1, flag_values=values)
    seed_help = "digits_extractor: seed of the initial weights and the batches."
    number("seed", 0, seed_help, flag_values=values)


def run(values, positionals):
    """Prepares; returns the exit code."""
    parsing.no_positionals(positionals)
    if values.what == "digits_extractor":
        start.tensorflow()
        _train_digits_extractor(values.out or _DIGITS, values.steps, values.seed)
        return 0
    if values.preview:
        augmentation_preview.write(values)
        return 0
    if values["augment"].present:
        raise flags.Error(
            "--augment is for --preview alone: prepared images are not augmented, `tfgan train "
            "--augment` does it at random in every step."
        )
    if not values.out:
        raise flags.Error(
            "--data names the images and --out the folder for them, such as "
            "--data=images:photos --out=prepared; or --what names something else to prepare."
        )
    start.tensorflow()
    folder = values.out.rstrip("/")
    if values.data:
        _write(values, folder)
    else:
        _check(folder)
    return 0


def _write(values, folder):
    from tfgan.data.sources import by_name, prepared

    with user_errors():
        reading = data_flags.reading(values)
        source, made_from = by_name.open_to_prepare(values.data, folder, **reading)
    try:
        with (
            user_errors(),
            failures.writing(folder),
            failures.reading_data(),
            Progress(source.spec.modality.kind) as progress,
        ):
            index, written = prepared.write(source, folder, made_from, progress)
    except prepared.Interrupted as state:
        raise UserError(f"Interrupted: {state}; repeating the command resumes it.", 130) from state
    total = len(index.shards)
    if not written:
        print(f"{folder} is finished already: all {total} files match their checksums.")
    elif written < total:
        print(f"{total - written} of {total} files existed already.")
    _print_summary(folder, index)


def _check(folder):
    from tfgan.data.sources import prepared

    with user_errors(1):
        index = prepared.check(folder)
    print(f"{folder} is complete: all {len(index.shards)} files match their checksums.")
    _print_summary(folder, index)


def _print_summary(folder, index):
    shape, classes, modality = index.spec.shape, index.spec.classes, index.spec.modality
    of_classes = f" in {counted(classes, 'class', 'classes')}" if classes else ""
    of_sources = "".join(
        f" with a {name} of {'x'.join(map(str, spec.raw_shape))}"
        for name, spec in index.spec.conditions.items()
    )
    examples = counted(index.counts["train"], modality.singular, modality.kind)
    print(
        f"{folder}: {examples} of {'x'.join(map(str, shape))}{of_sources}{of_classes} to train on, "
        f"{index.counts.get('held_out', 0):,} held out, {counted(len(index.shards), 'file')}.\n"
        f"Next: {shlex.join(['tfgan', 'train', f'--data=tfrecord:{folder}'])}"
    )


def _train_digits_extractor(path, steps, seed):
    from tfgan.data import open_source
    from tfgan.extractors import classifier_training, digits

    with user_errors():
        source = open_source("mnist5k")
    train, held_out = (
        next(each.examples(batch_size=each.count)) for each in (source, source.held_out)
    )
    model = classifier_training.train(
        train["data"],
        train["label"],
        digits.CLASSES,
        steps=steps,
        seed=seed,
        on_step=lambda step, loss: print(f"step {step}/{steps} loss {loss:.4f}", flush=True),
    )
    classifier_training.normalize_features(model, train["data"])
    right = classifier_training.predict(model, held_out["data"]) == held_out["label"]
    with failures.writing(path):
        digits.save_weights(path, model)
    print(
        f"{right.sum()} of {len(right)} held-out digits are classified correctly "
        f"({right.mean():.1%})."
    )
    print(f"{path}: SHA-256 {hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()}")
