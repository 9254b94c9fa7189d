"""E_p f - E_q f of a critic with a gradient penalty, against the exact W1 on the line.

The penalty is soft. Where the best slope is 1 throughout, a critic of the slope s gains s W and
pays lambda (s - 1)^2, so it overshoots to s = 1 + W / (2 lambda); the weight is 100 here, and not
the paper's 10, to keep that below the noise.
"""

import keras
import numpy as np

from tfgan import divergences, losses, penalties
from tfgan.networks import mlp
from tfgan.studies.theory import chart, finding, small_games

_P = 0.0, 1.0
_GENERATORS = (0.0, 2.0), (1.0, 0.5), (2.0, 1.5)
_WEIGHT = 100.0
_X = np.linspace(-12.0, 12.0, 2401)
_COUNT = 100_000


def measure(steps=600):
    """Trains a critic between the data and each of three generators that stand still: Finding."""
    exact = np.array([_exact(*generator) for generator in _GENERATORS])
    critics = [_critic(*generator, steps) for generator in _GENERATORS]
    estimates = np.array([_gap(*each) for each in zip(critics, _GENERATORS, strict=True)])
    scores = [small_games.logits(critic, _X[700:1801:4]) for critic in critics]
    return finding.Finding(
        "max over 1-Lipschitz f of E_p f - E_q f = W1(p, q); the critic of WGAN-GP estimates it.",
        "Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Eq. 2; Gulrajani et al. 2017, "
        "https://arxiv.org/abs/1704.00028, Eq. 3",
        tuple(
            finding.near(
                f"N(0, 1) and N({mean:g}, {deviation:g}^2): E_p f - E_q f", estimate, w1, 0.1 * w1
            )
            for (mean, deviation), estimate, w1 in zip(_GENERATORS, estimates, exact, strict=True)
        ),
        (
            chart.Chart(
                "Critics between the data N(0, 1) and three generators",
                "x",
                "f(x) - f(0)",
                tuple(
                    chart.Line(f"N({m:g}, {s:g}^2), W1 = {w1:.3f}", _X[700:1801:4], y - y[125])
                    for (m, s), w1, y in zip(_GENERATORS, exact, scores, strict=True)
                ),
            ),
        ),
    )


def _exact(mean, deviation):
    """W1 to the data, on a fine grid."""
    weights = []
    for m, s in (_P, (mean, deviation)):
        density = np.exp(divergences.Gaussian(m, s**2).log_density(_X))
        weights.append(density / density.sum())
    return divergences.wasserstein1(_X, _X, *weights)


def _critic(mean, deviation, steps):
    keras.utils.set_random_seed(0)
    model = small_games.play(
        small_games.affine_generator(mean, deviation),
        mlp.discriminator((1,), widths=(64, 64), activation="relu"),
        small_games.gaussian(*_P),
        losses.wasserstein(),
        (small_games.still(), small_games.adam(5e-3, steps)),
        steps,
        batch_size=256,
        penalties=[penalties.Penalty(penalties.wasserstein_gradient_penalty, _WEIGHT)],
    )
    return model.discriminator


def _gap(critic, generator):
    """E_p f - E_q f over quantiles of both Gaussians, which are samples without noise."""
    z = np.sort(np.random.default_rng(0).standard_normal(_COUNT))
    z = (z - z[::-1]) / 2.0  # symmetric, as N(0, 1) is
    real, fake = (small_games.logits(critic, m + s * z) for m, s in (_P, generator))
    return float(real.mean() - fake.mean())
