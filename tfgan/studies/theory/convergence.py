"""Algorithm 1 from start to end: p_g becomes p, D becomes 1/2, the value becomes -log 4.

k = 1, a new minibatch of noise and of data for every step, and a generator that ascends
log D(G(z)). The generator is m + s z, so that p lies in its family, as the proof requires; it
starts at N(0, 1). Learning rates fall to 0, without which the players keep circling.
"""

import keras
import numpy as np

from tfgan import divergences, losses
from tfgan.networks import mlp
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, Line, lines
from tfgan.studies.theory.densities import histogram, log_normal
from tfgan.studies.theory.finding import at_most, experiment, near

_MEAN, _DEVIATION = 2.0, 0.6
_COUNT = 20_000


@experiment(
    "Algorithm 1 ends with p_g = p and D = 1/2",
    "With enough capacity and D near its optimum p_g converges to p; there D = 1/2 everywhere "
    "and V = -log 4.",
    "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Algorithm 1 and Proposition 2",
)
def measure(steps=800):
    """Trains on N(2, 0.6^2) and measures both players."""
    step, curves, model = _train(steps)
    samples = model.sample(_COUNT, seed=0)["data"][:, 0].astype(np.float64)
    real = divergences.Gaussian(_MEAN, _DEVIATION**2).sample(_COUNT, seed=1)[:, 0]
    x = _MEAN + _DEVIATION * np.linspace(-2.0, 2.0, 81)
    d = small_games.sigmoid(small_games.logits(model.discriminator, x))
    late = curves["value"][-len(step) // 10 :]
    yield near("mean of 20,000 samples", samples.mean(), _MEAN, 0.05)
    yield near("deviation of the samples", samples.std(), _DEVIATION, 0.05)
    yield at_most("W1 of samples and data", divergences.wasserstein1(samples, real), 0.05)
    yield at_most("largest |D - 1/2| within 2 deviations", np.abs(d - 0.5).max(), 0.05)
    yield near("value, mean of the last tenth", late.mean(), -np.log(4.0), 0.02)
    yield Chart(
        "Algorithm 1 on a Gaussian",
        "generator step",
        "means over a batch",
        (
            *lines(step, curves),
            Line("1/2", step[[0, -1]], [0.5] * 2, "dashed"),
            Line("-log 4", step[[0, -1]], [-np.log(4.0)] * 2, "dashed"),
        ),
    )
    yield Chart(
        "Samples of the trained generator and the density of the data",
        "x",
        "density",
        (
            Line("20,000 samples", *histogram(samples, x[0], x[-1], 60), "points"),
            Line("p", x, np.exp(log_normal(x, _MEAN, _DEVIATION))),
        ),
    )


def _train(steps):
    """(steps, curves over them by name, trained model)."""
    keras.utils.set_random_seed(0)
    rows = []

    def on_step(step, logs):
        rows.append((step, logs["d_real"], logs["d_fake"], -logs["d_loss"]))

    model = small_games.train(
        small_games.affine_generator(0.0, 1.0),
        mlp.discriminator((1,), widths=(32, 32), activation="relu"),
        small_games.gaussian(_MEAN, _DEVIATION),
        losses.non_saturating(),
        (small_games.adam(1e-2, steps), small_games.adam(1e-2, steps)),
        steps,
        on_step=on_step,
        every=10,
        average_half_life=10_000.0,
    )
    step, *curves = np.array(rows, np.float64).T
    return step, dict(zip(("D(x)", "D(G(z))", "value"), curves, strict=True)), model
