"""golden.json: what other libraries return for features that a formula gives.

To compare with it takes NumPy alone. To write it anew takes what the tests in `parity/` need:

    python tests/metrics/golden_values.py
"""

import importlib.metadata
import json
import pathlib

import numpy as np

FILE = pathlib.Path(__file__).with_name("golden.json")
SUBSETS, SUBSET_SIZE, SEED, BLOCKS = 7, 60, 2020, 4
SPLITS, K, CELLS, DEVIATION, MODES = 4, 3, 3, 0.4, 10
_PRIMES = np.array([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37])


class Inputs:
    """Sets that no random stream makes, so that every NumPy makes the same ones.

    Args:
      nudge: float, a relative error of every number, upwards and downwards in turns.
    """

    def __init__(self, nudge=0.0):
        self._nudge = nudge
        self.real, self.fake = self._cloud(240), 0.8 * self._cloud(200, 300) + 0.15
        self.held_out, self.few = self._cloud(160, 600), self._cloud(8, 900)
        self.logits = 4.0 * self._waves(202, 1000)
        self.starts, self.ends = (_unit(self._waves(9, first)) for first in (1300, 1400))
        self.t = np.arange(9) / 8.0
        self.image, self.other_image = self._texture(0.0), self._texture(0.4)
        self.labels = np.arange(500) ** 2 % 97 % MODES
        self.wanted_labels = np.arange(300) ** 3 % 101 % MODES

    def grouped(self):
        """The training, held-out and fake rows, dealt to three places far apart."""
        sets = (self.real, self.held_out, self.fake)
        return [rows + 30.0 * (np.arange(len(rows)) % CELLS)[:, None] for rows in sets]

    def _waves(self, count, first=0):
        """sin(i^2 sqrt(p)) for primes p: evenly spread, and no column follows from the others."""
        i = np.arange(first + 1, first + count + 1)[:, None]
        return self._nudged(np.sin(i**2 * np.sqrt(_PRIMES)))

    def _cloud(self, count, first=0):
        column = np.arange(len(_PRIMES))
        mixing = np.eye(len(column)) + 0.4 * np.cos(np.outer(column, column + 1.0))
        return self._waves(count, first) @ mixing

    def _texture(self, phase):
        y, x = np.mgrid[:256, :256]
        coarse = np.sin(x / 31.0 + phase) * np.cos(y / 23.0 - phase)
        fine = np.sin(x * y / 200.0 + phase)
        return self._nudged(127.5 + 80.0 * coarse + 40.0 * fine)[None, :, :, None]

    def _nudged(self, values):
        signs = np.resize([1.0, -1.0, -1.0, 1.0, 1.0], values.shape)
        return values * (1.0 + self._nudge * signs)


def _unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def kernel_rows(real, fake, subsets, size, seed):
    """The rows that torch-fidelity and clean-fid draw, those of the samples first.

    Returns: list of (rows of `real`, rows of `fake`), one a subset.
    """
    draw = np.random.RandomState(seed)  # a stream that NumPy has promised never to change
    counts = (len(fake), len(real))
    pairs = [[draw.choice(n, size, replace=False) for n in counts] for _ in range(subsets)]
    return [(of_real, of_fake) for of_fake, of_real in pairs]


def theirs(others):
    """The rows of the file.

    Args:
      others: the module `parity/others.py`.
    Returns: list of dict; `relative` is the tolerance.
    """
    return [
        {"figure": figure, "library": library, "value": float(value), "relative": relative}
        for figures in (_distances(others, Inputs()), _scores(others, Inputs()))
        for figure, library, value, relative in figures
    ]


def _distances(others, s):
    """Yields (figure, library, value, tolerance) of distances between features."""
    sets, few, subsets = (s.real, s.fake), (s.real, s.few), (SUBSETS, SUBSET_SIZE, SEED)
    yield "frechet", "torch_fidelity", others.torch_fidelity_frechet(*sets), 1e-11
    yield "frechet", "pytorch_fid", others.pytorch_fid_frechet(*sets), 1e-11
    yield "frechet", "cleanfid", others.clean_fid_frechet(*sets), 1e-11
    # Roots of eigenvalues that are 0 but for rounding: their value is off.
    yield "frechet of few", "torch_fidelity", others.torch_fidelity_frechet(*few), 1e-7
    mean, std = others.torch_fidelity_kernel(*sets, *subsets)
    yield "kernel mean", "torch_fidelity", mean, 1e-11
    yield "kernel std", "torch_fidelity", std, 1e-11
    yield "kernel mean", "cleanfid", others.clean_fid_kernel(*sets, *subsets), 1e-11
    yield "kernel full", "sklearn", others.sklearn_kernel(*sets), 1e-11
    blocks = zip(*(np.array_split(rows, BLOCKS) for rows in sets), strict=True)
    values = [others.sklearn_kernel(*block) for block in blocks]
    yield "kernel blocks", "sklearn", np.mean(values), 1e-11
    yield "kernel blocks error", "sklearn", np.std(values, ddof=1) / BLOCKS**0.5, 1e-11
    precision, recall = others.torch_fidelity_precision_recall(*sets, K)
    yield "precision", "torch_fidelity", precision, 1e-6  # they count in float32
    yield "recall", "torch_fidelity", recall, 1e-6
    density, coverage = others.prdc_density_coverage(*sets, K)
    yield "density", "prdc", density, 1e-12
    yield "coverage", "prdc", coverage, 1e-12


def _scores(others, s):
    """Yields the same of all else."""
    mean, std = others.torch_fidelity_inception(s.logits, SPLITS)
    yield "inception mean", "torch_fidelity", mean, 1e-12
    yield "inception std", "torch_fidelity", std, 1e-11
    yield "authenticity", "sklearn", others.sklearn_authenticity(s.real, s.fake), 1e-12
    accuracy, of_real, of_fake, p_value = others.sklearn_two_sample(s.real, s.fake)
    yield "two-sample accuracy", "sklearn", accuracy, 1e-12
    yield "two-sample accuracy of real", "sklearn", of_real, 1e-12
    yield "two-sample accuracy of fake", "sklearn", of_fake, 1e-12
    yield "two-sample p", "scipy", p_value, 1e-11
    near = [others.sklearn_neighbors(rows, s.real, 1)[0][:, 0] for rows in (s.fake, s.held_out)]
    yield "Mann-Whitney z", "scipy", others.scipy_mann_whitney(*near), 1e-10
    yield "copying", "sklearn", others.sklearn_copying(*s.grouped(), CELLS), 1e-10
    densities = others.scipy_parzen(s.fake, s.held_out, DEVIATION)
    yield "Parzen", "scipy", densities.mean(), 1e-12
    densities = others.sklearn_parzen(s.fake, s.held_out, DEVIATION)
    yield "Parzen", "sklearn", densities.mean(), 1e-12
    divergence = others.scipy_reverse_kl(s.labels, s.wanted_labels, MODES)
    yield "reverse KL", "scipy", divergence, 1e-12
    similarity = others.tensorflow_multi_scale_ssim(s.image, s.other_image)
    yield "MS-SSIM", "tensorflow", similarity[0], 1e-5  # they count in float32
    on_the_way = others.torch_fidelity_slerp(s.starts, s.ends, s.t)
    yield "slerp, cubes added up", "torch_fidelity", np.sum(on_the_way**3), 1e-11


def main():
    from parity import others

    names = importlib.metadata.packages_distributions()
    rows = theirs(others)
    for row in rows:
        distribution = names[row["library"]][0]
        row["library"] = f"{distribution} {importlib.metadata.version(distribution)}"
    lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    FILE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
