"""How steep a Wasserstein critic is, by what holds it.

K = sup |f(x) - f(y)| / |x - y| is the largest norm of the gradient. Without any hold the gap
E_p f - E_q f has no maximum and the critic grows ever steeper. Clipping bounds K by the product of
the layers' norms, far from 1. Spectral normalization bounds each norm, and so K, by 1. The gradient
penalty pulls the norm to 1 between real and fake points.
"""

import keras
import numpy as np

from tfgan import losses, penalties, rng
from tfgan.networks import mlp
from tfgan.studies.theory import chart, finding, small_games

_CLIP = 0.01
_WEIGHT = 100.0  # the penalty is soft: see `critic`
_REAL, _FAKE, _DEVIATION = (-1.0, 0.0), (1.0, 0.5), 0.5
_COUNT = 4000


def measure(steps=400):
    """Trains four critics of one shape and measures their slopes: Finding."""
    critics = {
        "no hold": _critic(steps),
        "clip": _critic(steps, kernel_constraint=penalties.ClipWeights(_CLIP)),
        "gradient penalty": _critic(
            steps, penalty=penalties.Penalty(penalties.wasserstein_gradient_penalty, _WEIGHT)
        ),
        "spectral norm": _critic(steps, normalization="spectral"),
    }
    points = _between()
    norms = {name: _gradient_norms(critic, points) for name, critic in critics.items()}
    steepest = {name: _steepest_pair(critic, points) for name, critic in critics.items()}
    clipped = critics["clip"].trainable_variables
    return finding.Finding(
        "sup |f(x) - f(y)| / |x - y| has no bound without a hold, is at most the product of the "
        "layers' norms under clipping, about 1 under a gradient penalty, at most 1 under spectral "
        "normalization.",
        "Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, section 3; Gulrajani et al. 2017, "
        "https://arxiv.org/abs/1704.00028, section 3; Miyato et al. 2018, "
        "https://arxiv.org/abs/1802.05957, Eq. 7",
        (
            finding.at_least("no hold: largest slope", norms["no hold"].max(), 10.0),
            finding.at_most(
                "clip: largest |weight|",
                max(np.abs(v.numpy()).max() for v in clipped),
                _CLIP * (1 + 1e-6),
            ),
            finding.at_most(
                "clip: largest slope, no more than the product of norms",
                norms["clip"].max(),
                _product_of_norms(clipped),
            ),
            finding.at_most("clip: largest slope, far from 1", norms["clip"].max(), 0.1),
            finding.near(
                "gradient penalty: mean slope", norms["gradient penalty"].mean(), 1.0, 0.1
            ),
            finding.at_most("spectral norm: largest slope", norms["spectral norm"].max(), 1.001),
            finding.at_most(
                "spectral norm: largest |f(x) - f(y)| / |x - y|", steepest["spectral norm"], 1.001
            ),
            finding.at_most(
                "|f(x) - f(y)| / |x - y| over the largest slope, all four",
                max(steepest[n] / _reach(critics[n]) for n in critics),
                1.001,
            ),
        ),
        (_chart(norms),),
    )


def _critic(steps, *, penalty=None, **settings):
    keras.utils.set_random_seed(0)
    model = small_games.play(
        small_games.affine_generator(_FAKE, _DEVIATION, 2),
        mlp.discriminator((2,), widths=(32, 32), activation="relu", **settings),
        small_games.gaussian(_REAL, _DEVIATION, 2),
        losses.wasserstein(),
        (small_games.still(), small_games.adam(1e-2, steps)),
        steps,
        penalties=[penalty] if penalty else [],
    )
    return model.discriminator


def _between():
    """Points between real and fake ones, as the gradient penalty sees them: `[count, 2]`."""
    real, fake = (
        small_games.gaussian(mean, _DEVIATION, 2)(_COUNT, rng.stream(1, 0, name))
        for mean, name in ((_REAL, "real"), (_FAKE, "fake"))
    )
    share = rng.uniform(rng.stream(1, 0, "share"), _COUNT, (1,))
    return np.asarray(real + share * (fake - real))


def _gradient_norms(critic, points):
    """||grad f|| at each point: float32 `[n]`; `penalties.r1` is its square."""
    squared = penalties.r1(lambda x: critic({"data": x}, training=False), points, None, None)
    return np.sqrt(np.asarray(squared))


def _steepest_pair(critic, points):
    """The largest |f(x) - f(y)| / |x - y| over neighbors in a random order."""
    scores = small_games.logits(critic, points)
    rise = np.abs(np.diff(scores))
    way = np.linalg.norm(np.diff(points.astype(np.float64), axis=0), axis=1)
    return float(np.max((rise / way)[way > 0.01]))


def _reach(critic):
    """The largest slope over a square that holds all the points, by its own grid."""
    side = np.linspace(-4.0, 4.0, 201, dtype=np.float32)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    return _gradient_norms(critic, grid).max()


def _product_of_norms(variables):
    """The bound on K that the kernels give: the activation's slope is 1 at most."""
    kernels = [v.numpy() for v in variables if len(v.shape) == 2]
    return float(np.prod([np.linalg.norm(kernel, 2) for kernel in kernels]))


def _chart(norms):
    shares = np.linspace(0.0, 1.0, 101)
    return chart.Chart(
        "Norms of the critic's gradient between real and fake points, sorted",
        "share of the points",
        "||grad f(x)||",
        tuple(chart.Line(name, shares, np.quantile(each, shares)) for name, each in norms.items()),
        log_y=True,
    )
