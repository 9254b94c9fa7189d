"""makes files that are read faster, or that tfgan ships.

--data=images:FOLDER --out=FOLDER decodes and resizes images once and writes them, with labels and
the held-out tenth, as TFRecord files that --data=tfrecord:FOLDER reads. A command that was killed
goes on where it was when it is given again. --out=FOLDER alone checks the files of a finished set.
--what=digits_extractor trains the extractor `digits`.
"""

from absl import flags

from . import data_flags, parsing, path_flags, start

_DIGITS = "digits.npz"


def define_flags(values):
    """The flags of `tfgan prepare`."""
    flags.DEFINE_enum(
        "what", "records", ["records", "digits_extractor"], "What to make.", flag_values=values
    )
    path_flags.define_source("data", "", f"records: {data_flags.SOURCES}", values)
    path_flags.define(
        "out", "", f"records: the folder. digits_extractor: the file, by default {_DIGITS}.", values
    )
    data_flags.define_reading(values)
    number = flags.DEFINE_integer
    number("steps", 3000, "digits_extractor: updates.", 1, flag_values=values)
    number("seed", 0, "digits_extractor: of the first weights and the batches.", flag_values=values)


def run(values, positionals):
    """Prepares; returns the exit code."""
    parsing.no_positionals(positionals)
    if values.what == "digits_extractor":
        start.tensorflow()
        from .preparing import digits_extractor

        digits_extractor.run(values.out or _DIGITS, values.steps, values.seed)
        return 0
    if not values.out:
        raise flags.Error(
            "--data names the images and --out the folder for them, such as "
            "--data=images:photos --out=prepared; or --what says what else to make."
        )
    start.tensorflow()
    from .preparing import records

    if values.data:
        records.run(values)
    else:
        records.check(values.out)
    return 0
