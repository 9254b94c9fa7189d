"""Two players on V = x y: simultaneous steps spiral outwards, alternating ones do not, R1 cures.

The discriminator is f(x) = psi x, the generator produces the single point theta, the data are the
point 0. Under the Wasserstein loss psi descends psi theta and theta descends -psi theta. The
equilibrium is 0, and the flow d psi / dt = -theta, d theta / dt = psi circles around it. With steps
of size h:

    simultaneous   psi^2 + theta^2 grows by 1 + h^2 in each step, for any h
    alternating    psi^2 + theta^2 - h psi theta never changes
    R1 of weight w psi also shrinks by 2 h w psi: a spiral inwards for w > h / 2
"""

import dataclasses
from typing import ClassVar

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, penalties
from tfgan.networks import mlp
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, Line, lines
from tfgan.studies.theory.finding import at_least, at_most, experiment, near

_START = 1.0, 1.0  # psi, theta
_RATE = 0.1
_R1 = 0.5
_STEPS = 120


@dataclasses.dataclass(frozen=True)
class _OnePoint:
    """A prior without randomness: z = 0."""

    shapes: ClassVar = {"latent": (1,)}

    def __call__(self, count, seed):
        return {"latent": tf.zeros([count, 1])}


@experiment(
    "Two players circle: V = x y",
    "On V = x y, simultaneous gradient steps of size h leave the equilibrium at the rate "
    "sqrt(1 + h^2) per step, alternating ones keep x^2 + y^2 - h x y, and R1 turns inwards.",
    "Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 7.2; Mescheder et al. 2018, "
    "https://arxiv.org/abs/1801.04406, section 3 and Lemma 4.1",
)
def measure():
    """Plays the game with the library's `GAN` in three ways."""
    paths = {
        "simultaneous": _orbit(simultaneous=True),
        "alternating": _orbit(simultaneous=False),
        "simultaneous, R1": _orbit(
            simultaneous=True, penalties=[penalties.Penalty(penalties.r1, _R1)]
        ),
    }
    radii = {name: np.linalg.norm(path, axis=1) for name, path in paths.items()}
    alternating, with_r1 = paths["alternating"], paths["simultaneous, R1"]
    growth = np.sqrt(1.0 + _RATE**2) ** np.arange(_STEPS + 1)
    invariant = np.sum(alternating**2, axis=1) - _RATE * np.prod(alternating, axis=1)
    damped = np.array([[1.0 - 2.0 * _RATE * _R1, -_RATE], [_RATE, 1.0]])
    last = np.linalg.matrix_power(damped, _STEPS) @ _START
    yield at_most(
        "simultaneous: error of radius / sqrt(1 + h^2)^t, largest",
        np.abs(radii["simultaneous"] / (np.sqrt(2) * growth) - 1).max(),
        1e-4,
    )
    yield at_most(
        "alternating: change of x^2 + y^2 - h x y, largest share",
        np.abs(invariant / invariant[0] - 1.0).max(),
        1e-4,
    )
    yield at_least(
        "alternating: radius at the end, no cure", radii["alternating"][-1], 0.9 * np.sqrt(2.0)
    )
    yield near("R1: x at the end", with_r1[-1, 0], last[0], 1e-4)
    yield near("R1: y at the end", with_r1[-1, 1], last[1], 1e-4)
    yield at_most("R1: radius at the end", radii["simultaneous, R1"][-1], 0.02)
    yield Chart(
        "Paths of the two players from (1, 1)",
        "discriminator x",
        "generator y",
        (
            *(Line(name, *path.T) for name, path in paths.items()),
            Line("equilibrium", [0.0], [0.0], "points"),
        ),
    )
    yield Chart(
        "The distance from the equilibrium",
        "step",
        "radius",
        lines(np.arange(_STEPS + 1), radii),
        log_y=True,
    )


def _orbit(**settings):
    """(psi, theta) before and after each step: float64 `[steps + 1, 2]`."""
    generator = small_games.affine_generator(_START[1], 0.0)
    discriminator = mlp.discriminator((1,), widths=())
    discriminator.set_weights([np.full((1, 1), _START[0]), np.zeros(1)])
    path = [_START]

    def on_step(step, logs):
        path.append((discriminator.get_weights()[0][0, 0], generator.get_weights()[1][0]))

    small_games.train(
        generator,
        discriminator,
        lambda count, seed: tf.zeros([count, 1]),
        losses.wasserstein(),
        (keras.optimizers.SGD(_RATE), keras.optimizers.SGD(_RATE)),
        _STEPS,
        batch_size=2,
        prior=_OnePoint(),
        on_step=on_step,
        **settings,
    )
    return np.array(path, np.float64)
