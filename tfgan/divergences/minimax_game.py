"""The value of the first GAN's game, the optimal discriminator and the generator's criterion.

    V(D, G) = E_p[log D(x)] + E_q[log(1 - D(x))]
    D*(x) = p(x) / (p(x) + q(x))                    argmax of V over D, point by point
    C(G) = max_D V = V(D*, G) = -log 4 + 2 JSD(p, q)

At p = q, D* is 1/2 everywhere and V = -log 4, the minimum of C(G), reached for p = q alone. D
minimizes -V, so a logged loss of log 4 is that of a D at chance. For any other D, V < C(G).

Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Eq. 1, Proposition 1 and Theorem 1.

>>> from tfgan import divergences
>>> divergences.optimal_discriminator([0.5, 0.5], [0.0, 1.0]).round(3).tolist()
[1.0, 0.333]
"""

import numpy as np

from tfgan.divergences import checks


def optimal_discriminator(p, q):
    """D* = p / (p + q), a function of x and not of G(x).

    Args:
      p, q: float arrays of one shape, densities or probabilities, 0 or more.
    Returns: float64 array in [0, 1]; 1/2 where neither has mass.
    """
    p, q = checks.same_shape(checks.nonnegative("p", p), checks.nonnegative("q", q))
    total = p + q
    return np.divide(p, total, out=np.full(p.shape, 0.5), where=total > 0.0)


def value(d, p, q, cell=1.0):
    """V(D, G) = sum p log D + sum q log(1 - D).

    Args:
      d: float array in [0, 1] of the shape of p, D(x).
      p, q, cell: see the package.
    Returns: float, 0 or less; minus infinity for a D that is 0 or 1 and wrong.
    Raises: ValueError if one is not a distribution, the shapes differ or `d` leaves [0, 1].
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
    """C(G) = V(D*, G): float in [-log 4, 0]; -log 4 if and only if p = q."""
    p, q = checks.pair(p, q, cell)
    both, real, fake = p + q, p > 0.0, q > 0.0
    on_real = np.sum(p[real] * np.log(p[real] / both[real]))
    # 1 - D* = q / (p + q), without cancellation where D* is nearly 1.
    return float(on_real + np.sum(q[fake] * np.log(q[fake] / both[fake])))
