"""checkpoints/: the last states of a training run.

A checkpoint holds everything that the model tracks and the identity of the run. It is written
atomically, `step-N.index` last: the `.index` files are the checkpoints. The file `checkpoint` is
for other programs. No link is followed: a run never touches files outside of it.
"""

import logging
import os
import re

import tensorflow as tf

from tfgan import failures, files

_LOG = logging.getLogger(__name__)

_INDEX = re.compile(r"step-(\d+)\.index")
_FILE = re.compile(r"step-(\d+)\.(?:index|data-\d{5}-of-\d{5})")
# Also the remains of killed saves of earlier releases: step-4_temp, step-4.index.tempstate7.
_ANY = re.compile(r"step-(\d+)(?:_temp|\.(?:index|data-\d{5}-of-\d{5})(?:\.tempstate\d+)?)")
_SHARD = re.compile(r"\.data-\d{5}-of-(\d{5})")
_IDENTITY = "identity/.ATTRIBUTES/VARIABLE_VALUE"


class Checkpoints:
    """Saves and restores the state of a model in a run directory.

    Args:
      workdir: str, the run directory.
      model: built and compiled `GenerativeModel`.
      folder: str, the subdirectory.
      keep: int, the number of checkpoints that stay; older ones are removed.
      identity: str, unique to the run; "" to save none and accept any.
    """

    def __init__(self, workdir, model, folder="checkpoints", keep=3, identity=""):
        self._directory = f"{workdir}/{folder}"
        self._keep = keep
        self._model = model
        self._identity = identity

    def steps(self):
        """The steps of the checkpoints: sorted list of int."""
        matches = map(_INDEX.fullmatch, files.names_in(self._directory))
        return sorted(int(match[1]) for match in matches if match)

    def latest_step(self):
        """The step of the newest checkpoint, or None."""
        return max(self.steps(), default=None)

    def save(self):
        """Saves the state under its step and removes the oldest checkpoint.

        Raises: ArithmeticError, if a weight is not finite; ValueError for a directory not its own.
        """
        check_own(self._directory)
        step = self._model.steps_done
        for variable in self._model.variables:
            value = tf.convert_to_tensor(variable)
            if value.dtype.is_floating and not bool(tf.reduce_all(tf.math.is_finite(value))):
                raise ArithmeticError(f"The weight {variable.path} is not finite at step {step}.")
        tf.io.gfile.makedirs(self._directory)
        with files.atomic_directory(self._directory, last=".index") as part:
            self._checkpoint(self._identity).write(f"{part}/step-{step}")
        steps = [each for each in self.steps() if each <= step]
        old = self._files_of(steps[: -self._keep])
        for name in sorted(old, key=lambda name: not name.endswith(".index")):  # index first
            files.remove(f"{self._directory}/{name}")
        self._write_checkpoint_file(steps[-self._keep :])

    def forget_after(self, step):
        """Renames the checkpoints of later steps to `forgotten-step-N...`; removes killed saves."""
        check_own(self._directory)
        steps = self.steps()
        self._set_aside([each for each in steps if each > step], "forgotten")
        self._remove_killed_saves(steps)

    def restore_step(self, step):
        """Restores the checkpoint of one step.

        Raises: ValueError, if it is missing, damaged or of another run; `tf.errors.OpError` or
          OSError, if it cannot be read for another reason.
        """
        steps = self.steps()
        if step not in steps:
            listed = ", ".join(map(str, steps)) or "none"
            raise ValueError(f"{self._directory} has no step {step}; its steps are {listed}.")
        if damage := self._restore(step):
            raise ValueError(f"{self._path(step)} is damaged ({damage}).")

    def restore(self, repair=False):
        """Restores the newest checkpoint that is not damaged, with a warning for damaged ones.

        Args:
          repair: bool, whether to rename damaged checkpoints to `damaged-step-N...` and remove
            killed saves; only for the process that resumes the run.
        Returns: bool, whether there was a checkpoint.
        Raises: as `restore_step`, if all are damaged or one is of another run.
        """
        if repair:
            check_own(self._directory)
        steps, damaged = self.steps(), []
        for step in reversed(steps):
            damage = self._restore(step)
            if not damage:
                break
            damaged.append(step)
            path = self._path(step)
            _LOG.warning("The checkpoint %s is damaged (%s); trying the one before.", path, damage)
        if steps and len(damaged) == len(steps):
            raise ValueError(
                f"None of the {len(steps)} checkpoints in {self._directory} can be read: all are "
                "damaged. Start again with another --workdir."
            )
        if repair:
            self._set_aside(damaged, "damaged")
            self._remove_killed_saves(steps)
        return bool(steps)

    def _restore(self, step):
        """Restores one checkpoint; returns a description of its damage, None if it is intact.

        Damage is bytes that can be read and are not a checkpoint.
        """
        path = self._path(step)
        if missing := self._missing_shards(step):
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
        saved_step = self._model.steps_done
        return None if saved_step == step else f"it holds step {saved_step}"

    def _accepts(self, identity):
        return not (identity and self._identity) or identity == self._identity

    def _checkpoint(self, identity):
        extra = {"identity": tf.Variable(identity, dtype=tf.string)} if identity else {}
        with tf.device("CPU"):
            checkpoint = tf.train.Checkpoint(model=self._model, **extra)
            checkpoint.save_counter  # noqa: B018  is created on access, and saved too
        return checkpoint

    def _missing_shards(self, step):
        names = files.names_in(self._directory)
        shards = [_SHARD.fullmatch(name.removeprefix(f"step-{step}")) for name in names]
        counts = [int(match[1]) for match in shards if match]
        return max(counts, default=1) - len(counts)

    def _read_bytes(self, step):
        """Reads all files of a checkpoint, so that a failing disk or network raises its error."""
        for name in self._files_of([step], _FILE):
            with tf.io.gfile.GFile(f"{self._directory}/{name}", "rb") as file:
                while file.read(2**24):
                    pass

    def _files_of(self, steps, pattern=_ANY):
        """The names of the files of some steps, None for all steps: list of str."""
        matches = map(pattern.fullmatch, files.names_in(self._directory))
        return [m[0] for m in matches if m and (steps is None or int(m[1]) in steps)]

    def _remove_killed_saves(self, steps):
        complete = self._files_of(steps, _FILE)
        for name in self._files_of(None):
            if name not in complete:
                files.remove(f"{self._directory}/{name}")
        files.remove_parts(self._directory)

    def _set_aside(self, steps, prefix):
        for name in self._files_of(steps, _FILE):
            path = f"{self._directory}/{name}"
            tf.io.gfile.rename(path, f"{self._directory}/{prefix}-{name}", overwrite=True)

    def _write_checkpoint_file(self, steps):
        """Writes `checkpoint`, which `tf.train.latest_checkpoint` reads."""
        lines = [f'model_checkpoint_path: "step-{steps[-1]}"']
        lines += [f'all_model_checkpoint_paths: "step-{step}"' for step in steps]
        files.write_text(f"{self._directory}/checkpoint", "\n".join(lines) + "\n")

    def _path(self, step):
        return f"{self._directory}/step-{step}"


def check_own(directory):
    """Raises ValueError for a directory of a run that is a link, or not a directory."""
    if "://" in directory:
        return
    if os.path.islink(directory):
        raise ValueError(
            f"{directory} is a link: a run writes in its own directory alone. Move what is in it "
            "there, or link the whole run."
        )
    if os.path.lexists(directory) and not os.path.isdir(directory):
        raise ValueError(f"{directory} must be a directory; it is a file.")


def _identity(path):
    reader = tf.compat.v1.train.NewCheckpointReader(path)
    return reader.get_tensor(_IDENTITY).decode() if reader.has_tensor(_IDENTITY) else ""


def _first_line(error):
    return failures.user_message(str(error))[:200]
