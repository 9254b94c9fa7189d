"""Two parallel lines: W1 measures their distance, JSD and KL only that they do not meet.

p is uniform on {0} x [0, 1], q on {theta} x [0, 1]. Any theta but 0 gives JSD = log 2, KL infinite
and TV = 1: nothing a generator could follow. W1 = |theta|, with the slope +-1.
"""

import numpy as np

from tfgan import divergences
from tfgan.studies.theory.chart import Chart, Line
from tfgan.studies.theory.finding import at_most, experiment, near

_HEIGHTS = np.linspace(0.0, 1.0, 41)
_THETAS = np.linspace(-1.0, 1.0, 41)


@experiment(
    "Where supports do not meet, only W1 measures the distance",
    "For lines at the distance theta: W1 = |theta|, while JSD = log 2, KL = infinity and "
    "TV = 1 whenever theta is not 0.",
    "Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Example 1",
)
def measure():
    """Measures all of them on 41 points per line, for 41 gaps."""
    upper, lower = _over_thetas(_coupling), _over_thetas(_projection)
    jsd = _over_thetas(lambda theta: divergences.jensen_shannon(*_on_all_points(theta)))
    tv = _over_thetas(lambda theta: divergences.total_variation(*_on_all_points(theta)))
    kl = _over_thetas(lambda theta: divergences.kullback_leibler(*_on_all_points(theta)))
    apart = np.abs(_THETAS) > 1e-9
    for name, bound in (
        ("upper bound of W1 (a coupling)", upper),
        ("lower bound of W1 (a projection)", lower),
    ):
        yield at_most(f"{name} - |theta|, largest", np.abs(bound - np.abs(_THETAS)).max(), 1e-12)
    yield near("slope of W1 for theta > 0", _slope(upper), 1.0, 1e-9)
    yield near("JSD apart, smallest", jsd[apart].min(), np.log(2.0), 1e-12)
    yield near("JSD apart, largest", jsd[apart].max(), np.log(2.0), 1e-12)
    yield near("slope of JSD for theta > 0", _slope(jsd), 0.0, 1e-9)
    yield near("TV apart, smallest", tv[apart].min(), 1.0, 1e-12)
    yield near("KL apart, smallest", kl[apart].min(), np.inf, 0.0)
    yield near("JSD at theta = 0", jsd[~apart].max(), 0.0, 1e-12)
    yield Chart(
        "What a generator at the distance theta could follow",
        "theta",
        "divergence",
        (
            Line("W1", _THETAS, upper),
            Line("JSD", _THETAS, jsd, "points"),
            Line("TV", _THETAS, tv, "points"),
        ),
    )


def _over_thetas(function):
    return np.array([function(theta) for theta in _THETAS])


def _line(theta):
    return np.stack([np.full_like(_HEIGHTS, theta), _HEIGHTS], axis=1)


def _coupling(theta):
    """The mean distance if each point moves to that of its height; an upper bound of W1."""
    return float(np.linalg.norm(_line(0.0) - _line(theta), axis=1).mean())


def _projection(theta):
    """W1 of the first coordinates; as x -> x_1 is 1-Lipschitz, a lower bound of W1."""
    return divergences.wasserstein1(_line(0.0)[:, 0], _line(theta)[:, 0])


def _on_all_points(theta):
    """The two lines as distributions over the points of both: (p, q)."""
    both = np.concatenate([_line(0.0), _line(theta)])
    points, place = np.unique(both, axis=0, return_inverse=True)
    sides = np.split(place.ravel(), 2)
    return [np.bincount(side, minlength=len(points)) / len(_HEIGHTS) for side in sides]


def _slope(values):
    """Of the straight line through the values over theta > 0."""
    return np.polyfit(_THETAS[_THETAS > 0], values[_THETAS > 0], 1)[0]
