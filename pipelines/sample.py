"""draws samples from a run: a grid (.png), a folder of PNGs, texts (.txt), or arrays (.npz).

Sample i of a seed is the same however many are drawn.
"""

import io

from absl import flags

from . import path_flags, run_flags, start, usage
from .errors import Refusal, refusing, refusing_to_write

_SUFFIXES = (".png", ".npz", ".txt")


def define_flags(values):
    """The flags of `tfgan sample`."""
    number = flags.DEFINE_integer
    run_flags.define(values)
    number("count", 64, "How many samples.", 1, flag_values=values)
    number("seed", 0, "Which samples.", flag_values=values)
    number("label", None, "The label to draw, if the model is conditional.", flag_values=values)
    path_flags.define(
        "out",
        "",
        "FILE.png for a grid, FILE.npz for arrays `data` and `label`, a folder for a PNG a sample, "
        "or FILE.txt for texts. By default samples/seed-SEED.png or .txt in the run.",
        values,
    )
    flags.DEFINE_float(
        "truncation",
        None,
        "Cut the prior's tails here: fewer surprises, less variety.",
        0.0,
        flag_values=values,
    )
    run_flags.define_weights(values)


def run(values, positionals):
    """Samples; returns the exit code."""
    usage.no_positionals(positionals)
    workdir = run_flags.workdir(values)
    start.tensorflow()
    from tfgan import runs

    with refusing():
        model, _ = runs.open_model(workdir, run_flags.checkpoint(values))
        suffix = "txt" if model.symbols else "png"
        out = values.out or f"{workdir}/samples/seed-{values.seed}.{suffix}"
        _check_suits(out, model)
        samples = model.sample(
            values.count,
            seed=values.seed,
            label=values.label,
            truncation=values.truncation,
            raw_weights=values.raw_weights,
        )
        with refusing_to_write(out):
            _write(out, samples, model.symbols)
    print(f"{values.count} samples of step {model.steps_done}: {out}")
    return 0


def _check_suits(out, model):
    """Refuses a kind of file that these samples have not."""
    is_file = out.endswith(_SUFFIXES)
    if model.symbols and not out.endswith((".txt", ".npz")):
        raise Refusal("Texts have no picture: --out takes FILE.txt or FILE.npz.")
    if out.endswith(".txt") and not model.symbols:
        raise Refusal(f"The model makes no texts, so --out takes no FILE.txt; received {out}.")
    if not is_file and len(model.sample_shape) == 1:
        raise Refusal("Points have no picture each: --out takes FILE.png or FILE.npz.")


def _write(out, samples, symbols):
    import tensorflow as tf

    from tfgan import images, text

    folder = out.rpartition("/")[0] if out.endswith(_SUFFIXES) else out
    if folder:
        tf.io.gfile.makedirs(folder)
    if out.endswith(".npz"):
        _write_arrays(out, samples)
    elif out.endswith(".txt"):
        text.write(out, text.decode(samples["data"], symbols))
    elif out.endswith(".png"):
        images.write_png(out, images.picture(samples["data"]))
    else:
        _write_folder(out, samples)


def _write_arrays(path, samples):
    import numpy as np
    import tensorflow as tf

    buffer = io.BytesIO()
    np.savez_compressed(buffer, **samples)
    with tf.io.gfile.GFile(path + ".part", "wb") as file:
        file.write(buffer.getvalue())
    tf.io.gfile.rename(path + ".part", path, overwrite=True)


def _write_folder(folder, samples):
    """A PNG a sample; with labels a folder a label, which is how `--data=images:` reads labels.

    The PNG of a video has its frames from left to right.
    """
    import tensorflow as tf

    from tfgan import images

    if tf.io.gfile.listdir(folder):
        raise Refusal(f"{folder} holds files already; choose an empty or new folder.")
    data = samples["data"]
    for index, image in enumerate(images.strips(data).numpy() if data.ndim == 5 else data):
        place = f"{folder}/{samples['label'][index]}" if "label" in samples else folder
        tf.io.gfile.makedirs(place)
        images.write_png(f"{place}/{index:06d}.png", image)
