"""Writes the model of a run that has ended, as `tfgan export` would."""

from absl import flags

from .errors import Refusal


def export_run(values, workdir, out, *, trained):
    """Exports the state that counts: the best where evaluations keep it, else the last.

    Args:
      values: the flags of `tfgan train`.
      workdir: str, the run's directory.
      out: str, the directory that gets a version.
      trained: bool, whether this process took steps; if not, a version that is there will do.
    Returns: int, the exit code.
    Raises: Refusal, if the model cannot be written.
    """
    import tensorflow as tf

    from . import export

    if not trained and _has_version(out):
        return 0
    keeps_best = values.evaluate_every and tf.io.gfile.exists(f"{workdir}/best")
    asked = flags.FlagValues()
    export.define_flags(asked)
    checkpoint = "best" if keeps_best else "last"
    asked(["export", f"--workdir={workdir}", f"--out={out}", f"--checkpoint={checkpoint}"])
    try:
        return export.run(asked, [])
    except Refusal as refusal:
        raise Refusal(f"{workdir} is trained, and not exported: {refusal}", 1) from refusal


def _has_version(directory):
    import tensorflow as tf

    return tf.io.gfile.isdir(directory) and any(
        name.rstrip("/").isdigit() for name in tf.io.gfile.listdir(directory)
    )
