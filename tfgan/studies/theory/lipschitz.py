"""The slope of a Wasserstein critic, by what constrains it.

K = sup |f(x) - f(y)| / |x - y| is the largest norm of the gradient. Clipping bounds K by the
product of the layers' norms, spectral normalization by 1; the gradient penalty pulls the norm to 1.
"""

import numpy as np

from tfgan import losses, penalties, rng
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, lines
from tfgan.studies.theory.finding import at_least, at_most, experiment, near

_CLIP = 0.01
_WEIGHT = 100.0  # the penalty is soft: see `wasserstein_critic`
_REAL, _FAKE = ((-1.0, 0.0), 0.5), ((1.0, 0.5), 0.5)  # mean, deviation
_COUNT = 4000


@experiment(
    "What clipping, penalty and spectral norm do to a critic's slope",
    "sup |f(x) - f(y)| / |x - y| has no bound without a constraint, is at most the product of "
    "the layers' norms under clipping, about 1 under a gradient penalty, at most 1 under "
    "spectral normalization.",
    "Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, section 3; Gulrajani et al. 2017, "
    "https://arxiv.org/abs/1704.00028, section 3; Miyato et al. 2018, "
    "https://arxiv.org/abs/1802.05957, Eq. 7",
)
def measure(steps=400):
    """Trains four critics of one shape and measures their slopes."""
    penalty = penalties.Penalty(penalties.wasserstein_gradient_penalty, _WEIGHT)
    constraints = {
        "no hold": {},
        "clip": {"kernel_constraint": penalties.ClipWeights(_CLIP)},
        "gradient penalty": {"penalty": penalty},
        "spectral norm": {"normalization": "spectral"},
    }
    critics = {
        name: small_games.train_discriminator(
            _REAL,
            _FAKE,
            losses.wasserstein(),
            steps,
            learning_rate=1e-2,
            widths=(32, 32),
            activation="relu",
            **constraint,
        )
        for name, constraint in constraints.items()
    }
    points = _between()
    norms = {name: _gradient_norms(critic, points) for name, critic in critics.items()}
    steepest = {name: _steepest_pair(critic, points) for name, critic in critics.items()}
    clipped = [v.numpy() for v in critics["clip"].trainable_variables]
    shares = np.linspace(0.0, 1.0, 101)
    yield at_least("no hold: largest slope", norms["no hold"].max(), 10.0)
    yield at_most(
        "clip: largest |weight|",
        max(np.abs(weights).max() for weights in clipped),
        _CLIP * (1 + 1e-6),
    )
    yield at_most(
        "clip: largest slope, no more than the product of norms",
        norms["clip"].max(),
        np.prod([np.linalg.norm(kernel, 2) for kernel in clipped if kernel.ndim == 2]),
    )
    yield at_most("clip: largest slope, far from 1", norms["clip"].max(), 0.1)
    yield near("gradient penalty: mean slope", norms["gradient penalty"].mean(), 1.0, 0.1)
    yield at_most("spectral norm: largest slope", norms["spectral norm"].max(), 1.001)
    yield at_most(
        "spectral norm: largest |f(x) - f(y)| / |x - y|", steepest["spectral norm"], 1.001
    )
    yield at_most(
        "|f(x) - f(y)| / |x - y| over the largest slope, all four",
        max(steepest[name] / _largest_slope(critics[name]) for name in critics),
        1.001,
    )
    yield Chart(
        "Norms of the critic's gradient between real and fake points, sorted",
        "fraction of the points",
        "||grad f(x)||",
        lines(shares, {name: np.quantile(each, shares) for name, each in norms.items()}),
        log_y=True,
    )


def _between():
    """Points between real and fake ones, as the gradient penalty draws them: `[count, 2]`."""
    real, fake = (
        small_games.gaussian(*moments, 2)(_COUNT, rng.stream(1, 0, name))
        for moments, name in ((_REAL, "real"), (_FAKE, "fake"))
    )
    share = rng.uniform(rng.stream(1, 0, "share"), _COUNT, (1,))
    return np.asarray(real + share * (fake - real))


def _gradient_norms(critic, points):
    """||grad f|| at each point: float32 `[n]`; `penalties.r1` is its square."""
    squared = penalties.r1(lambda x: critic({"data": x}, training=False), points, None, None)
    return np.sqrt(np.asarray(squared))


def _steepest_pair(critic, points):
    rise = np.abs(np.diff(small_games.logits(critic, points)))
    distance = np.linalg.norm(np.diff(points.astype(np.float64), axis=0), axis=1)
    return float(np.max((rise / distance)[distance > 0.01]))


def _largest_slope(critic):
    side = np.linspace(-4.0, 4.0, 201, dtype=np.float32)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    return _gradient_norms(critic, grid).max()
