"""The training of a model: players, gradient steps, random streams, step counter and averages."""

import tensorflow as tf

from tfgan import replicas, rng
from tfgan.models import ema, mixed_precision, power_averages, saving
from tfgan.models import microbatches as accumulation
from tfgan.models.keras_loops import KerasLoops
from tfgan.models.optimizers import CombinedOptimizer, Player, by_player
from tfgan.models.training_mode import Mode


class Trainable(saving.Savable, KerasLoops):
    """A model that is trained by `fit` on dict batches.

    Attributes:
      step: int64 scalar variable, the number of generator updates; it is saved and restored.
    """

    network_names = ()  # the attributes that hold the networks
    optional_players = ()  # players that may be omitted in `compile`
    norm_names = {}  # names of logged gradient norms by player; by default "gradient_norm"
    terms = ()  # of `terms.Term`, the extra objectives
    pack_size = 1  # examples that a discriminator receives together
    unrolled_steps = 0  # discriminator steps that the generator anticipates

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
        self.average_half_life = 0.0
        self.power_averages = None
        self._watch = ema.StalenessWatch()

    @saving.records_arguments
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
        """Configures training.

        Args:
          optimizers: dict by player, such as {"generator": ..., "discriminator": ...}, of Keras
            optimizers, their names or configs; one name for all, or the one player's optimizer
            alone.
          average_half_life: float, of the running average of the weights, in examples; 0 for a
            plain copy; or a function of the step, see `schedules`. Custom network classes need a
            `get_config` for values above 0.
          microbatches: int, the number of parts in which a batch is computed, which divides the
            memory; the step equals that of the whole batch up to rounding.
          gradient_norms: bool, whether to log the norm of each player's gradient.
          seed: int, the seed of all random draws in training.
          jit_compile: bool, whether XLA compiles the step; by default on a GPU and not on a CPU,
            where XLA slows convolutions. It has no effect with several replicas, whose variables
            XLA cannot reach from one device, or on TPUs, which always compile.
          steps_per_execution: int, steps per call of a graph; callbacks run after the last.
          run_eagerly: bool, whether steps run without a graph, for debugging.
          metrics: None; refused, as there are no predictions to compare with targets.
        Raises: ValueError for arguments out of range, optimizers that do not fit the players or
          are shared by two, and layers that microbatches would change or that no running average
          can copy.
        """
        ema.check(self.averaged, average_half_life)
        if metrics:
            raise ValueError(
                "metrics compare predictions with targets, which a generative model does not have: "
                "evaluate gives its losses, a term logs a number per step, and a callback such as "
                "tfgan.training.callbacks.PeriodicEvaluation evaluates samples."
            )
        networks = list(self.networks.values())
        self.microbatches = microbatches
        accumulation.warn_of_unsaved_random_states(networks)
        variables = self.player_variables
        optimizers = by_player(optimizers, list(variables), self.optional_players)
        if jit_compile is None:
            jit_compile = bool(tf.config.list_logical_devices("GPU"))
        strategy = tf.distribute.get_strategy()
        if strategy.num_replicas_in_sync > 1 or isinstance(strategy, tf.distribute.TPUStrategy):
            jit_compile = False
        # Without `optimizer=None` Keras adds an RMSprop.
        super().compile(
            optimizer=None,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
            run_eagerly=run_eagerly,
        )
        self.average_half_life = average_half_life
        self.gradient_norms = gradient_norms
        self.seed = seed
        self.compiled_players = tuple(optimizers)
        for name, optimizer in optimizers.items():
            mixed_precision.check_decays(name, optimizer, variables[name])
            optimizer = mixed_precision.scaled(optimizer, networks)
            # Built now: slots cannot be made in a replica's step, nor restored before they exist.
            optimizer.build(variables[name])
            setattr(self, f"{name}_optimizer", optimizer)
        self.optimizer = CombinedOptimizer([each.optimizer for each in self.players.values()])
        self._make_means()

    @property
    def steps_done(self):
        """The step counter: int."""
        return int(tf.convert_to_tensor(self.step))

    @property
    def microbatches(self):
        """The number of parts of a batch: int, see `compile`; it may be set until `fit`."""
        return self._microbatches

    @microbatches.setter
    def microbatches(self, count):
        accumulation.check(count, self.networks.values())
        self._microbatches = count

    @property
    def networks(self):
        """The trained networks: dict of `keras.Layer` by name, such as "generator"."""
        return {name: getattr(self, name) for name in self.network_names}

    @property
    def player_variables(self):
        """The variables of each player: dict of lists by name, in the order of the moves.

        A variable may belong to two players that move one after another: the encoder of an
        adversarial autoencoder is trained to reconstruct, and then to fool the discriminator.
        """
        return {name: network.trainable_variables for name, network in self.networks.items()}

    @property
    def players(self):
        """The players with an optimizer: dict of `Player` by name."""
        variables = self.player_variables
        return {
            name: Player(variables[name], getattr(self, f"{name}_optimizer"))
            for name in self.compiled_players
        }

    def minimize(self, objective, rows, *names, prepare=None):
        """One gradient step of each player on its own loss, from one forward pass.

        All gradients are computed before any is applied, so the players move simultaneously.

        Args:
          objective: function -> (losses, logs): one float32 scalar loss per player, the mean over
            the examples, and a dict of such means.
          rows: structure of tensors `[b, ...]`, the examples of this replica, for `objective`.
          *names: str, the players.
          prepare: function of rows, whose result replaces the rows in `objective`; no gradient
            flows through it.
        Returns: dict of float32 scalars to log, with the gradients' norms if requested.
        """
        players = [self.players[name] for name in names]

        def compute(rows):
            inputs = rows if prepare is None else prepare(rows)
            with tf.GradientTape(persistent=len(players) > 1) as tape:
                losses, logs = objective(inputs)
                # Optimizers sum gradients over replicas; the loss is a mean over the global batch.
                scaled = [
                    player.optimizer.scale_loss(loss / replicas.count())
                    for player, loss in zip(players, losses, strict=True)
                ]
            pairs = zip(players, scaled, strict=True)
            return logs, [tape.gradient(loss, player.variables) for player, loss in pairs]

        logs, gradients = accumulation.mean(compute, rows, self.microbatches)
        # Before gradients are applied, which may change the scale.
        unscaled = [
            mixed_precision.unscaled(each, player.optimizer)
            for each, player in zip(gradients, players, strict=True)
        ]
        for player, gradient in zip(players, gradients, strict=True):
            if player.variables:  # else the player is frozen
                player.optimizer.apply_gradients(zip(gradient, player.variables, strict=True))
        if self.gradient_norms:
            for name, gradient in zip(names, unscaled, strict=True):
                norm = tf.linalg.global_norm(replicas.total(gradient))
                logs[self.norm_names.get(name, "gradient_norm")] = norm
        return logs

    def fit(self, x=None, y=None, *args, **options):
        """As `KerasLoops.fit`; stale averages become plain copies before."""
        if self.average_is_stale:
            self.reset_average()
        history = super().fit(x, y, *args, **options)
        for player in self.players.values():
            player.optimizer.finalize_variable_values(player.variables)
        self._watch.record(self.steps_done, self.averaged)
        return history

    def stream(self, purpose):
        """The int32 `[2]` seed of one purpose at the current step."""
        return rng.stream(self.seed, self.step, purpose)

    @property
    def training_mode(self):
        """The `Mode` of a training step."""
        return Mode(True, self.stream)

    @property
    def averaged(self):
        """Pairs (running average, network in training), see `ema.update`: list.

        By default the attribute `average` belongs to the first network. Keras stores the second of
        a pair under this property's name in files of weights.
        """
        return [(self.average, getattr(self, self.network_names[0]))]

    @property
    def average_is_stale(self):
        """Whether weights were loaded into a network alone since the last step."""
        with tf.init_scope():  # also while a graph is traced
            return self._watch.is_stale(self.steps_done, self.averaged)

    def reset_average(self):
        """Makes the running averages plain copies of the networks.

        `fit` calls it where they are stale. After steps by other means, such as `train_on_batch`,
        the user calls it.
        """
        for average, network in self.averaged:
            average.set_weights(network.get_weights())
        self._watch.record(self.steps_done, self.averaged)

    def keep_power_averages(self, widths=power_averages.WIDTHS):
        """Keeps two more averages in training, from which one of any width can be made later.

        They are part of the model's checkpoints, and not of files of weights. Before the first
        step, and under the strategy of the training; `training.callbacks.AveragesSaving` saves
        them now and then.

        Args:
          widths: see `power_averages`.
        Raises: ValueError for layers that no average can copy, and after the first step.
        """
        ema.check(self.averaged, half_life=1.0)
        if self.steps_done:
            raise ValueError("keep_power_averages must be called before the first step.")
        self.power_averages = power_averages.PowerAverages(
            [network for _, network in self.averaged], widths
        )

    def finish_step(self, batch_size):
        """Moves the running averages and counts the step.

        Args:
          batch_size: int or integer scalar tensor, the examples of this replica.
        """
        moving = {"half_life": self.average_half_life, "step": self.step}
        for pair in self.averaged:
            ema.update(*pair, batch_size=batch_size * replicas.count(), **moving)
        if self.power_averages:
            self.power_averages.update([trained for _, trained in self.averaged], self.step)
        self.step.assign_add(1)
