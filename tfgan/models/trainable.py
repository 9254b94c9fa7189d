"""The training of a model: players, one gradient step, random streams, a step counter, averages.

Keras `fit` is the loop.
"""

import abc

import tensorflow as tf

from tfgan import replicas, rng
from tfgan.models import ema, mixed_precision, players, saving
from tfgan.models import microbatches as parts
from tfgan.models import optimizers as optimizing
from tfgan.models.evaluation_mode import Mode
from tfgan.models.keras_loops import Loops


class Trainable(saving.Savable, Loops):
    """A model that can be trained by `fit` on dict batches.

    Attributes:
      step: int64 scalar variable, generator updates done; it is saved and restored.
    """

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
        self._watch = ema.Watch()

    @saving.remembered
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
        metrics=None,
    ):
        """Makes the model ready for `fit`.

        Args:
          optimizers: dict by player, such as {"generator": ..., "discriminator": ...}: a Keras
            optimizer, its name or its config each. One name stands for an optimizer per player; a
            model of one player takes its optimizer alone.
          average_half_life: float, of the running average of the weights, in examples; 0 for a
            plain copy. Own classes of networks need a `get_config` for one.
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
          metrics: None; refused, as there are no predictions to compare with targets.
        Raises: ValueError for arguments out of range, for optimizers that are missing, of unknown
          players or shared by two, and for layers that microbatches would change or that no running
          average can copy.
        """
        ema.check(self.averaged, average_half_life)
        if metrics:
            raise ValueError(
                "metrics compare predictions with targets, which a generative model does not have: "
                "evaluate gives its losses, a term logs a figure of each step, and a callback such "
                "as tfgan.training.callbacks.PeriodicEvaluation looks at samples."
            )
        networks = list(self.networks.values())
        self.microbatches = microbatches
        parts.warn_of_states(networks)
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
        self.gradient_norms = gradient_norms
        self.seed = seed
        self.compiled_players = tuple(resolved)
        for name, optimizer in resolved.items():
            mixed_precision.check_decays(name, optimizer, variables[name])
            optimizer = mixed_precision.scaled(optimizer, networks)
            # Built now: in a replica's step slots cannot be made, nor restored before they exist.
            optimizer.build(variables[name])
            setattr(self, f"{name}_optimizer", optimizer)
        self.optimizer = optimizing.Together([each.optimizer for each in self.players.values()])
        self._begin_means()

    @property
    def steps_done(self):
        """The step counter as an int, outside of a step."""
        return int(tf.convert_to_tensor(self.step))

    @property
    def microbatches(self):
        """In how many parts a batch is computed: int, see `compile`; it may be set until `fit`."""
        return self._microbatches

    @microbatches.setter
    def microbatches(self, count):
        parts.check(count, self.networks.values())
        self._microbatches = count

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

    def fit(self, x=None, y=None, *args, **options):
        """Keras' `fit`, see `Loops.fit`.

        Averages become plain copies before the first step, and where weights were loaded into their
        networks alone since the last one.
        """
        if self.average_is_stale:
            self.reset_average()
        history = super().fit(x, y, *args, **options)
        for player in self.players.values():
            player.optimizer.finalize_variable_values(player.variables)
        self._watch.note(self.steps_done, self.averaged)
        return history

    def stream(self, purpose):
        """The int32 `[2]` seed of one purpose at the current step."""
        return rng.stream(self.seed, self.step, purpose)

    @property
    def learning(self):
        """The mode of a training step."""
        return Mode(True, self.stream)

    @property
    @abc.abstractmethod
    def averaged(self):
        """Pairs (running average, network in training), see `ema.update`."""

    @property
    def average_is_stale(self):
        """Whether weights were loaded into a network alone since the last step, see `Watch`."""
        with tf.init_scope():  # also while a graph is made
            return self._watch.is_stale(self.steps_done, self.averaged)

    def reset_average(self):
        """Makes the running averages plain copies of the networks, as after weights were loaded.

        `fit` does it itself before the first step, and where it sees that the weights of a network
        were changed since it ended, but not those of its average. Until then one samples from the
        network. After steps by other means, such as `train_on_batch`, it is up to the user.
        """
        for mean, network in self.averaged:
            mean.set_weights(network.get_weights())
        self._watch.note(self.steps_done, self.averaged)

    def finish_step(self, batch_size):
        """Moves the running averages and counts the step.

        Args:
          batch_size: int or integer scalar tensor, the examples of this replica.
        """
        for mean, network in self.averaged:
            ema.update(
                mean,
                network,
                half_life=self.average_half_life,
                batch_size=batch_size * replicas.count(),
                step=self.step,
            )
        self.step.assign_add(1)
