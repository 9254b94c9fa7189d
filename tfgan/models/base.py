"""The base class of the generative models.

The constructor of a model defines it (networks, prior), `compile` configures its training (losses,
optimizers), and Keras' `fit` is the training loop. Classes are either abstract or final.
"""

import types
from collections.abc import Mapping

import keras
import tensorflow as tf

from tfgan import rng
from tfgan.models import network_calls, power_averages, sampling
from tfgan.models.trainable import Trainable


class GenerativeModel(Trainable):
    """A model that is trained by `fit` and then sampled.

    Attributes:
      classes: int, the number of labels, or None for an unconditional model.
      category: str, the part of the codes that is a distribution over classes, or another output
        with one, see `classify`; or None.
      sampling_steps: int, the number of sequential passes per sample.
      prior: distribution of the latents, see `tfgan.priors`; None for a model without latents.
      condition_modalities: dict of `Modality` by name, of conditions that are given raw.
      sampling_weights: "average" or "last", see `use_weights`.
      average_width: float, see `use_average`; None while the running average is that of training.
    """

    sampling_steps = 1
    prior = None
    category = None
    condition_modalities: Mapping = types.MappingProxyType({})
    sampling_weights = "average"
    average_width = None

    def use_weights(self, which):
        """Chooses the weights for sampling, encoding and likelihoods; training does not change.

        Args:
          which: "average", the running averages, or "last".
        Returns: the model.
        """
        if which not in ("average", "last"):
            raise ValueError(f'weights must be "average" or "last"; received {which!r}.')
        self.sampling_weights = which
        return self

    def use_average(self, values, width):
        """Replaces the running averages by those of another width, and chooses them.

        Args:
          values: list of arrays, see `power_averages.assign`.
          width: float, relative to the training so far.
        """
        power_averages.assign([average for average, _ in self.averaged], values)
        self.average_width = width
        self.use_weights("average")

    @property
    def weights_in_use(self):
        """The choice of `use_weights`; "last" while the averages are stale, such as after weights
        were loaded into the generator alone, see `reset_average`."""
        return "last" if self.average_is_stale else self.sampling_weights

    def describe_weights(self):
        """The weights in use, in words: str."""
        if self.weights_in_use == "last":
            return "last weights"
        if self.average_width:
            return f"average of width {self.average_width:g}"
        return "running average" if self.average_half_life else "last weights"

    def in_use(self, network):
        """A network in training, or its running average, see `weights_in_use`."""
        if self.weights_in_use == "last":
            return network
        return next(average for average, trained in self.averaged if trained is network)

    def sample(self, count, *, seed=0, start=0, truncation=None, **conditions):
        """Samples start .. start + count - 1 of a seed; sample i does not depend on `count`.

        Args:
          count, start: int, 0 or more.
          seed: int of 64 bits.
          truncation: float, the threshold at which the prior is truncated (`priors`), or None.
          **conditions: one value for all, or `[count, ...]`; only labels may be omitted (drawn).
        Returns: dict of NumPy arrays: raw `data`, such as uint8 `[count, h, w, c]`, and the
          conditions, such as int32 `label` `[count]`.
        Raises: ValueError for other numbers, an unknown or missing condition, or a prior without
          tails.
        """
        seed, start = sampling.check_numbers(seed, start, count)
        arguments = sampling.sample_arguments(self, count, truncation, conditions)
        stream, weights = sampling.stream(seed), self.weights_in_use

        def draw(indices, arguments):
            return self._draw_pass(stream, indices, arguments, weights=weights)

        return sampling.sample_in_batches(draw, self.sample_batch_size, count, start, arguments)

    @tf.function(autograph=False)  # AutoGraph is not needed here and takes longer than the rest
    def _draw_pass(self, stream, indices, arguments, *, weights):
        del weights  # one graph per value
        return self.draw(rng.fold(stream, indices), **arguments)

    @property
    def sample_batch_size(self):
        """The number of samples per pass of `sample`: int."""
        return sampling.pass_size(self.sample_shape) if self.sampling_steps == 1 else 100

    @property
    def served_batch_size(self):
        """The number of samples per pass of an export: small, so that one does not take long."""
        return 16 if self.sampling_steps == 1 else 100

    def draw(self, seeds, *, truncation=None, **conditions):
        """One sample per seed, in TensorFlow, as `sample` and exported models compute it.

        Args:
          seeds: int32 `[n, 2]`; those of `sample` are `sampling.stream` folded with i.
          truncation: float32 `[n]`, 0 for all; only for a prior with a `truncation_range`.
          **conditions: tensors `[n, ...]`; int32 `label` is drawn where it is -1.
        Returns: dict of tensors, see `sample`.
        """
        inputs = self.latents(seeds, truncation=truncation, **conditions)
        network = self.sampling_network()
        outputs = network_calls.call_for_outputs(network, inputs, "data", training=False)
        samples = {"data": self.modality.to_raw(outputs["data"])}
        raw = {name: conditions[name] for name in self.condition_modalities}
        return samples | {name: (inputs | raw)[name] for name in self.sampled_conditions}

    @property
    def condition_specs(self):
        """The required conditions of one sample other than the label: dict of `tf.TensorSpec`."""
        return {}

    @property
    def sampled_conditions(self):
        """The names of the inputs of a sample other than its latents: tuple of str."""
        return (*self.condition_specs, *(["label"] if self.classes else []))

    def latents(self, seeds, *, truncation=None, **conditions):
        """A draw of the prior per seed, and the conditions: dict of tensors `[n, ...]`.

        Args: see `draw`; only for models with a prior.
        """
        conditions = self.as_float(conditions)
        return sampling.generator_inputs(self.prior, self.classes, seeds, truncation, conditions)

    def as_float(self, entries):
        """The entries of a batch as networks take them: raw data and conditions are converted.

        Args:
          entries: dict of tensors `[n, ...]`.
        """
        kinds = {"data": self.modality, **self.condition_modalities}
        return {n: kinds[n].to_float(x) if n in kinds else x for n, x in entries.items()}

    def raw_condition_specs(self, network, names):
        """The conditions that a network takes, as they are given: dict of `tf.TensorSpec`."""
        specs = {}
        for tensor in (each for each in network.inputs if each.name in names):
            shape, kind = tensor.shape[1:], self.condition_modalities.get(tensor.name)
            form = (kind.raw_shape(shape), kind.dtype) if kind else (shape, tensor.dtype)
            specs[tensor.name] = tf.TensorSpec(*form, tensor.name)
        return specs

    def set_augmentation(self, augmentation):
        """Replaces what a compiled model's discriminator sees its data through, see `GAN.compile`.

        Raises: ValueError for other models than a GAN.
        """
        raise ValueError(
            f"augment must be none for {type(self).__name__}: it is for games of one generator "
            f"and one discriminator of data; received {augmentation!r}."
        )

    def sampling_network(self) -> keras.Model | None:
        """The functional network from `latents` to float32 data, images in [-1, 1].

        None if a sample takes more than one pass.
        """

    @property
    def translation_networks(self):
        """The networks from images to images by direction: dict of functional `keras.Model`.

        "AtoB" is the network of samples that have the raw condition `source`; {} for other models.
        """
        has_source = "source" in self.condition_specs.keys() & self.condition_modalities.keys()
        return {"AtoB": self.sampling_network()} if has_source else {}

    def log_prob(self, data, *, seed=0):
        """The log-likelihood of data, for models that have one.

        Args:
          data: raw data, NumPy `[n, ...]`, such as uint8 images.
          seed: int, of the binarization and the latents.
        Returns: `likelihoods.LogLikelihood` of n examples.
        Raises: ValueError for an implicit model, which can be sampled but has no density.
        """
        self.check_density()

    def check_density(self):
        """Raises ValueError, with the reason, for a model without `log_prob`."""
        if type(self).log_prob is GenerativeModel.log_prob:
            raise ValueError(
                f"{type(self).__name__} is an implicit model: it can be sampled but has no "
                "density, so there is no log-likelihood; estimate one from samples."
            )

    def encode(self, data):
        """The latent code of raw data `[n, ...]`: float32 NumPy `[n, d]`.

        Raises: ValueError for a model without an encoder.
        """
        name = type(self).__name__
        raise ValueError(f"{name} has no encoder: it maps latents to data and not back.")

    def encoded(self, rows) -> dict[str, tf.Tensor]:
        """The latents of raw data by name, in TensorFlow, as `encode` and exports compute them.

        Args:
          rows: tensor `[n, ...]` of raw data.
        Returns: dict of float32 tensors `[n, size]` in the order of the prior; {} for a model
          without an encoder, see `has_encoder`.
        """
        return {}

    def cycle(self, source, *, noise=0.0, seed=0):
        """Sources translated to the other domain and back: raw NumPy `[n, ...]` of the same form.

        Args:
          source: raw NumPy `[n, ...]`, such as uint8 images.
          noise: float, the standard deviation of Gaussian noise that is added to the translation,
            as networks take it, before it is translated back.
          seed: int, of the noise and the latents.
        Raises: ValueError for a model that translates in one direction.
        """
        raise ValueError(f"{type(self).__name__} translates in one direction: nothing leads back.")

    @property
    def has_cycle(self):
        """Whether the model defines `cycle`: bool."""
        return type(self).cycle is not GenerativeModel.cycle

    @property
    def has_encoder(self):
        """Whether the model has an encoder, see `encoded`: bool."""
        return type(self).encoded is not GenerativeModel.encoded

    @property
    def latent_shapes(self):
        """The shapes of the prior's values: dict of tuples; empty without a prior."""
        return {} if self.prior is None else dict(self.prior.shapes)

    @property
    def code_shapes(self):
        """The shapes of `codes`: dict of tuples; empty for codes without a prior."""
        return {}

    def codes(self, data):
        """The parts of the code of raw data `[n, ...]`: dict of float32 NumPy `[n, size]`.

        Raises: ValueError for models that do not match codes to a prior.
        """
        raise ValueError(f"{type(self).__name__} has no codes that are matched to a prior.")

    @property
    def classifies_labels(self):
        """Whether the classes of `category` are the labels, instead of clusters in any order."""
        return bool(self.classes and self.category)

    def classify(self, data):
        """The probabilities of the classes of raw data `[n, ...]`: float32 NumPy `[n, classes]`.

        Raises: ValueError for a model without `category`.
        """
        if self.category is None:
            raise ValueError(f"{type(self).__name__} has no output that is a class of data.")
        return self.codes(data)[self.category]

    def discriminator_network(self):
        """The network that classifies data as real or fake, or None."""
