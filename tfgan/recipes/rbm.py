"""RBM: Hinton 2002, https://doi.org/10.1162/089976602760128018, by PCD (Tieleman 2008).

    tfgan train --recipe=rbm
    tfgan evaluate --workdir=runs/rbm-mnist5k --metrics=nll

Measured (mnist5k, 90 to 105 CPU seconds of training; nats, standard error over the digits 1):

    seed                                        0       1       2
    500 held-out digits                         -99.4   -99.3   -98.5
    500 training digits                         -95.1   -94.1   -92.9
    standard error of log Z                     0.7     0.3     0.2
    log Z, 10,000, not 5,000, annealing steps   -0.6    +0.6    +1.4

The standard error of log Z is too small: too few chains carry the weight.
The paper of annealed importance sampling (Salakhutdinov & Murray 2008,
https://doi.org/10.1145/1390156.1390266) has -86.34 nats for 500 hidden units trained by CD-25 on
60,000 images; with 4,500 images the RBM overfits by 4 to 6 nats.
Differs: 200 hidden units, few images, pixels binarized again at every step, the running average.
"""

import keras

from tfgan import schedules
from tfgan.models import RBM
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=100,
    steps=8000,
    hidden_units=200,
    chains=100,
    gibbs_steps=1,
    learning_rate=0.1,
    decay_steps=0,
    weight_decay=0.0,
    sampling_steps=1000,
    annealing_steps=5000,
    average_half_life=20_000.0,
) -> Recipe:
    """Persistent contrastive divergence; the learning rate falls in a line, to its half."""

    def build(spec, seed=0):
        model = RBM(
            spec.shape,
            hidden_units,
            chains=chains,
            sampling_steps=sampling_steps,
            gibbs_steps=gibbs_steps,
            annealing_steps=annealing_steps,
        )
        schedule = schedules.linear(learning_rate, decay_steps or 2 * steps)
        model.compile(
            keras.optimizers.SGD(schedule, weight_decay=weight_decay or None),
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
