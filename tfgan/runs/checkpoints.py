"""checkpoints/: the last states of a training run.

A checkpoint holds the networks, their average, both optimizers, the step and all else that the
model tracks. `tf.train.CheckpointManager` writes it beside and then renames, so that a process
killed at any moment leaves the checkpoint before untouched.
"""

import logging
import time

import tensorflow as tf

_LOG = logging.getLogger(__name__)

# What TensorFlow raises for a file that is cut off, altered, missing or of another model.
_UNREADABLE = (tf.errors.OpError, AssertionError, IndexError, ValueError)


class Checkpoints:
    """Saves and restores the state of a model in a run directory.

    Args:
      workdir: str, the run directory.
      model: built and compiled `GenerativeModel`.
      folder: str, where in the run directory they lie.
      keep: int, how many stay; older ones are removed.
    """

    def __init__(self, workdir, model, folder="checkpoints", keep=3):
        self._directory = f"{workdir}/{folder}"
        self._keep = keep
        self._model = model
        self._checkpoint = tf.train.Checkpoint(model=model)
        self._manager = self._new_manager()

    def latest_step(self):
        """The step of the newest checkpoint, or None."""
        paths = self._paths()
        return int(paths[-1].rsplit("-", 1)[1]) if paths else None

    def save(self):
        """Saves the state under its step and removes the oldest.

        Raises: ArithmeticError, if a weight is not finite: such a state is not worth keeping.
        """
        broken = self._first_broken_weight()
        if broken:
            raise ArithmeticError(
                f"The weight {broken} is not finite at step {self._model.steps_done}."
            )
        self._manager.save(checkpoint_number=self._model.steps_done)

    def restore_step(self, step):
        """Restores the checkpoint of one step.

        Raises: ValueError, if there is none, with the steps that there are, or it cannot be read.
        """
        paths = {int(path.rsplit("-", 1)[1]): path for path in self._paths()}
        if step not in paths:
            listed = ", ".join(map(str, paths)) or "none"
            raise ValueError(f"{self._directory} has no step {step}; its steps are {listed}.")
        try:
            self._checkpoint.restore(paths[step]).assert_consumed()
        except _UNREADABLE as error:
            raise ValueError(f"{paths[step]} cannot be read ({_first_line(error)}).") from error

    def restore(self, repair=False):
        """Restores the newest checkpoint that can be read; says so if it is not the last one.

        Args:
          repair: bool, whether to take what cannot be read, and what a killed save left behind, out
            of the directory; only for the process that goes on training.
        Returns: whether there was a checkpoint.
        Raises: ValueError, if there are checkpoints and none can be read.
        """
        paths = self._paths()
        for path in reversed(paths):
            try:
                self._checkpoint.restore(path).assert_consumed()
            except _UNREADABLE as error:
                _LOG.warning(
                    "The checkpoint %s cannot be read (%s); trying the one before.",
                    path,
                    _first_line(error),
                )
                continue
            if repair:
                self._keep_only(paths[: paths.index(path) + 1])
            return True
        if paths:
            raise ValueError(
                f"None of the {len(paths)} checkpoints in {self._directory} can be read; the run "
                "cannot be continued. Start anew with another --workdir."
            )
        return False

    def _paths(self):
        """The checkpoints, oldest first.

        Read from the directory: a manager leaves out those that are newer than its clock says, as
        after a move to another machine.
        """
        state = tf.train.get_checkpoint_state(self._directory)
        return list(state.all_model_checkpoint_paths) if state else []

    def _new_manager(self):
        return tf.train.CheckpointManager(
            self._checkpoint, self._directory, max_to_keep=self._keep, checkpoint_name="step"
        )

    def _keep_only(self, paths):
        """Removes every file that is part of no checkpoint in `paths`."""
        tf.compat.v1.train.update_checkpoint_state(
            self._directory,
            paths[-1],
            all_model_checkpoint_paths=paths,
            all_model_checkpoint_timestamps=[time.time()] * len(paths),
            last_preserved_timestamp=0.0,  # later than a checkpoint's time, it would hide it
        )
        kept = {path.rsplit("/", 1)[-1] for path in paths}
        for name in tf.io.gfile.listdir(self._directory):
            name = name.rstrip("/")
            if name.startswith("step-") and name.split(".")[0] not in kept:
                remains = f"{self._directory}/{name}"
                remove = tf.io.gfile.rmtree if tf.io.gfile.isdir(remains) else tf.io.gfile.remove
                remove(remains)
        self._manager = self._new_manager()

    def _first_broken_weight(self):
        for variable in self._model.variables:
            value = tf.convert_to_tensor(variable)
            if value.dtype.is_floating and not bool(tf.reduce_all(tf.math.is_finite(value))):
                return variable.path
        return None


def _first_line(error):
    return str(error).strip().splitlines()[0][:200]
