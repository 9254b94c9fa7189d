"""makes files that tfgan needs and ships: --what=digits_extractor trains the extractor `digits`."""

from absl import flags

from . import start, usage
from .errors import refusing, refusing_to_write


def define_flags(values):
    """The flags of `tfgan prepare`."""
    flags.DEFINE_enum("what", None, ["digits_extractor"], "What to make.", flag_values=values)
    flags.DEFINE_string("out", "digits.npz", "The file to write.", values)
    flags.DEFINE_integer("steps", 3000, "Updates.", 1, flag_values=values)
    flags.DEFINE_integer("seed", 0, "Of the first weights and the batches.", flag_values=values)


def run(values, positionals):
    """Prepares; returns the exit code."""
    usage.no_positionals(positionals)
    if values.what is None:
        raise flags.Error("--what says what to make: digits_extractor.")
    start.tensorflow()
    with refusing():
        _digits_extractor(values)
    return 0


def _digits_extractor(values):
    import hashlib
    import pathlib

    import numpy as np

    from tfgan.data import open_source
    from tfgan.extractors import digits, training

    source = open_source("mnist5k")
    train, held_out = (
        [np.concatenate([batch[name] for batch in part.examples()]) for name in ("data", "label")]
        for part in (source, source.held_out)
    )
    model = training.train(
        *train,
        digits.CLASSES,
        steps=values.steps,
        seed=values.seed,
        on_step=lambda step, loss: print(f"step {step}/{values.steps} loss {loss:.4f}", flush=True),
    )
    training.with_unit_features(model, train[0])
    right = training.predict(model, held_out[0]) == held_out[1]
    with refusing_to_write(values.out):
        digits.save_weights(values.out, model)
    print(f"{right.sum()} of {len(right)} held-out digits are known ({right.mean():.1%}).")
    print(
        f"{values.out}: SHA-256 {hashlib.sha256(pathlib.Path(values.out).read_bytes()).hexdigest()}"
    )
