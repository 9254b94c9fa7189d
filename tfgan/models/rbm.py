"""Restricted Boltzmann machine: binary pixels v and binary hidden units h.

  p(v, h) = exp(v W h + b v + c h) / Z,   p(v) = exp(-F(v)) / Z
  F(v) = -b v - sum_j softplus(c_j + (v W)_j)                              the free energy
  d -log p(v) / d theta = dF(v) / d theta - E_{v' ~ p} dF(v') / d theta

The expectation is estimated by Gibbs chains: k steps from the data (contrastive divergence, CD-k)
or from the states after the last update (persistent contrastive divergence, PCD).

Source: Hinton 2002, https://doi.org/10.1162/089976602760128018; Tieleman 2008,
https://doi.org/10.1145/1390156.1390290.
"""

import math

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers, replicas, rng
from tfgan.likelihoods import LogLikelihood, bernoulli, boltzmann
from tfgan.models import base, binary_pixels


class RBM(base.GenerativeModel):
    """A restricted Boltzmann machine of binary pixels.

    Gray images are binarized again whenever they are read, see `binary_pixels`.

    Args:
      shape: (height, width, channels) of an image.
      hidden_units: int.
      chains: int, persistent chains; 0 for contrastive divergence, whose chains start at the data.
      sampling_steps: int, Gibbs steps per sample.
      gibbs_steps: int, k, steps of every chain per update.
      annealing_steps, annealing_chains: int, of annealed importance sampling, which estimates Z;
        larger values make the standard error smaller. Up to 20 hidden units log Z is exact.
    Raises: ValueError for numbers out of range.
    """

    network_names = ("machine",)

    def __init__(
        self,
        shape,
        hidden_units,
        *,
        chains=100,
        sampling_steps=1000,
        gibbs_steps=1,
        annealing_steps=1000,
        annealing_chains=100,
        name="rbm",
    ):
        super().__init__(name=name)
        if min(gibbs_steps, annealing_steps) < 1 or annealing_chains < 2:
            raise ValueError(
                "gibbs_steps and annealing_steps must be at least 1, and annealing_chains 2; "
                f"received {gibbs_steps}, {annealing_steps} and {annealing_chains}."
            )
        if hidden_units < 1 or sampling_steps < 1 or chains < 0:
            raise ValueError(
                "hidden_units and sampling_steps must be at least 1, and chains 0 or more; "
                f"received {hidden_units}, {sampling_steps} and {chains}."
            )
        visible = math.prod(shape)
        self.machine = layers.BoltzmannMachine(visible, hidden_units, name="machine")
        self.average = layers.BoltzmannMachine(visible, hidden_units, name="average")
        self.average.trainable = False
        self.average.set_weights(self.machine.get_weights())
        self.gibbs_steps = gibbs_steps
        self.annealing = {"steps": annealing_steps, "chains": annealing_chains}
        self.chains = self._global_variable("chains", (chains, visible)) if chains else None
        self.mean_pixels = self._global_variable("mean_pixels", (visible,), 0.5)
        self.sample_shape = tuple(shape)
        self.sampling_steps = sampling_steps
        self.built = True

    def train_step(self, batch):
        """One update: F decreases at the data and increases at the chains, which are moved first.

        Args:
          batch: dict, `data` uint8 `[batch, height, width, channels]`; labels are ignored.
        Returns: dict of float32 scalars in nats: loss, mean F(data) - mean F(chains), whose
          gradient estimates that of -log p but whose value does not measure progress;
          reconstruction, the cross-entropy between the data and one mean-field step from them;
          gradient_norm if requested.
        """
        x, fantasies = self._data_and_chains(batch, self.training_mode)
        logs = self.minimize(lambda rows: self._objective(rows, fantasies), x, "machine")
        self._advance(x, fantasies)
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`; the persistent chains do not move."""
        return self._objective(*self._data_and_chains(batch, mode))[1]

    def draw(self, seeds):
        """The expected pixels after the last Gibbs step of one chain per seed.

        A chain starts at independent pixels with the data's mean and takes `sampling_steps` steps.
        A pixel is 255 p(v_i = 1 | h), the probability as a gray value.
        """
        machine = self.in_use(self.machine)
        logits = tf.tile(self._base_logits()[None], [rng.count(seeds), 1])
        start = layers.draw_units(logits, rng.fold(seeds, 0))
        _, logits = machine.separate_chains(start, self.sampling_steps, seeds)
        pixels = tf.tanh(0.5 * tf.reshape(logits, (-1, *self.sample_shape)))
        return {"data": self.modality.to_raw(pixels)}

    def encode(self, data):
        """p(h_j = 1 | v) at the expected binary image, v / 255: float32 `[n, hidden_units]`."""
        v = _flat(tf.constant(np.asarray(data, np.float32) / 255.0))
        return tf.sigmoid(self.in_use(self.machine).hidden_logits(v)).numpy()

    def log_prob(self, data, *, seed=0):
        """-F(x) - log Z.

        Args:
          data: uint8 NumPy `[n, height, width, channels]`; gray values are binarized.
          seed: int, of the binarization and of annealed importance sampling.
        Returns: `likelihoods.LogLikelihood`: "exact" up to 20 hidden units, else an "estimate",
          in which all examples share the error of log Z.
        """
        machine = self.in_use(self.machine)
        x = _flat(binary_pixels.binarize(data, rng.stream(seed, 0, "log-likelihood")))
        constant = self.log_normalizer(seed=seed)
        nats = -machine.free_energy(x).numpy().astype(np.float64) - constant.log_z
        kind = "exact" if machine.hidden_bias.shape[0] <= boltzmann.MOST_HIDDEN else "estimate"
        return LogLikelihood(nats, kind, constant.standard_error)

    def log_normalizer(self, *, seed=0):
        """log Z, exact or by annealed importance sampling: `likelihoods.ais.LogNormalizer`."""
        machine = self.in_use(self.machine)
        variables = machine.kernel, machine.visible_bias, machine.hidden_bias
        weights = [np.array(tf.convert_to_tensor(each)) for each in variables]
        if len(weights[2]) <= boltzmann.MOST_HIDDEN:
            return boltzmann.exact(*weights)
        base_bias = self._base_logits().numpy()
        return boltzmann.annealed(*weights, base_bias, seed=seed, **self.annealing)

    def _data_and_chains(self, batch, mode):
        """Binary data, and the states of the chains after k steps: float32 `[n, visible]` each."""
        x = _flat(binary_pixels.binarize(self.as_raw(batch), mode.stream("binary")))
        start = x if self.chains is None else self._chains_of_this_replica()
        fantasies, _ = self.machine.gibbs(start, self.gibbs_steps, mode.stream("chains"))
        return x, tf.stop_gradient(fantasies)

    def _objective(self, x, fantasies):
        energies = [tf.reduce_mean(self.machine.free_energy(v)) for v in (x, fantasies)]
        loss = energies[0] - energies[1]
        logits = self.machine.visible_logits(tf.sigmoid(self.machine.hidden_logits(x)))
        reconstruction = tf.stop_gradient(-tf.reduce_mean(bernoulli.log_prob(x, logits)))
        return [loss], {"loss": loss, "reconstruction": reconstruction}

    def _base_logits(self):
        """Log-odds of the data's mean pixels, clipped to [0.001, 0.999]: `[visible]`."""
        mean = tf.clip_by_value(tf.convert_to_tensor(self.mean_pixels), 1e-3, 1.0 - 1e-3)
        return tf.math.log(mean) - tf.math.log1p(-mean)

    def _global_variable(self, name, shape, value=0.0):
        """A variable that is not trained and the same on all replicas."""
        return self.add_weight(
            name=name,
            shape=shape,
            initializer=keras.initializers.Constant(value),
            trainable=False,
            autocast=False,
            aggregation="only_first_replica",
        )

    def _chains_of_this_replica(self):
        first, count = self._share()
        return tf.slice(tf.convert_to_tensor(self.chains), [first, 0], [count, -1])

    def _share(self):
        """(first chain, how many) of this replica."""
        chains, among = self.chains.shape[0], replicas.count()
        if chains % among:
            raise ValueError(
                f"chains must be a multiple of the {among} devices; received {chains}."
            )
        return replicas.index() * (chains // among), chains // among

    def _advance(self, x, fantasies):
        """Stores the chains and the mean pixels, moves the average and counts the step."""
        if self.chains is not None:
            self.chains.assign(replicas.gather(fantasies))
        weight = 1.0 / tf.cast(self.step + 1, tf.float32)
        mean = tf.convert_to_tensor(self.mean_pixels)
        self.mean_pixels.assign(mean + weight * (replicas.mean(tf.reduce_mean(x, axis=0)) - mean))
        self.finish_step(rng.count(x))


def _flat(images):
    return tf.reshape(images, (-1, math.prod(images.shape[1:])))
