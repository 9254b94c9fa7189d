"""The earth mover's distance W1, exactly: what a Wasserstein critic estimates.

    W1(p, q) = min over couplings c of p and q of E_c |x - y|
             = max over 1-Lipschitz f of E_p f - E_q f        (Kantorovich and Rubinstein)

Source: Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Eqs. 1 and 2.

>>> from tfgan import divergences
>>> divergences.wasserstein1([0.0], [1.0, 3.0])
2.0
"""

import numpy as np

from tfgan.divergences import checks


def wasserstein1(x, y, x_weights=None, y_weights=None):
    """W1 on the line: the area between the two cumulative distribution functions.

    W1 = integral |F - G| = integral over u in [0, 1] of |F^-1(u) - G^-1(u)|.

    Args:
      x, y: floats `[n]` and `[m]`, samples or points of a grid, in any order.
      x_weights, y_weights: floats `[n]` and `[m]`, their probabilities; equal by default.
    Returns: float, 0 or more.
    """
    x, y = checks.numbers("x", x), checks.numbers("y", y)
    x_weights, y_weights = _weights("x", x, x_weights), _weights("y", y, y_weights)
    points = np.concatenate([x, y])
    steps = np.concatenate([x_weights, -y_weights])
    order = np.argsort(points, kind="stable")
    return float(np.sum(np.abs(np.cumsum(steps[order])[:-1]) * np.diff(points[order])))


def optimal_transport(p, q, cost):
    """The cheapest plan to turn one discrete distribution into another, by linear programming.

    min over plans >= 0 of sum plan * cost, with rows that sum to p and columns that sum to q

    Args:
      p, q: floats `[n]` and `[m]`, probabilities.
      cost: floats `[n, m]`, the cost of moving a unit of mass from i to j; distances give W1.
    Returns: (float, the least cost; float64 `[n, m]`, its plan).
    Raises: ImportError without SciPy.
    """
    p, q = checks.masses("p", checks.numbers("p", p)), checks.masses("q", checks.numbers("q", q))
    cost = np.asarray(cost, np.float64)
    if cost.shape != (p.size, q.size) or not np.isfinite(cost).all():
        raise ValueError(
            f"cost must be finite, of shape {(p.size, q.size)}; received {cost.shape}."
        )
    try:
        from scipy import optimize, sparse
    except ImportError as error:
        raise ImportError("optimal_transport needs SciPy: pip install scipy.") from error
    rows = sparse.kron(sparse.eye(p.size), np.ones((1, q.size)))
    columns = sparse.kron(np.ones((1, p.size)), sparse.eye(q.size))
    # Totals that differ by rounding would make the program infeasible.
    solution = optimize.linprog(
        cost.ravel(),
        A_eq=sparse.vstack([rows, columns]).tocsr(),
        b_eq=np.concatenate([p / p.sum(), q / q.sum()]),
        method="highs",
    )
    if not solution.success:
        raise ValueError(f"The linear program was not solved: {solution.message}")
    return float(solution.fun), solution.x.reshape(cost.shape)


def _weights(name, points, weights):
    if weights is None:
        return np.full(points.size, 1.0 / points.size)
    weights = checks.masses(f"{name}_weights", weights)
    if weights.shape != points.shape:
        raise ValueError(
            f"{name}_weights must have the shape of {name}, {points.shape}; received "
            f"{weights.shape}."
        )
    return weights
