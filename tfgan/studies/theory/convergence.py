"""Algorithm 1 from start to end: p_g becomes p, D becomes 1/2, the value becomes -log 4.

k = 1, a new minibatch of noise and of data for every step, and a generator that ascends
log D(G(z)). The generator is m + s z, so that p lies in its family, as the proof asks for; it
starts at N(0, 1). Learning rates fall to 0, without which the players go on circling.
"""

import keras
import numpy as np

from tfgan import divergences, losses
from tfgan.networks import mlp
from tfgan.studies.theory import chart, finding, small_games

_MEAN, _DEVIATION = 2.0, 0.6
_COUNT = 20_000


def measure(steps=800):
    """Trains on N(2, 0.6^2) and measures both players: Finding."""
    curves, model = _train(steps)
    samples = model.sample(_COUNT, seed=0)["data"][:, 0].astype(np.float64)
    true = divergences.Gaussian(_MEAN, _DEVIATION**2).sample(_COUNT, seed=1)[:, 0]
    x = _MEAN + _DEVIATION * np.linspace(-2.0, 2.0, 81)
    d = small_games.sigmoid(small_games.logits(model.discriminator, x))
    late = curves["value"][-len(curves["value"]) // 10 :]
    return finding.Finding(
        "With enough capacity and D near its optimum p_g converges to p; there D = 1/2 everywhere "
        "and V = -log 4.",
        "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Algorithm 1 and Proposition 2",
        (
            finding.near("mean of 20,000 samples", samples.mean(), _MEAN, 0.05),
            finding.near("deviation of the samples", samples.std(), _DEVIATION, 0.05),
            finding.at_most(
                "W1 of samples and data", divergences.wasserstein1(samples, true), 0.05
            ),
            finding.at_most("largest |D - 1/2| within 2 deviations", np.abs(d - 0.5).max(), 0.05),
            finding.near("value, mean of the last tenth", late.mean(), -np.log(4.0), 0.02),
        ),
        (_curves_chart(curves), _density_chart(samples, x)),
    )


def _train(steps):
    """(curves by name, trained model)."""
    keras.utils.set_random_seed(0)
    names = ("step", "D(x)", "D(G(z))", "value")
    rows = []

    def watch(step, logs):
        rows.append((step, logs["d_real"], logs["d_fake"], -logs["d_loss"]))

    model = small_games.play(
        small_games.affine_generator(0.0, 1.0),
        mlp.discriminator((1,), widths=(32, 32), activation="relu"),
        small_games.gaussian(_MEAN, _DEVIATION),
        losses.non_saturating(),
        (small_games.adam(1e-2, steps), small_games.adam(1e-2, steps)),
        steps,
        watch=watch,
        every=10,
        average_half_life=10_000.0,
    )
    return dict(zip(names, np.array(rows, np.float64).T, strict=True)), model


def _curves_chart(curves):
    shown = ("D(x)", "D(G(z))", "value")
    ends = curves["step"][[0, -1]]
    return chart.Chart(
        "Algorithm 1 on a Gaussian",
        "generator step",
        "means over a batch",
        (
            *(chart.Line(name, curves["step"], curves[name]) for name in shown),
            chart.Line("1/2", ends, [0.5, 0.5], "dashed"),
            chart.Line("-log 4", ends, [-np.log(4.0)] * 2, "dashed"),
        ),
    )


def _density_chart(samples, x):
    counts, edges = np.histogram(samples, bins=60, range=(x[0], x[-1]))
    density = divergences.Gaussian(_MEAN, _DEVIATION**2).log_density(x)
    heights = counts / (len(samples) * (edges[1] - edges[0]))
    return chart.Chart(
        "Samples of the trained generator and the density of the data",
        "x",
        "density",
        (
            chart.Line("20,000 samples", (edges[1:] + edges[:-1]) / 2, heights, "points"),
            chart.Line("p", x, np.exp(density)),
        ),
    )
