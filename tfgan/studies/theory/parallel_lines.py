"""Two parallel lines: W1 says how far apart they are, JSD and KL only that they are apart.

p is uniform on {0} x [0, 1], q on {theta} x [0, 1]. Any theta but 0 gives JSD = log 2, KL infinite
and TV = 1: nothing a generator could follow. W1 = |theta|, with the slope +-1.
"""

import numpy as np

from tfgan import divergences
from tfgan.studies.theory import chart, finding

_HEIGHTS = np.linspace(0.0, 1.0, 41)
_THETAS = np.linspace(-1.0, 1.0, 41)


def measure():
    """Measures all of them on 41 points a line, for 41 gaps: Finding."""
    curves = {name: np.array([_NAMES[name](t) for t in _THETAS]) for name in _NAMES}
    apart = np.abs(_THETAS) > 1e-9
    upper, lower = curves["W1, a coupling"], curves["W1, a projection"]
    return finding.Finding(
        "For lines at the distance theta: W1 = |theta|, while JSD = log 2, KL = infinity and "
        "TV = 1 whenever theta is not 0.",
        "Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Example 1",
        (
            finding.at_most(
                "upper bound of W1 (a coupling) - |theta|, largest",
                np.abs(upper - np.abs(_THETAS)).max(),
                1e-12,
            ),
            finding.at_most(
                "lower bound of W1 (a projection) - |theta|, largest",
                np.abs(lower - np.abs(_THETAS)).max(),
                1e-12,
            ),
            finding.near("slope of W1 for theta > 0", _slope(upper, _THETAS > 0), 1.0, 1e-9),
            finding.near("JSD apart, smallest", curves["JSD"][apart].min(), np.log(2.0), 1e-12),
            finding.near("JSD apart, largest", curves["JSD"][apart].max(), np.log(2.0), 1e-12),
            finding.near(
                "slope of JSD for theta > 0", _slope(curves["JSD"], _THETAS > 0), 0.0, 1e-9
            ),
            finding.near("TV apart, smallest", curves["TV"][apart].min(), 1.0, 1e-12),
            finding.near("KL apart, smallest", curves["KL"][apart].min(), np.inf, 0.0),
            finding.near("JSD at theta = 0", curves["JSD"][~apart].max(), 0.0, 1e-12),
        ),
        (
            chart.Chart(
                "What a generator at the distance theta could follow",
                "theta",
                "divergence",
                tuple(
                    chart.Line(name, _THETAS, curves[key], style)
                    for name, key, style in (
                        ("W1", "W1, a coupling", "line"),
                        ("JSD", "JSD", "points"),
                        ("TV", "TV", "points"),
                    )
                ),
            ),
        ),
    )


def _line(theta):
    return np.stack([np.full_like(_HEIGHTS, theta), _HEIGHTS], axis=1)


def _coupling(theta):
    """The mean way if each point goes to that of its height; W1 is no more than that."""
    return float(np.linalg.norm(_line(0.0) - _line(theta), axis=1).mean())


def _projection(theta):
    """W1 of the first coordinates; as x -> x_1 is 1-Lipschitz, W1 is no less than that."""
    return divergences.wasserstein1(_line(0.0)[:, 0], _line(theta)[:, 0])


def _on_all_points(divergence):
    def of(theta):
        points, place = np.unique(
            np.concatenate([_line(0.0), _line(theta)]), axis=0, return_inverse=True
        )
        place = place.ravel()
        p, q = (
            np.bincount(side, minlength=len(points)) / len(_HEIGHTS)
            for side in (place[: len(_HEIGHTS)], place[len(_HEIGHTS) :])
        )
        return divergence(p, q)

    return of


_NAMES = {
    "W1, a coupling": _coupling,
    "W1, a projection": _projection,
    "JSD": _on_all_points(divergences.jensen_shannon),
    "TV": _on_all_points(divergences.total_variation),
    "KL": _on_all_points(divergences.kullback_leibler),
}


def _slope(values, where):
    return np.polyfit(_THETAS[where], values[where], 1)[0]
