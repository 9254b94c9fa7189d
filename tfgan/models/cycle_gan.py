"""Translation between two domains without pairs.

A generator and a discriminator for each direction, G: source -> data and F: data -> source:

  generators      min  adversarial losses + c (|F(G(x)) - x| + |G(F(y)) - y|)
                                          + i (|G(y) - y| + |F(x) - x|)
  discriminators  classify real images against fakes, some of them from an `ImagePool`

The authors' c is 10, and i is 0 or 5, for (D(G(x)) - 1)^2 as the loss of G. `losses.least_squares`
is half of that, so c = 5 and i = 2.5 give their balance.

Symbols: x a source, y data; |.| the mean absolute difference over pixels in [-1, 1].
"""

import dataclasses
import functools

import tensorflow as tf

from tfgan import layers, losses, modalities, rng
from tfgan.models import base, checks, ema, image_pool, network_calls, sampling, saving
from tfgan.models.translation import SOURCE


@dataclasses.dataclass(frozen=True)
class _Direction:
    """The names of the networks of a direction, and of the entries of a batch that it connects."""

    generator: str
    inverse: str
    discriminator: str
    origin: str
    target: str


_DIRECTIONS = (
    _Direction("generator", "inverse_generator", "discriminator", SOURCE, "data"),
    _Direction("inverse_generator", "generator", "source_discriminator", "data", SOURCE),
)

_PASSING = "passing gradients on"  # a discriminator in the loss of the generators alone


class CycleGAN(base.GenerativeModel):
    """Two generators, each the inverse of the other, and a discriminator for each domain.

    Args:
      generator: Keras network with one input of any name, sources float32 `[batch, ...]` -> data.
      inverse_generator: the same, data -> sources.
      discriminator: the same, data -> logits.
      source_discriminator: the same, sources -> logits.
      modality, source_modality: `modalities.Modality` of data and sources, or its kind; by default
        by the shape.
    Raises: ValueError, if the networks do not fit each other.
    Source: Zhu et al. 2017, https://arxiv.org/abs/1703.10593, section 3.
    """

    network_names = ("generator", "inverse_generator", "discriminator", "source_discriminator")
    norm_names = {"generator": "g_gradient_norm", "discriminator": "d_gradient_norm"}
    pools = None

    def __init__(
        self,
        generator,
        inverse_generator,
        discriminator,
        source_discriminator,
        *,
        modality=None,
        source_modality=None,
        name="cycle_gan",
    ):
        super().__init__(name=name)
        networks = generator, inverse_generator, discriminator, source_discriminator
        networks = dict(zip(self.network_names, networks, strict=True))
        for role, network in checks.cycle_networks(networks).items():
            setattr(self, role, network)
        self.average = ema.copy_or_itself(self.generator)
        self.average_inverse = ema.copy_or_itself(self.inverse_generator)
        self.sample_shape = network_calls.output_shape(self.generator, "data")
        self.source_shape = network_calls.output_shape(self.inverse_generator, "data")
        self.named_modality = modalities.resolve(modality, self.sample_shape)
        source_modality = modalities.resolve(source_modality, self.source_shape)
        self.condition_modalities = {SOURCE: source_modality}
        self.built = True

    @saving.records_arguments
    def compile(
        self,
        loss="least_squares",
        optimizers="adam",
        *,
        cycle_weight=5.0,
        identity_weight=0.0,
        pool_size=50,
        **training,
    ):
        """Configures the training of the two players.

        Args:
          loss: `losses.AdversarialLoss` of both directions, or its name.
          optimizers: dict of Keras optimizers, their names or configs: "generator", of both
            generators, and "discriminator", of both discriminators; or one name for both.
          cycle_weight: float, c.
          identity_weight: float, i; 0 for domains of different shapes or kinds.
          pool_size: int, fakes that each `ImagePool` holds; 0 for none.
          **training: as of `Trainable.compile`.
        Raises: ValueError for arguments out of range or of another kind.
        """
        for name, value in (("cycle_weight", cycle_weight), ("identity_weight", identity_weight)):
            if not value >= 0.0:
                raise ValueError(f"{name} must be 0 or more; received {value!r}.")
        kinds = [(self.sample_shape, self.modality)]
        kinds.append((self.source_shape, self.condition_modalities[SOURCE]))
        if identity_weight and kinds[0] != kinds[1]:
            raise ValueError(
                "identity_weight must be 0 for domains of different shapes or kinds; received "
                f"{identity_weight} for {self.source_shape} and {self.sample_shape}."
            )
        if pool_size < 0:
            raise ValueError(f"pool_size must be 0 or more; received {pool_size!r}.")
        loss = losses.get(loss)
        super().compile(optimizers, **training)
        self.adversarial_loss = loss
        self.cycle_weight, self.identity_weight = cycle_weight, identity_weight
        shapes = {"data": self.sample_shape, SOURCE: self.source_shape}
        self.pools = image_pool.ImagePools(pool_size, shapes) if pool_size else None

    @property
    def state_variables(self):
        return self.pools.variables if self.pools else ()

    @property
    def player_variables(self):
        """Those of both generators, and those of both discriminators."""
        generators = [self.generator, self.inverse_generator]
        discriminators = [self.discriminator, self.source_discriminator]
        players = {"generator": generators, "discriminator": discriminators}
        return {
            name: [v for n in of for v in n.trainable_variables] for name, of in players.items()
        }

    @property
    def averaged(self):
        averages = self.average, self.average_inverse
        return list(zip(averages, (self.generator, self.inverse_generator), strict=True))

    @property
    def condition_specs(self):
        """The source that a sample translates."""
        return self.raw_condition_specs(self.generator, [SOURCE])

    def sampling_network(self):
        """The generator, or its running average."""
        return network_calls.with_one_output(self.in_use(self.generator), "data")

    @property
    def translation_networks(self):
        """The networks of both directions, each with the input `source`: dict of `keras.Model`."""
        inverse = network_calls.with_one_output(self.in_use(self.inverse_generator), "data")
        return {"AtoB": self.sampling_network(), "BtoA": inverse}

    def discriminator_network(self):
        return self.discriminator

    def cycle(self, source, *, noise=0.0, seed=0):
        """As `GenerativeModel.cycle`; noise destroys what a translation hides in small numbers."""
        there, back = self.translation_networks.values()
        kind, stream = self.condition_modalities[SOURCE], sampling.stream(seed)

        @tf.function(autograph=False)
        def translate(rows, indices):
            inputs = {SOURCE: kind.to_float(rows)}
            middle = network_calls.call_for_outputs(there, inputs, "data", False)["data"]
            seeds = rng.fold(stream, indices)
            draws = rng.normal(seeds, rng.count(seeds), self.sample_shape)
            inputs = {SOURCE: middle + noise * draws}
            return kind.to_raw(network_calls.call_for_outputs(back, inputs, "data", False)["data"])

        return sampling.map_in_batches(translate, source, self.sample_batch_size)

    def train_step(self, batch):
        """One update of both generators and of both discriminators, all from the same fakes.

        The losses of each player take the weights of the other as they were before the step, as in
        the authors' code.

        Args:
          batch: dict, raw `data` and `source`, `[batch, ...]`.
        Returns: dict of float32 scalars, means over both directions: d_loss, g_loss, d_real and
          d_fake (of discriminators); without their weights cycle and, if it has one, identity; the
          gradients' norms if requested.
        """
        batch = self.as_float(self.as_batch(batch))
        for network in (self.discriminator, self.source_discriminator):
            layers.power_iteration(network)
        mode = self.training_mode
        play = functools.partial(self._play, mode=mode, pools=self.pools)
        logs = self.minimize(play, batch, "generator", "discriminator")
        self.finish_step(rng.count(batch["data"]))
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`; the discriminators classify the fakes of the batch, without a pool."""
        return self._play(self.as_float(batch), mode, None)[1]

    def _play(self, batch, mode, pools):
        """Both directions of the game: ([loss of the generators, of the discriminators], logs)."""
        added = {"generator": [], "discriminator": []}
        call = functools.partial(self._call, mode, added)
        figures = [self._figures(each, batch, call, mode, pools) for each in _DIRECTIONS]
        sums = {name: figures[0][name] + figures[1][name] for name in figures[0]}
        logs = {name: 0.5 * value for name, value in sums.items()}
        g_loss = sums["g_loss"] + self.cycle_weight * sums["cycle"]
        g_loss += self.identity_weight * sums.get("identity", 0.0)
        regularized = []
        for player, loss in (("generator", g_loss), ("discriminator", sums["d_loss"])):
            networks = [x for name, x in self.networks.items() if name.endswith(player)]
            name = f"{player[0]}_regularization"
            loss, logs = network_calls.regularized(loss, logs, networks, added[player], name)
            regularized.append(loss)
        return regularized, logs

    def _figures(self, direction, batch, call, mode, pools):
        """The losses of one direction, and what to log: dict of scalars."""
        origin, target = batch[direction.origin], batch[direction.target]
        fake = call(direction.generator, origin, "translation")
        again = call(direction.inverse, fake, "cycle")
        figures = {"cycle": tf.reduce_mean(tf.abs(again - origin))}
        if self.identity_weight:
            same = call(direction.generator, target, "identity")
            figures["identity"] = tf.reduce_mean(tf.abs(same - target))
        judge, game = direction.discriminator, self.adversarial_loss
        real_logits = call(judge, target, "on real")
        fake_logits = judged_logits = call(judge, fake, _PASSING if pools else "on fake")
        if pools:
            judged = pools.query(direction.target, fake, mode.stream(f"pool, {direction.target}"))
            judged_logits = call(judge, judged, "on fake")
        return figures | {
            "g_loss": tf.reduce_mean(game.generator(real_logits, fake_logits)),
            "d_loss": tf.reduce_mean(game.discriminator(real_logits, judged_logits)),
            "d_real": tf.reduce_mean(game.score(real_logits)),
            "d_fake": tf.reduce_mean(game.score(judged_logits)),
        }

    def _call(self, mode, added, name, images, purpose):
        """The output of a network, float32; the losses of its layers are appended to `added`."""
        network, is_judge = getattr(self, name), name.endswith("discriminator")
        output, player = ("logits", "discriminator") if is_judge else ("data", "generator")
        inputs = {"data" if is_judge else SOURCE: images}
        with rng.layer_seeds(mode.stream(f"{name}, {purpose}")):
            outputs = network_calls.call_for_outputs(network, inputs, output, mode.training)
        if purpose != _PASSING:
            added[player] += network_calls.added_losses(network)
        return outputs[output]
