"""Contrastive translation between two domains without pairs, in one direction.

  generator, heads  min  adversarial loss + w (NCE(x, G(x)) + NCE(y, G(y))) / 2
  discriminator     classifies data against fakes

where NCE is the mean of `terms.patch_nce` over layers of the generator: it compares places of its
input and its output by the generator's own features. The second NCE keeps data as they are.

The authors' w is 1, for (D(G(x)) - 1)^2 as the loss of G. `losses.least_squares` is half of that,
so w = 1/2 gives their balance.

Symbols: x a source, y data, G the generator.
"""

import functools

import keras
import tensorflow as tf

from tfgan import layers, losses, modalities, rng
from tfgan.models import base, checks, functional, network_calls, saving
from tfgan.models.translation import SOURCE
from tfgan.terms import patch_nce


class CUT(base.GenerativeModel):
    """A generator of data from sources, whose features are compared by heads.

    Args:
      generator: functional `keras.Model`, source float32 `[batch, ...]` -> data of the same shape.
      discriminator: Keras network with one input of any name, data -> logits.
      heads: functional `keras.Model`, a dict of features `[batch, places, channels]` by the names
        of layers of the generator -> a dict of features `[batch, places, d]`, see
        `networks.patch_heads`.
      modality: `modalities.Modality` of data and sources, or its kind; by default by the shape.
    Raises: ValueError, if the networks do not fit each other.
    Source: Park et al. 2020, https://arxiv.org/abs/2007.15651, section 3.
    """

    network_names = ("generator", "discriminator", "heads")
    norm_names = {"generator": "g_gradient_norm", "discriminator": "d_gradient_norm"}

    def __init__(self, generator, discriminator, heads, *, modality=None, name="cut"):
        super().__init__(name=name)
        fitting = checks.gan_networks(generator, discriminator, None, {SOURCE: (None, "float32")})
        self.generator = generator
        self.discriminator = fitting.discriminator
        self.heads = heads
        self.average = functional.copy_of_network(fitting.average, fitting.generator, generator)
        self.sample_shape = network_calls.output_shape(fitting.generator, "data")
        if network_calls.input_shapes(fitting.generator)[SOURCE] != self.sample_shape:
            raise ValueError(
                f"The generator must make data of the shape of its source, as it also translates "
                f"data; received {self.sample_shape}."
            )
        names = network_calls.input_names(heads)
        known = [layer.name for layer in generator.layers]
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ValueError(f"heads must take layers of the generator; received {unknown[0]!r}.")
        outputs = {name: generator.get_layer(name).output for name in names}
        # In a tuple, so that neither Keras nor a checkpoint tracks it as a part of the model.
        self._encoder = (keras.Model(generator.input, outputs),)
        self.named_modality = modalities.resolve(modality, self.sample_shape)
        self.condition_modalities = {SOURCE: self.modality}
        self.built = True

    @saving.records_arguments
    def compile(
        self,
        loss="least_squares",
        optimizers="adam",
        *,
        nce_weight=0.5,
        places=256,
        temperature=0.07,
        **training,
    ):
        """Configures the training of the two players.

        Args:
          loss: `losses.AdversarialLoss`, or its name.
          optimizers: dict of Keras optimizers, their names or configs: "generator", of the
            generator and the heads, and "discriminator"; or one name for both.
          nce_weight: float, w.
          places: int, in each map, drawn anew in every step; all of a smaller map.
          temperature: float, of `terms.patch_nce`.
          **training: as of `Trainable.compile`.
        Raises: ValueError for arguments out of range or of another kind.
        """
        if not nce_weight >= 0.0:
            raise ValueError(f"nce_weight must be 0 or more; received {nce_weight!r}.")
        if places < 2:
            raise ValueError(f"places must be 2 or more; received {places!r}.")
        if not temperature > 0.0:
            raise ValueError(f"temperature must be above 0; received {temperature!r}.")
        loss = losses.get(loss)
        super().compile(optimizers, **training)
        self.adversarial_loss, self.nce_weight = loss, nce_weight
        self.places, self.temperature = places, temperature

    @property
    def player_variables(self):
        """Those of the generator and the heads, and those of the discriminator."""
        return {
            "generator": self.generator.trainable_variables + self.heads.trainable_variables,
            "discriminator": self.discriminator.trainable_variables,
        }

    @property
    def condition_specs(self):
        """The source that a sample translates."""
        return self.raw_condition_specs(self.generator, [SOURCE])

    def sampling_network(self):
        """The generator, or its running average."""
        return network_calls.with_one_output(self.in_use(self.generator), "data")

    def discriminator_network(self):
        return self.discriminator

    def train_step(self, batch):
        """One update of both players, from the same fakes and the weights before the step.

        Args:
          batch: dict, raw `data` and `source`, `[batch, ...]`.
        Returns: dict of float32 scalars: d_loss, g_loss, d_real and d_fake; without their weight
          nce, of sources, and identity, the same of data, in nats; the gradients' norms if
          requested.
        """
        batch = self.as_float(self.as_batch(batch))
        layers.power_iteration(self.discriminator)
        play = functools.partial(self._play, mode=self.training_mode)
        logs = self.minimize(play, batch, "generator", "discriminator")
        self.finish_step(rng.count(batch["data"]))
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`."""
        return self._play(self.as_float(batch), mode)[1]

    def _play(self, batch, mode):
        """The game: ([loss of the generator and the heads, of the discriminator], logs)."""
        source, data, game = batch[SOURCE], batch["data"], self.adversarial_loss
        fake = self._generate(source, mode, "fake")
        nce = self._nce(source, fake, mode, "source")
        identity = self._nce(data, self._generate(data, mode, "identity"), mode, "identity")
        real_logits = self._logits(data, mode, "on real")
        fake_logits = self._logits(fake, mode, "on fake")
        g_loss = tf.reduce_mean(game.generator(real_logits, fake_logits))
        d_loss = tf.reduce_mean(game.discriminator(real_logits, fake_logits))
        logs = {
            "d_loss": d_loss,
            "g_loss": g_loss,
            "d_real": tf.reduce_mean(game.score(real_logits)),
            "d_fake": tf.reduce_mean(game.score(fake_logits)),
            "nce": nce,
            "identity": identity,
        }
        total = g_loss + self.nce_weight * 0.5 * (nce + identity)
        total, logs = self._regularized(total, logs, (self.generator, self.heads), "g")
        d_loss, logs = self._regularized(d_loss, logs, (self.discriminator,), "d")
        return [total, d_loss], logs

    def _regularized(self, loss, logs, networks, initial):
        name = f"{initial}_regularization"
        return network_calls.regularized(loss, logs, networks, name=name)

    def _nce(self, source, translation, mode, purpose):
        """The mean of PatchNCE over the layers and the examples: float32 scalar."""
        seed = mode.stream(f"places, {purpose}")
        queries = self._features(translation, mode, seed, f"{purpose}, queries")
        keys = self._features(source, mode, seed, f"{purpose}, keys")
        each = [
            tf.reduce_mean(
                patch_nce.patch_nce(queries[name], keys[name], temperature=self.temperature)
            )
            for name in queries
        ]
        return tf.add_n(each) / len(each)

    def _features(self, images, mode, seed, purpose):
        """What the heads make of some places of each map: dict, float `[batch, places, d]`."""
        [encoder] = self._encoder
        with rng.layer_seeds(mode.stream(f"encoder, {purpose}")):
            maps = encoder({SOURCE: images}, training=mode.training)
        rows = {}
        for index, (name, features) in enumerate(maps.items()):
            size = features.shape[1] * features.shape[2]
            at = patch_nce.places(rng.fold(seed, index), self.places, size)
            rows[name] = patch_nce.at_places(features, at)
        return self.heads(rows, training=mode.training)

    def _generate(self, images, mode, purpose):
        with rng.layer_seeds(mode.stream(f"generator, {purpose}")):
            inputs = {SOURCE: images}
            return network_calls.call_for_outputs(self.generator, inputs, "data", mode.training)[
                "data"
            ]

    def _logits(self, images, mode, purpose):
        with rng.layer_seeds(mode.stream(f"discriminator, {purpose}")):
            inputs = {"data": images}
            return network_calls.call_for_outputs(
                self.discriminator, inputs, "logits", mode.training
            )["logits"]
