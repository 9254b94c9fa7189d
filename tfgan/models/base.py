"""What every generative model shares: one gradient step, random streams, a step counter, averages.

A model's constructor says what it is (networks, prior), `compile` says how it is trained (losses,
optimizers), and Keras `fit` is the loop. Classes are either abstract or final.
"""

import abc

import keras
import tensorflow as tf

from tfgan import replicas, rng
from tfgan.models import average, batches, calling, raw, sampling
from tfgan.models.epoch import EpochMeans


class GenerativeModel(keras.Model, abc.ABC):
    """A model that can be trained by `fit` on dict batches and then sampled.

    Attributes:
      step: int64 scalar variable, generator updates done; it is saved and restored.
      classes: int, the number of labels, or None for an unconditional model.
      sample_shape: tuple, of one example as networks see it, see `models.raw`.
      symbols: str, the characters of the texts that it makes, see `tfgan.text`; else empty.
      discriminator_steps: int, k; a step takes k times the examples of a batch. 1 where nobody
        discriminates.
      lowest_label: int, -1 where the label of an example may be unknown, else 0.
      sequential_passes: int, how many passes one after another a sample takes.
      prior: what samples start from, see `tfgan.priors`; None for a model without latents.
    """

    discriminator_steps = 1
    lowest_label = 0
    sequential_passes = 1
    prior = None
    symbols = ""

    def __init__(self, name=None):
        super().__init__(name=name)
        self.step = self.add_weight(
            name="step",
            shape=(),
            dtype="int64",
            initializer="zeros",
            trainable=False,
            autocast=False,
            aggregation="only_first_replica",
        )
        self.classes = None
        self.sample_shape = None
        self.seed = 0

    def compile(self, *, seed=0, jit_compile=None, steps_per_execution=1, run_eagerly=False):
        """Makes the model ready for `fit`.

        Args:
          seed: int, the seed of every draw in training.
          jit_compile: bool, whether XLA compiles the step; by default on a GPU and not on a CPU,
            where convolutions run several times slower under XLA. It has no effect where a step
            has several replicas, whose variables XLA cannot reach from one device, and on TPUs,
            whose strategy always compiles.
          steps_per_execution: int, steps in one call of a graph; callbacks see the last of them.
          run_eagerly: bool, whether steps run without a graph, to look into them.
        """
        if jit_compile is None:
            jit_compile = bool(tf.config.list_logical_devices("GPU"))
        strategy = tf.distribute.get_strategy()
        if strategy.num_replicas_in_sync > 1 or isinstance(strategy, tf.distribute.TPUStrategy):
            jit_compile = False
        self.seed = seed
        # Without `optimizer=None` Keras adds an RMSprop that nobody asked for.
        super().compile(
            optimizer=None,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
            run_eagerly=run_eagerly,
        )
        # In a tuple, so that neither Keras nor a checkpoint takes it for a part of the model.
        self._means = (EpochMeans(),)

    @property
    def steps_done(self):
        """The step counter as an int, outside of a step."""
        return int(tf.convert_to_tensor(self.step))

    @property
    @abc.abstractmethod
    def players(self):
        """Who is trained: dict of `Player` by name, such as "generator".

        No optimizer is in two. A variable may be, if the players move one after another: the
        encoder of an adversarial autoencoder learns to reconstruct, and then to fool.
        """

    @abc.abstractmethod
    def train_step(self, batch):
        """One update on a dict batch; returns what `report` makes of the scalars to log."""

    def fit(self, x=None, y=None, *args, shuffle=None, **options):
        """Keras' `fit`; the figures of an epoch, as in its History, are means over its steps.

        Args:
          x: what `batches.from_keras` reads: arrays, `tf.data` of dicts, tensors or tuples with or
            without partial last batches, or a PyDataset.
          y: labels `[n]`, integers or one-hot rows, for a conditional model; None otherwise.
          shuffle: bool; by default arrays are shuffled anew in each epoch, as are the batches of a
            PyDataset; other data keep their order.
          *args, **options: as of `keras.Model.fit`.
        Returns: `keras.callbacks.History`.
        Raises: ValueError for data that the model cannot take.
        """
        batches.check_arrays(x, y, self.sample_shape, self.classes, self.lowest_label)
        if self.steps_done == 0:
            self.reset_average()
        if shuffle is None:
            shuffle = batches.has_no_order(x)
        with batches.refusing():
            history = super().fit(batches.in_tuples(x), y, *args, shuffle=shuffle, **options)
        for player in self.players.values():
            player.optimizer.finalize_variable_values(player.variables)
        return history

    def reset_metrics(self):
        """Keras' hook at the beginning of an epoch."""
        self._means[0].reset()

    def get_metrics_result(self):
        """The means since the epoch began, by which Keras replaces the figures of its last step."""
        return self._means[0].read()

    def as_batch(self, data):
        """What a step receives as a dict batch, see `batches.from_keras`."""
        return batches.from_keras(data, self.sample_shape, self.classes, self.lowest_label)

    def as_raw(self, data):
        """The examples of what a step receives as raw data, such as uint8 images."""
        examples = self.as_batch(data)["data"]
        return raw.to_raw(examples) if examples.dtype.is_floating else examples

    def sample(self, count, *, seed=0, start=0, label=None, truncation=None, raw_weights=False):
        """Samples start .. start + count - 1 of a seed; sample i is the same whatever the count.

        Args:
          count, seed, start: int.
          label: int, or ints `[count]`, if the model is conditional; by default each sample draws
            its own.
          truncation: float, where the prior's tails are cut (`priors`); None for nowhere.
          raw_weights: bool, the last weights instead of their running average.
        Returns: dict of NumPy arrays: `data`, raw as in a batch, such as uint8 `[count, h, w, c]`;
          int32 `label` `[count]` if the model is conditional.
        Raises: ValueError for a label that the model does not know or a prior without tails.
        """
        given = sampling.given(self.prior, self.classes, count, label, truncation)
        stream = sampling.stream(seed)

        def draw(indices, given):
            return self._draw_pass(stream, indices, given, raw_weights=raw_weights)

        return sampling.in_passes(draw, self.pass_size, count, start, given)

    @tf.function(autograph=False)  # nothing here needs AutoGraph, which takes longer than the rest
    def _draw_pass(self, stream, indices, given, *, raw_weights):
        return self.draw(rng.fold(stream, indices), **given, raw_weights=raw_weights)

    @property
    def pass_size(self):
        """How many samples are computed together: few, so that one alone does not wait for many."""
        return 16 if self.sequential_passes == 1 else 100

    def draw(self, seeds, *, label=None, truncation=None, raw_weights=False):
        """A sample for each seed, in TensorFlow: what `sample` and an exported model compute.

        Args:
          seeds: int32 `[n, 2]`; those of `sample` are `sampling.stream` folded with i.
          label: int32 `[n]`, if the model is conditional; -1 where the sample draws its own.
          truncation: float32 `[n]`, where the prior's tails are cut, 0 for nowhere; only if its
            `truncation_range` is not None.
          raw_weights: bool, the last weights instead of their running average.
        Returns: dict of tensors: `data`, raw as in a batch, such as uint8 `[n, h, w, c]`; int32
          `label` `[n]` if the model is conditional.
        """
        inputs = self.latents(seeds, label=label, truncation=truncation)
        network = self.generating_network(raw_weights=raw_weights)
        made = {"data": raw.to_raw(calling.call_network(network, inputs, training=False))}
        return made | ({"label": inputs["label"]} if self.classes else {})

    def latents(self, seeds, *, label=None, truncation=None):
        """What the prior gives for each seed, and the label: dict of tensors with n rows.

        Args: as of `draw`; only for models with a prior.
        """
        return sampling.inputs(self.prior, self.classes, seeds, label, truncation)

    def generating_network(self, *, raw_weights=False):
        """The network that alone makes data of latents, or None if it takes more than one pass.

        Args:
          raw_weights: bool, the last weights instead of their running average.
        Returns: functional `keras.Model`; inputs named as those of `latents` -> float32 data,
          images in [-1, 1].
        """
        del raw_weights

    def log_prob(self, data, *, seed=0, raw_weights=False):
        """The log-likelihood of data, for models that have one.

        Args:
          data: raw data, NumPy `[n, ...]`, such as uint8 images.
          seed: int, of what is drawn on the way: binary pixels, latents.
          raw_weights: bool, the last weights instead of their running average.
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

    def stream(self, purpose):
        """The int32 `[2]` seed of one purpose at the current step."""
        return rng.stream(self.seed, self.step, purpose)

    def _maybe_symbolic_build(self, iterator=None, data_batch=None):
        """Keras' hook to build a model from its first batch, when it trains under a strategy.

        The models here are built already, and reading a batch costs a second start of the data.
        """

    def report(self, logs):
        """What `train_step` returns: means over the global batch.

        Args:
          logs: dict of float32 scalars, means over this replica's batch.
        Returns: dict of float32 scalars, of shape `[1]` under `MultiWorkerMirroredStrategy`.
        """
        names = list(logs)
        values = replicas.mean(tf.stack([logs[name] for name in names]))
        self._means[0].add(names, values)
        if isinstance(tf.distribute.get_strategy(), tf.distribute.MultiWorkerMirroredStrategy):
            values = values[:, None]  # Keras averages over axis 0 there, which a scalar lacks
        return dict(zip(names, tf.unstack(values), strict=True))

    @property
    @abc.abstractmethod
    def averaged(self):
        """Pairs (running average, network in training), see `average.update`."""

    def reset_average(self):
        """Makes the running averages plain copies of the networks, as after weights were loaded.

        Before the first step `fit` does it itself.
        """
        for mean, network in self.averaged:
            mean.set_weights(network.get_weights())

    def finish_step(self, batch_size):
        """Moves the running averages and counts the step.

        Args:
          batch_size: int or integer scalar tensor, the examples of this replica.
        """
        for mean, network in self.averaged:
            average.update(
                mean,
                network,
                half_life=self.average_half_life,
                batch_size=batch_size * replicas.count(),
                step=self.step,
            )
        self.step.assign_add(1)
