"""What every generative model shares: it is trained by `fit`, and then sampled.

A model's constructor says what it is (networks, prior), `compile` says how it is trained (losses,
optimizers), and Keras `fit` is the loop. Classes are either abstract or final.
"""

import keras
import tensorflow as tf

from tfgan import rng
from tfgan.models import network_calls, sampling
from tfgan.models.trainable import Trainable


class GenerativeModel(Trainable):
    """A model that can be trained by `fit` on dict batches and then sampled.

    Attributes:
      classes: int, the number of labels, or None for an unconditional model.
      category: str, the part of its codes that is a distribution over classes; None for none.
      sampling_steps: int, how many passes one after another a sample takes.
      prior: what samples start from, see `tfgan.priors`; None for a model without latents.
      sampling_weights: "average" or "last", which weights sample, encode and rate; `use_weights`
        chooses.
    """

    sampling_steps = 1
    prior = None
    category = None
    sampling_weights = "average"

    def use_weights(self, which):
        """Chooses the weights that sample, encode and rate from now on; training is as before.

        Args:
          which: "average", the running averages, or "last".
        Returns: the model.
        Raises: ValueError for anything else.
        """
        if which not in ("average", "last"):
            raise ValueError(f'weights must be "average" or "last"; received {which!r}.')
        self.sampling_weights = which
        return self

    @property
    def weights_in_use(self):
        """What `use_weights` chose; "last" too while an average is of other weights, as after
        weights were loaded into the generator alone, see `reset_average`."""
        return "last" if self.average_is_stale else self.sampling_weights

    def in_use(self, network):
        """A network in training, or its running average, see `weights_in_use`."""
        if self.weights_in_use == "last":
            return network
        return next(mean for mean, trained in self.averaged if trained is network)

    def sample(self, count, *, seed=0, start=0, truncation=None, **conditions):
        """Samples start .. start + count - 1 of a seed; sample i is the same whatever the count.

        Args:
          count, seed, start: int.
          truncation: float, where the prior's tails are cut (`priors`); None for nowhere.
          **conditions: what the samples are made from, by the name of the network's input: one
            value for all, or `[count, ...]`, one per sample. Without `label`, int, each sample of
            a conditional model draws its own; other conditions must be given.
        Returns: dict of NumPy arrays: `data`, raw as in a batch, such as uint8 `[count, h, w, c]`,
          and the conditions, such as int32 `label` `[count]`.
        Raises: ValueError for a condition that the model does not know or needs, or a prior without
          tails.
        """
        given = sampling.sample_arguments(self, count, truncation, conditions)
        stream = sampling.stream(seed)

        def draw(indices, given):
            return self._draw_pass(stream, indices, given, weights=self.weights_in_use)

        return sampling.sample_in_batches(draw, self.sample_batch_size, count, start, given)

    @tf.function(autograph=False)  # nothing here needs AutoGraph, which takes longer than the rest
    def _draw_pass(self, stream, indices, given, *, weights):
        del weights  # a graph each
        return self.draw(rng.fold(stream, indices), **given)

    @property
    def sample_batch_size(self):
        """How many samples are computed together: few, so that one alone does not wait for many."""
        return 16 if self.sampling_steps == 1 else 100

    def draw(self, seeds, *, truncation=None, **conditions):
        """A sample for each seed, in TensorFlow: what `sample` and an exported model compute.

        Args:
          seeds: int32 `[n, 2]`; those of `sample` are `sampling.stream` folded with i.
          truncation: float32 `[n]`, where the prior's tails are cut, 0 for nowhere; only if its
            `truncation_range` is not None.
          **conditions: tensors `[n, ...]`; int32 `label`, if the model is conditional, -1 where the
            sample draws its own.
        Returns: dict of tensors: `data`, raw as in a batch, such as uint8 `[n, h, w, c]`, and the
          conditions, such as int32 `label` `[n]`.
        """
        inputs = self.latents(seeds, truncation=truncation, **conditions)
        network = self.sampling_network()
        made = network_calls.call_for_outputs(network, inputs, "data", training=False)["data"]
        data = {"data": self.modality.to_raw(made)}
        return data | {name: inputs[name] for name in self.sampled_conditions}

    @property
    def condition_specs(self):
        """What a sample must be given beside a label: dict of `tf.TensorSpec` of one, by name."""
        return {}

    @property
    def sampled_conditions(self):
        """The names of what a sample is made from beside its latents: tuple of str."""
        return (*self.condition_specs, *(["label"] if self.classes else []))

    def latents(self, seeds, *, truncation=None, **conditions):
        """What the prior gives for each seed, and the conditions: dict of tensors with n rows.

        Args: as of `draw`; only for models with a prior.
        """
        return sampling.inputs(self.prior, self.classes, seeds, truncation, conditions)

    def sampling_network(self) -> keras.Model | None:
        """The network that alone makes data of latents, or None if it takes more than one pass.

        Returns: functional `keras.Model`; inputs named as those of `latents` -> float32 data,
          images in [-1, 1].
        """

    def log_prob(self, data, *, seed=0):
        """The log-likelihood of data, for models that have one.

        Args:
          data: raw data, NumPy `[n, ...]`, such as uint8 images.
          seed: int, of what is drawn on the way: binary pixels, latents.
        Returns: `likelihoods.LogLikelihood` of n examples.
        Raises: ValueError, if the model is implicit: it can be sampled, but gives no density.
        """
        raise ValueError(
            f"{type(self).__name__} is an implicit model: it turns noise into samples and gives no "
            "density, so there is no log-likelihood to ask for; estimate one from samples."
        )

    def encode(self, data):
        """The latent code of data, for models that have an encoder.

        Args:
          data: raw data, NumPy `[n, ...]`.
        Returns: float32 NumPy `[n, d]`.
        Raises: ValueError, if the model has none.
        """
        raise ValueError(
            f"{type(self).__name__} has no encoder: it maps latents to data and not back."
        )

    @property
    def latent_shapes(self):
        """The shapes of the prior's values by name: dict of tuples; empty without a prior."""
        return {} if self.prior is None else dict(self.prior.shapes)

    @property
    def code_shapes(self):
        """The shapes of `codes` by name: dict of tuples; empty where codes have no prior."""
        return {}

    def codes(self, data):
        """The parts of the code of data by name, for models whose codes should look like a prior.

        Args:
          data: raw data, NumPy `[n, ...]`.
        Returns: dict of float32 NumPy `[n, size]`.
        Raises: ValueError for a model without such codes.
        """
        raise ValueError(f"{type(self).__name__} has no codes that should look like a prior.")

    def discriminator_network(self):
        """The network that tells real data from made ones, or None."""
