"""k: the more discriminator steps per generator step, the closer D stays to D*.

The generator moves from N(-2, 0.7^2) towards the data N(0, 1), and D* with it. The paper's proof
takes D to its optimum before each generator step; k steps are what can be afforded.
"""

import keras
import numpy as np

from tfgan import divergences, losses
from tfgan.networks import mlp
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, Line
from tfgan.studies.theory.densities import Grid
from tfgan.studies.theory.finding import at_most, experiment

_GRID = Grid(-7.0, 7.0, 281)


@experiment(
    "More discriminator steps keep D closer to D*",
    "Between generator steps D is k steps closer to D* = p / (p + q): the mean distance falls "
    "as k rises.",
    "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Algorithm 1",
)
def measure(steps=200):
    """Trains with k = 1, 2 and 4, and follows the distance of D from D*."""
    curves = {k: _distances(k, steps) for k in (1, 2, 4)}
    means = {k: float(np.mean(distances)) for k, (_, distances) in curves.items()}
    yield at_most("k = 2: mean distance, in that of k = 1", means[2] / means[1], 0.9)
    yield at_most("k = 4: mean distance, in that of k = 2", means[4] / means[2], 0.9)
    yield at_most("k = 4: mean distance of D from D*", means[4], 0.1)
    yield Chart(
        "Distance of D from D* while the generator moves",
        "generator step",
        "root mean square of D - D*",
        tuple(Line(f"k = {k}", *curve) for k, curve in curves.items()),
    )


def _distances(k, steps):
    """(steps, root mean squares of D - D* over p + q), every tenth step."""
    keras.utils.set_random_seed(0)
    generator = small_games.affine_generator(-2.0, 0.7)
    discriminator = mlp.discriminator((1,), widths=(32, 32), activation="tanh")
    p = _GRID.normal(0.0, 1.0)
    rows = []

    def on_step(step, logs):
        kernel, bias = generator.get_weights()
        q = _GRID.normal(float(bias[0]), float(np.abs(kernel[0, 0])))
        d = small_games.sigmoid(small_games.logits(discriminator, _GRID.x))
        error = d - divergences.optimal_discriminator(p, q)
        rows.append((step, small_games.weighted_rms(error, p + q)))

    small_games.train(
        generator,
        discriminator,
        small_games.gaussian(0.0, 1.0),
        losses.non_saturating(),
        (keras.optimizers.SGD(0.05), keras.optimizers.Adam(2e-3, beta_1=0.0, beta_2=0.99)),
        steps,
        discriminator_steps=k,
        on_step=on_step,
        every=10,
    )
    return np.array(rows).T
