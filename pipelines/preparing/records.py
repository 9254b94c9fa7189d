"""Writes any source as a prepared set, and checks one."""

import shlex

from tfgan.data import open_stream, reading_rules
from tfgan.data.sources import prepared
from tfgan.words import counted

from .. import data_flags
from ..errors import UserError, data_errors, user_errors, write_errors
from .progress import Progress


def run(values):
    """Prepares the set of --data in --out, or goes on with it.

    Args:
      values: the flags of `tfgan prepare`.
    Raises: UserError for data that cannot be read, a folder that holds another set, a disk that is
      full, and Ctrl-C.
    """
    folder = values.out.rstrip("/")
    with user_errors():
        reading = data_flags.reading(values)
        source = open_stream(values.data, **reading, rules=_rules(folder))
    options = {
        "image_size": reading["image_size"],
        "crop": reading["crop"] if reading["image_size"] else None,
        "channels": reading["channels"],
        "left_out": source.left_out,
        # Only where there are any: indexes of before there was a choice lack them.
        **({"decided": source.decisions} if source.decisions else {}),
    }
    try:
        with (
            user_errors(),
            write_errors(folder),
            data_errors(),
            Progress(source.spec.modality.kind) as progress,
        ):
            index, written = prepared.write(source, folder, options, progress)
    except prepared.Unfinished as state:
        raise UserError(f"Interrupted: {state}; the same command goes on.", 130) from state
    total = len(index.shards)
    if not written:
        print(f"{folder} is finished already: all {total} files match their checksums.")
    elif written < total:
        print(f"{total - written} of {total} files were there already.")
    _tell(folder, index)


def _rules(folder):
    """The rules by which a set was begun, so that the same command goes on with it."""
    begun = prepared.begun(folder)
    return reading_rules.of_record(begun.made_from.get("decided")) if begun else reading_rules.TODAY


def check(folder):
    """Compares the files of a finished set with their checksums.

    Raises: UserError for an unfinished or damaged set.
    """
    folder = folder.rstrip("/")
    with user_errors(1):
        index = prepared.check(folder)
    print(f"{folder} is whole: all {len(index.shards)} files match their checksums.")
    _tell(folder, index)


def _tell(folder, index):
    counts = {part: sum(s.count for s in shards) for part, shards in index.parts.items()}
    shape = "x".join(map(str, index.spec.shape))
    count = index.spec.classes
    classes = f" in {counted(count, 'class', 'classes')}" if count else ""
    modality = index.spec.modality
    examples = counted(counts["train"], modality.singular, modality.kind)
    print(
        f"{folder}: {examples} of {shape}{classes} to train on, "
        f"{counts.get('held_out', 0):,} held out, {counted(len(index.shards), 'file')}.\n"
        f"Next: {shlex.join(['tfgan', 'train', f'--data=tfrecord:{folder}'])}"
    )
