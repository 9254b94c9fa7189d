"""The training of a model: players, one gradient step, random streams, a step counter, averages.

Keras `fit` is the loop.
"""

import abc

import keras
import tensorflow as tf

from tfgan import replicas, rng
from tfgan.models import average, batches, players, precision, raw
from tfgan.models import microbatches as parts
from tfgan.models import optimizers as optimizing
from tfgan.models.epoch import EpochMeans


class Trainable(keras.Model, abc.ABC):
    """A model that can be trained by `fit` on dict batches.

    Attributes:
      step: int64 scalar variable, generator updates done; it is saved and restored.
      classes: int, the number of labels, or None for an unconditional model.
      sample_shape: tuple, of one example as networks see it, see `models.raw`.
      discriminator_steps: int, k; a step takes k times the examples of a batch. 1 where nobody
        discriminates.
    """

    discriminator_steps = 1
    optional_players = ()  # those that may be left out of `compile`
    norm_names = {}  # under which gradient norms are logged, by player; else "gradient_norm"

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

    def compile(
        self,
        optimizers,
        *,
        average_half_life=0.0,
        microbatches=1,
        gradient_norms=False,
        seed=0,
        jit_compile=None,
        steps_per_execution=1,
        run_eagerly=False,
    ):
        """Makes the model ready for `fit`.

        Args:
          optimizers: dict by player, such as {"generator": ..., "discriminator": ...}: a Keras
            optimizer, its name or its config each. One name stands for an optimizer per player; a
            model of one player takes its optimizer alone.
          average_half_life: float, of the running average of the weights, in examples; 0 for a
            plain copy.
          microbatches: int, parts in which a batch is computed, which takes as much less memory;
            the step is that of the whole batch up to rounding.
          gradient_norms: bool, whether to log the norm of each player's gradient.
          seed: int, the seed of every draw in training.
          jit_compile: bool, whether XLA compiles the step; by default on a GPU and not on a CPU,
            where convolutions run several times slower under XLA. It has no effect where a step
            has several replicas, whose variables XLA cannot reach from one device, and on TPUs,
            whose strategy always compiles.
          steps_per_execution: int, steps in one call of a graph; callbacks see the last of them.
          run_eagerly: bool, whether steps run without a graph, to look into them.
        Raises: ValueError for arguments out of range, for optimizers that are missing, of unknown
          players or shared by two, and for layers that microbatches would change.
        """
        if not average_half_life >= 0:
            raise ValueError(f"average_half_life must be 0 or more; received {average_half_life}.")
        networks = list(self.networks.values())
        parts.check(microbatches, networks)
        variables = self.player_variables
        resolved = optimizing.resolve(optimizers, list(variables), self.optional_players)
        if jit_compile is None:
            jit_compile = bool(tf.config.list_logical_devices("GPU"))
        strategy = tf.distribute.get_strategy()
        if strategy.num_replicas_in_sync > 1 or isinstance(strategy, tf.distribute.TPUStrategy):
            jit_compile = False
        # Without `optimizer=None` Keras adds an RMSprop that nobody asked for.
        super().compile(
            optimizer=None,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
            run_eagerly=run_eagerly,
        )
        self.average_half_life = average_half_life
        self.microbatches = microbatches
        self.gradient_norms = gradient_norms
        self.seed = seed
        self.compiled_players = tuple(resolved)
        for name, optimizer in resolved.items():
            optimizer = precision.scaled(optimizer, networks)
            # Built now: in a replica's step slots cannot be made, nor restored before they exist.
            optimizer.build(variables[name])
            setattr(self, f"{name}_optimizer", optimizer)
        # In a tuple, so that neither Keras nor a checkpoint takes it for a part of the model.
        self._means = (EpochMeans(),)

    @property
    def steps_done(self):
        """The step counter as an int, outside of a step."""
        return int(tf.convert_to_tensor(self.step))

    @property
    @abc.abstractmethod
    def networks(self):
        """What is trained: dict of `keras.Layer` by name, such as "generator"."""

    @property
    @abc.abstractmethod
    def player_variables(self):
        """What each player moves: dict of lists of variables by name, in the order of the moves.

        A variable may be in two lists, if the players move one after another: the encoder of an
        adversarial autoencoder learns to reconstruct, and then to fool.
        """

    @property
    def players(self):
        """Who is trained: dict of `Player` by name, those that `compile` gave an optimizer."""
        variables = self.player_variables
        return {
            name: players.Player(variables[name], getattr(self, f"{name}_optimizer"))
            for name in self.compiled_players
        }

    def minimize(self, objective, rows, *names, prepare=None):
        """One gradient step of each player on its own loss, see `players.minimize`.

        Args:
          objective, rows, prepare: as there.
          *names: str, the players.
        Returns: dict of float32 scalars to log, with the gradients' norms, if asked for.
        """
        moving = [self.players[name] for name in names]
        logs, gradients = players.minimize(
            objective, rows, *moving, parts=self.microbatches, prepare=prepare
        )
        if self.gradient_norms:
            for name, gradient in zip(names, gradients, strict=True):
                norm = tf.linalg.global_norm(replicas.total(gradient))
                logs[self.norm_names.get(name, "gradient_norm")] = norm
        return logs

    @abc.abstractmethod
    def train_step(self, batch):
        """One update on a dict batch; returns what `report` makes of the scalars to log."""

    def fit(self, x=None, y=None, *args, shuffle=None, **options):
        """Keras' `fit`; the figures of an epoch, as in its History, are means over its steps.

        Args:
          x: what `batches.from_keras` reads: arrays, `tf.data` of dicts, tensors or tuples with or
            without partial last batches, or a PyDataset.
          y: labels `[n]`, integers or one-hot rows, for a conditional model; None otherwise.
          shuffle: bool; by default arrays are shuffled anew in each epoch, and datasets are not.
          *args, **options: as of `keras.Model.fit`.
        Returns: `keras.callbacks.History`.
        Raises: ValueError for data that the model cannot take.
        """
        batches.check_arrays(x, y, self.sample_shape, self.classes)
        if self.steps_done == 0:
            self.reset_average()
        if shuffle is None:
            shuffle = not isinstance(x, tf.data.Dataset | tf.distribute.DistributedDataset)
        history = super().fit(x, y, *args, shuffle=shuffle, **options)
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
        return batches.from_keras(data, self.sample_shape, self.classes)

    def as_raw(self, data):
        """The examples of what a step receives as raw data, such as uint8 images."""
        examples = self.as_batch(data)["data"]
        return raw.to_raw(examples) if examples.dtype.is_floating else examples

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
