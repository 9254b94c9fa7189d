"""averages/: snapshots of a run's power-function averages, see `models.power_averages`."""

import re

import numpy as np
import tensorflow as tf

from tfgan import files
from tfgan.models import power_averages
from tfgan.models.power_averages import Profile
from tfgan.runs.checkpoints import check_own

_FILE = re.compile(r"step-(0|[1-9]\d*)\.npz")
_MOST = 256  # snapshots of which an average is made: the least squares of more take seconds
_IDENTITY = "identity"


class AverageSnapshots:
    """Writes and reads the snapshots of a run, each a file of float32 arrays.

    Args:
      workdir: str, the run directory.
      model: compiled `GenerativeModel`.
      identity: str, unique to the run.
    """

    def __init__(self, workdir, model, identity):
        self._directory = f"{workdir}/averages"
        self._model = model
        self._identity = identity

    def check_own(self):
        """Raises ValueError, if averages are kept and their directory is not the run's own."""
        if self._model.power_averages:
            check_own(self._directory)

    def steps(self):
        """The steps of the snapshots: sorted list of int."""
        matches = map(_FILE.fullmatch, files.names_in(self._directory))
        return sorted(int(match[1]) for match in matches if match)

    def save(self):
        """Writes the averages of the model's step."""
        self.check_own()
        tf.io.gfile.makedirs(self._directory)
        averages = self._model.power_averages
        arrays = {
            _name(width, index): value
            for width, values in zip(averages.widths, averages.values(), strict=True)
            for index, value in enumerate(values)
        }
        arrays[_IDENTITY] = np.array(self._identity)
        files.write_arrays(self._path(self._model.steps_done), arrays)

    def forget_after(self, step):
        """Renames the snapshots of later steps to `forgotten-step-N.npz`, in a run that has any."""
        if self._model.power_averages:
            for later in self.steps():
                if later > step:
                    aside = f"{self._directory}/forgotten-step-{later}.npz"
                    tf.io.gfile.rename(self._path(later), aside, overwrite=True)

    def average(self, width):
        """Puts the average of a width, at the model's step, in the place of the running average.

        Raises: ValueError for a width that the snapshots do not give, a run without them, and files
          that are damaged or not of this run.
        """
        power_averages.check_width(width)
        averages, step = self._model.power_averages, self._model.steps_done
        if averages is None:
            raise ValueError(
                "The run keeps no averages of which one of another width can be made: train it "
                "with --average_snapshots=STEPS."
            )
        steps = _thinned([each for each in self.steps() if each < step])
        profiles = [Profile(each, w) for each in (*steps, step) for w in averages.widths]
        weights = power_averages.coefficients(profiles, Profile(step, width))
        weights = weights.reshape(-1, len(averages.widths))
        total = _weighted(averages.values(), weights[-1])
        for each, row in zip(steps, weights[:-1], strict=True):
            if not row.any():
                continue
            pairs = zip(total, _weighted(self._read(each), row), strict=True)
            total = [mean + part for mean, part in pairs]
        self._model.use_average(total, width)

    def _read(self, step):
        """The averages of one snapshot, as `PowerAverages.values` has them."""
        path, averages = self._path(step), self._model.power_averages
        with files.open_arrays(path) as arrays:
            values = [
                [
                    _array(arrays, path, _name(width, index), mean)
                    for index, mean in enumerate(means)
                ]
                for width, means in zip(averages.widths, averages.means, strict=True)
            ]
            if len(arrays) != sum(map(len, values)) + 1:
                raise ValueError(f"{path} is not of this run: it holds {len(arrays)} arrays.")
            if _IDENTITY not in arrays or str(arrays[_IDENTITY]) != self._identity:
                raise ValueError(
                    f"{path} is of another run: its identity is not that of recipe.json."
                )
        return values

    def _path(self, step):
        return f"{self._directory}/step-{step}.npz"


def _array(arrays, path, name, mean):
    expected = f"float32 {list(mean.shape)}"
    header = str(arrays.header(name)) if name in arrays else "missing"
    if header != expected:
        raise ValueError(f"{path} is not of this run: {name} must be {expected}; it is {header}.")
    values = arrays[name]
    if not np.all(np.isfinite(values)):
        raise ValueError(f"{path} holds numbers that are not finite, in {name}.")
    return values


def _thinned(steps):
    """At most so many of the steps, evenly apart and with the last."""
    if len(steps) <= _MOST:
        return steps
    chosen = np.linspace(0, len(steps) - 1, _MOST).round().astype(int)
    return [steps[index] for index in chosen]


def _name(width, index):
    return f"width {width:g}, {index}"


def _weighted(values, weights):
    """A weighted sum of lists of arrays: list of float64 arrays."""
    return [
        sum(weight * array.astype(np.float64) for weight, array in zip(weights, each, strict=True))
        for each in zip(*values, strict=True)
    ]
