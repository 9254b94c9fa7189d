"""checkpoints/: the last states of a training run.

A checkpoint holds the networks, their average, both optimizers, the step and all else that the
model tracks, and whose run it is. It is written beside its place and `step-N.index` gets its name
last, so that a process killed at any moment, or a disk that is full, leaves the checkpoint before
untouched, and a directory's `.index` files are its checkpoints: the file `checkpoint` is written
for other programs and never read. No names but those of a save are read, written or removed, and no
link is followed, so that a run never touches what lies outside of it.
"""

import logging
import os
import re

import tensorflow as tf

from tfgan import files

_LOG = logging.getLogger(__name__)

_INDEX = re.compile(r"step-(\d+)\.index")
_FILE = re.compile(r"step-(\d+)\.(?:index|data-\d{5}-of-\d{5})")
# The same, and what killed saves left once: step-4_temp, step-4.index.tempstate7.
_ANY = re.compile(r"step-(\d+)(?:_temp|\.(?:index|data-\d{5}-of-\d{5})(?:\.tempstate\d+)?)")
_SHARD = re.compile(r"\.data-\d{5}-of-(\d{5})")
_IDENTITY = "identity/.ATTRIBUTES/VARIABLE_VALUE"


class Checkpoints:
    """Saves and restores the state of a model in a run directory.

    Args:
      workdir: str, the run directory.
      model: built and compiled `GenerativeModel`.
      folder: str, where in the run directory they lie.
      keep: int, how many stay; older ones are removed.
      identity: str, the same for all checkpoints of a run and another for other runs; "" to save
        none and accept any.
    """

    def __init__(self, workdir, model, folder="checkpoints", keep=3, identity=""):
        self._directory = f"{workdir}/{folder}"
        self._keep = keep
        self._model = model
        self._identity = identity

    def steps(self):
        """The steps that there are checkpoints of: sorted list of int."""
        found = map(_INDEX.fullmatch, files.names_in(self._directory))
        return sorted(int(match[1]) for match in found if match)

    def latest_step(self):
        """The step of the newest checkpoint, or None."""
        return max(self.steps(), default=None)

    def save(self):
        """Saves the state under its step and removes the oldest.

        Raises: ArithmeticError, if a weight is not finite: such a state is not worth keeping;
          ValueError, if the directory is a link or a file.
        """
        self._check_own()
        step = self._model.steps_done
        broken = self._first_broken_weight()
        if broken:
            raise ArithmeticError(f"The weight {broken} is not finite at step {step}.")
        self._write(step)
        steps = [each for each in self.steps() if each <= step]
        for old in steps[: -self._keep]:
            self._remove(lambda number, old=old: number == old)
        self._tell_other_programs(steps[-self._keep :])

    def forget_after(self, step):
        """Sets the checkpoints of later steps aside (as `forgotten-step-N...`).

        For a run that goes on from `step`, and removes what a killed save left behind.
        """
        self._check_own()
        steps = self.steps()
        self._set_aside([each for each in steps if each > step], "forgotten")
        self._remove_remains(steps)

    def restore_step(self, step):
        """Restores the checkpoint of one step.

        Raises: ValueError, if there is none, with the steps that there are, or it is damaged or of
          another run; `tf.errors.OpError` or OSError, if it cannot be read for another reason.
        """
        steps = self.steps()
        if step not in steps:
            listed = ", ".join(map(str, steps)) or "none"
            raise ValueError(f"{self._directory} has no step {step}; its steps are {listed}.")
        damage = self._restore(step)
        if damage:
            raise ValueError(f"{self._path(step)} is damaged ({damage}).")

    def restore(self, repair=False):
        """Restores the newest checkpoint that is not damaged; says so if it is not the last one.

        Args:
          repair: bool, whether to set aside what is damaged (as `damaged-step-N...`) and remove
            what a killed save left behind; only for the process that goes on training.
        Returns: whether there was a checkpoint.
        Raises: ValueError, if all checkpoints are damaged, one is of another run, or the directory
          that is to be repaired is a link or a file; `tf.errors.OpError` or OSError, if one cannot
          be read for another reason than damage.
        """
        if repair:
            self._check_own()
        steps, damaged = self.steps(), []
        for step in reversed(steps):
            damage = self._restore(step)
            if not damage:
                break
            damaged.append(step)
            _LOG.warning(
                "The checkpoint %s is damaged (%s); trying the one before.",
                self._path(step),
                damage,
            )
        if steps and len(damaged) == len(steps):
            raise ValueError(
                f"None of the {len(steps)} checkpoints in {self._directory} can be read: all are "
                "damaged. Start again with another --workdir."
            )
        if repair:
            self._set_aside(damaged, "damaged")
            self._remove_remains(steps)
        return bool(steps)

    def _write(self, step):
        """Writes the checkpoint of a step, which is there as a whole or not at all."""
        tf.io.gfile.makedirs(self._directory)
        with files.atomic_directory(self._directory, last=".index") as part:
            self._checkpoint(self._identity).write(f"{part}/step-{step}")

    def _restore(self, step):
        """Restores one checkpoint; returns what is damaged in it, None if nothing is.

        Bytes that can be read and make no checkpoint are damage. A disk, a network or a memory that
        fails is not, and neither is another model.
        """
        path = self._path(step)
        missing = self._missing_shards(step)
        if missing:
            return f"{missing} of its files are missing"
        try:
            saved = _identity(path)
            if self._accepts(saved):
                self._checkpoint(saved).read(path).assert_consumed()
        except (AssertionError, ValueError) as error:
            raise ValueError(f"{path} is not of this model ({_first_line(error)}).") from error
        except (tf.errors.ResourceExhaustedError, tf.errors.PermissionDeniedError):
            raise
        except (tf.errors.OpError, IndexError, RuntimeError) as error:
            self._read_bytes(step)
            return _first_line(error)
        if not self._accepts(saved):
            raise ValueError(
                f"{path} is of another run: its recipe, data or seed are not those of recipe.json."
            )
        held = self._model.steps_done
        return None if held == step else f"it holds step {held}"

    def _check_own(self):
        """Refuses a directory that leads out of the run, or is none."""
        if "://" in self._directory:
            return
        if os.path.islink(self._directory):
            raise ValueError(
                f"{self._directory} is a link: a run writes in its own directory alone. Move the "
                "checkpoints there, or link the whole run."
            )
        if os.path.lexists(self._directory) and not os.path.isdir(self._directory):
            raise ValueError(f"{self._directory} must be a directory; it is a file.")

    def _accepts(self, identity):
        return not (identity and self._identity) or identity == self._identity

    def _checkpoint(self, identity):
        """What is saved; checkpoints of before there were identities have none."""
        whose = {"identity": tf.Variable(identity, dtype=tf.string)} if identity else {}
        with tf.device("CPU"):
            checkpoint = tf.train.Checkpoint(model=self._model, **whose)
            checkpoint.save_counter  # noqa: B018  made when it is first asked for, and saved too
        return checkpoint

    def _missing_shards(self, step):
        """How many files of a checkpoint are missing, as far as the names of the others tell."""
        shards = [
            _SHARD.fullmatch(name.removeprefix(f"step-{step}"))
            for name in files.names_in(self._directory)
        ]
        counts = [int(match[1]) for match in shards if match]
        return max(counts, default=1) - len(counts)

    def _read_bytes(self, step):
        """Reads all files of a checkpoint, so that a disk or network that fails says so itself."""
        for name in self._files_of(lambda number: number == step, _FILE):
            with tf.io.gfile.GFile(f"{self._directory}/{name}", "rb") as file:
                while file.read(2**24):
                    pass

    def _files_of(self, wanted, pattern=_ANY):
        """The names of the files of some steps; wanted: function (int) -> bool."""
        matches = map(pattern.fullmatch, files.names_in(self._directory))
        return [match[0] for match in matches if match and wanted(int(match[1]))]

    def _remove(self, wanted):
        names = self._files_of(wanted)
        for name in sorted(names, key=lambda name: not name.endswith(".index")):
            files.remove(f"{self._directory}/{name}")

    def _remove_remains(self, steps):
        """Removes what saves that were killed left: also beside a checkpoint that is whole."""
        whole = self._files_of(lambda step: step in steps, _FILE)
        for name in self._files_of(lambda step: True):
            if name not in whole:
                files.remove(f"{self._directory}/{name}")
        files.remove_parts(self._directory)

    def _set_aside(self, steps, why):
        for name in self._files_of(lambda step: step in steps, _FILE):
            path = f"{self._directory}/{name}"
            tf.io.gfile.rename(path, f"{self._directory}/{why}-{name}", overwrite=True)

    def _tell_other_programs(self, steps):
        """Writes `checkpoint`, by which `tf.train.latest_checkpoint` finds the last state."""
        lines = [f'model_checkpoint_path: "step-{steps[-1]}"']
        lines += [f'all_model_checkpoint_paths: "step-{step}"' for step in steps]
        files.write_text(f"{self._directory}/checkpoint", "\n".join(lines) + "\n")

    def _path(self, step):
        return f"{self._directory}/step-{step}"

    def _first_broken_weight(self):
        for variable in self._model.variables:
            value = tf.convert_to_tensor(variable)
            if value.dtype.is_floating and not bool(tf.reduce_all(tf.math.is_finite(value))):
                return variable.path
        return None


def _identity(path):
    """The identity that a checkpoint holds, "" for one without."""
    reader = tf.compat.v1.train.NewCheckpointReader(path)
    return reader.get_tensor(_IDENTITY).decode() if reader.has_tensor(_IDENTITY) else ""


def _first_line(error):
    return str(error).strip().splitlines()[0][:200]
