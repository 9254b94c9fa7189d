"""The value of the first GAN's game, its best discriminator, and what is left for the generator.

    V(D, G) = E_p[log D(x)] + E_q[log(1 - D(x))]
    D*(x) = p(x) / (p(x) + q(x))                    argmax of V over D, point by point
    C(G) = max_D V = V(D*, G) = -log 4 + 2 JSD(p, q)

a log y + b log(1 - y) has its maximum at y = a / (a + b), which is D*. At p = q it is 1/2
everywhere and V = -2 log 2 = -log 4: the *smallest* value of the largest V, reached for p = q
alone, because the JSD is 0 there alone. D minimizes -V, so a logged loss of an undecided D is
+log 4.

These belong to the original game. A Wasserstein critic has no such optimum, and C(G) is a JSD only
at D*: on the way, with a D that is less than optimal, V is a lower bound.

Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Eq. 1, Proposition 1 and Theorem 1.
"""

import numpy as np

from tfgan.divergences import checks


def optimal_discriminator(p, q):
    """D* = p / (p + q), a function of x and not of G(x).

    Args:
      p, q: float arrays of one shape, densities or probabilities, 0 or more.
    Returns: float64 array in [0, 1]; 1/2 where neither has mass and any value would do.
    Raises: ValueError for negative or non-finite numbers, or different shapes.
    """
    p, q = np.asarray(p, np.float64), np.asarray(q, np.float64)
    if p.shape != q.shape:
        raise ValueError(f"p and q must have one shape; received {p.shape} and {q.shape}.")
    for name, each in (("p", p), ("q", q)):
        if not np.isfinite(each).all() or (each < 0.0).any():
            raise ValueError(f"{name} must hold finite numbers that are 0 or more.")
    total = p + q
    return np.divide(p, total, out=np.full(p.shape, 0.5), where=total > 0.0)


def value(d, p, q, cell=1.0):
    """V(D, G) = sum p log D + sum q log(1 - D).

    Args:
      d: float array in [0, 1] of the shape of p, D(x).
      p, q, cell: see the package.
    Returns: float, 0 or less; minus infinity for a D that is certain and wrong.
    Raises: ValueError, if one is no distribution, the shapes differ or `d` leaves [0, 1].
    """
    p, q = checks.pair(p, q, cell)
    d = np.asarray(d, np.float64)
    if d.shape != p.shape:
        raise ValueError(f"d must have the shape of p, {p.shape}; received {d.shape}.")
    if not ((d >= 0.0) & (d <= 1.0)).all():
        raise ValueError("d must hold probabilities in [0, 1].")
    with np.errstate(divide="ignore"):
        on_real, on_fake = p > 0.0, q > 0.0
        real = np.sum(p[on_real] * np.log(d[on_real]))
        return float(real + np.sum(q[on_fake] * np.log1p(-d[on_fake])))


def criterion(p, q, cell=1.0):
    """C(G) = max_D V(D, G) = V(D*, G), from the game and not from the JSD.

    Args:
      p, q, cell: see the package.
    Returns: float in [-log 4, 0]; -log 4 if and only if p = q.
    Raises: ValueError if one is no distribution, or the shapes differ.
    """
    p, q = checks.pair(p, q, cell)
    both = p + q
    real, fake = ((each > 0.0) for each in (p, q))
    # 1 - D* = q / (p + q), which loses no digits where D* is nearly 1.
    return float(
        np.sum(p[real] * np.log(p[real] / both[real]))
        + np.sum(q[fake] * np.log(q[fake] / both[fake]))
    )
