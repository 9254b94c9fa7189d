"""Autoencoders whose codes a discriminator pulls to a prior.

Three phases a step, each with an optimizer of its own:

  reconstruction   encoder and decoder    min E_x loss(x, decoder(q(x)))
  regularisation   discriminator          tells codes q(x) from draws of the prior p
                   encoder, as generator  fools it
  classification   encoder                min -log q_y(x), on examples with a label; if asked for

At the end the codes of all data together, the aggregated posterior q(z) = E_x q(z|x), look like the
prior, so that decoding the prior makes data. A code may have several named parts, each with a
discriminator and a prior of its own, such as a class y and a style z.

Symbols: x data, z code, k the number of labels; a label of -1 is one that is not known.
"""

import abc

import keras
import numpy as np
import tensorflow as tf

from tfgan import images, replicas, rng
from tfgan.models import average, base, calling, fitting, players, precision, sampling

PHASES = ("autoencoder", "discriminator", "regularizer", "classifier")


class CodeMatchingAutoencoder(base.GenerativeModel):
    """What an adversarial and a PixelGAN autoencoder share.

    Args:
      encoder: functional `keras.Model`, "data" -> dict of codes, float32 `[batch, size]`, under
        the names of the prior's values.
      decoder: functional `keras.Model`; the codes are among its inputs.
      discriminator: functional `keras.Model`, the codes and, to be told the label, "label"
        (0..k - 1, and k for one that is not known) -> dict of float32 logits by code.
      prior: function (count, seed) -> dict of codes, see `tfgan.priors`.
      classes: int, the number of labels, if labels are used; the prior then has as many classes.
      category: str, the code that is a distribution over classes (a softmax), or None.
    Raises: ValueError, if the networks do not fit each other or the prior.
    """

    lowest_label = -1

    def __init__(
        self, encoder, decoder, discriminator, *, prior, classes=None, category=None, name
    ):
        super().__init__(name=name)
        fitting.check_codes(encoder, decoder, discriminator, prior)
        fitting.check_classes(discriminator, prior, classes, category)
        self.encoder = encoder
        self.decoder = decoder
        self.discriminator = discriminator
        self.average_encoder = average.averaged_copy(encoder)
        self.average_decoder = average.averaged_copy(decoder)
        self.prior = prior
        self.classes = classes
        self.category = category
        self.gradient_norms = False
        self.built = True

    def compile(
        self,
        loss,
        autoencoder_optimizer,
        discriminator_optimizer,
        regularizer_optimizer,
        classifier_optimizer=None,
        *,
        average_half_life=0.0,
        seed=0,
        jit_compile=None,
    ):
        """Says how the phases are trained.

        Args:
          loss: `losses.AdversarialLoss` of the codes; the prior is what is real.
          autoencoder_optimizer, discriminator_optimizer, regularizer_optimizer: Keras optimizers,
            one each.
          classifier_optimizer: Keras optimizer of the classification phase, or None for no such
            phase; it needs `classes` and `category`.
          average_half_life: float, of the running averages of encoder and decoder, in examples;
            0 for plain copies.
          seed: int, of every draw in training.
          jit_compile: bool, see the base class.
        Raises: ValueError for arguments out of range.
        """
        if average_half_life < 0:
            raise ValueError(f"average_half_life must be 0 or more; received {average_half_life}.")
        if classifier_optimizer is not None and not (self.classes and self.category):
            raise ValueError("classifier_optimizer needs a model with classes and a category.")
        given = [
            autoencoder_optimizer,
            discriminator_optimizer,
            regularizer_optimizer,
            classifier_optimizer,
        ]
        optimizers = {n: each for n, each in zip(PHASES, given, strict=True) if each is not None}
        if len(set(map(id, optimizers.values()))) < len(optimizers):
            raise ValueError("Each phase needs an optimizer of its own; received one for several.")
        super().compile(seed=seed, jit_compile=jit_compile)
        self.adversarial_loss = loss
        self.average_half_life = average_half_life
        networks = self.encoder, self.decoder, self.discriminator
        for phase, optimizer in optimizers.items():
            optimizer = precision.scaled(optimizer, networks, ())
            # Built now: inside a replica's step slots cannot be made.
            optimizer.build(self._variables(phase))
            setattr(self, f"{phase}_optimizer", optimizer)
        self.phases = tuple(optimizers)

    @property
    def players(self):
        """The phases with an optimizer each; three of them move the encoder, one after another."""
        return {
            phase: players.Player(self._variables(phase), getattr(self, f"{phase}_optimizer"))
            for phase in self.phases
        }

    @property
    def averaged(self):
        """Those of encoder and decoder."""
        return [(self.average_encoder, self.encoder), (self.average_decoder, self.decoder)]

    def train_step(self, batch):
        """Each phase once, in the order of the module's table.

        Args:
          batch: dict, `data` `[batch, ...]` (uint8 images or float32 points) and, if labels are
            used, int32 `label` `[batch]`, -1 where it is not known.
        Returns: dict of float32 scalars: reconstruction, d_loss, g_loss, d_real and d_fake (D of
          prior and codes), means over the code's parts, and, with the phase, classification.
        """
        batch = self._prepare(self.as_batch(batch))
        label = batch.get("label") if self.classes else None
        logs = self._move("autoencoder", lambda: self._reconstruct(batch))
        told = self._told(label)
        real = self._draw_prior(batch, label if told else None)
        fake = self._encode(batch, "discriminator's turn")
        logs |= self._move("discriminator", lambda: self._discriminate(real, fake, told))
        logs |= self._move("regularizer", lambda: self._regularize(batch, told))
        if "classifier" in self.phases:
            logs |= self._move("classifier", lambda: self._classify(batch, label))
        self.finish_step(rng.count(batch["data"]))
        return self.report(logs)

    def latents(self, seeds, *, label=None, truncation=None):
        """Codes of the prior for each seed, of the class that is its label, if labels are used.

        Args: as of `draw`.
        """
        return sampling.of_classes(self.prior, self.classes, seeds, label, truncation)

    def encode(self, data, *, raw_weights=False):
        """The parts of the code side by side, in the order of the prior.

        Args:
          data: raw data, NumPy `[n, ...]`.
          raw_weights: bool, the last weights instead of their running averages.
        Returns: float32 NumPy `[n, d]`.
        """
        network = self.encoder if raw_weights else self.average_encoder

        @tf.function(autograph=False)
        def encode(rows, numbers):
            del numbers
            codes = network({"data": images.to_float(rows)}, training=False)
            return tf.concat([codes[name] for name in self.prior.shapes], axis=1)

        return sampling.over(encode, data)

    def codes(self, data, *, raw_weights=False):
        """The parts of the code of data, as `encode`: dict of float32 NumPy `[n, size]` by name."""
        sizes = [size for (size,) in self.prior.shapes.values()]
        parts = np.split(self.encode(data, raw_weights=raw_weights), np.cumsum(sizes)[:-1], axis=1)
        return dict(zip(self.prior.shapes, parts, strict=True))

    @abc.abstractmethod
    def _reconstruction_loss(self, batch, codes):
        """How far a batch is from what its codes say of it: float32 `[batch]`."""

    def _prepare(self, batch):
        """The batch with what the phases need."""
        return {**batch, "data": images.to_float(batch["data"])}

    def _variables(self, phase):
        if phase == "autoencoder":
            return self.encoder.trainable_variables + self.decoder.trainable_variables
        if phase == "discriminator":
            return self.discriminator.trainable_variables
        if phase == "regularizer":
            return self.encoder.trainable_variables
        category = self.encoder.output[self.category]  # the other parts get no gradient
        return keras.Model(self.encoder.inputs, category).trainable_variables

    def _move(self, phase, objective):
        """One step of one phase; returns what to log."""
        logs, [gradient] = players.minimize(objective, self.players[phase])
        if self.gradient_norms:
            logs[f"{phase}_gradient_norm"] = tf.linalg.global_norm(replicas.total(gradient))
        return logs

    def _encode(self, batch, purpose):
        with rng.layer_seeds(self.stream(f"encoder, {purpose}")):
            codes = self.encoder({"data": batch["data"]}, training=True)
        return {name: tf.cast(code, tf.float32) for name, code in codes.items()}

    def _reconstruct(self, batch):
        codes = self._encode(batch, "reconstruction")
        with rng.layer_seeds(self.stream("decoder")):
            loss = tf.reduce_mean(self._reconstruction_loss(batch, codes))
        return [loss], {"reconstruction": loss}

    def _told(self, label):
        """The discriminator's label of each example: {"label": int32 `[batch]`}, or {}."""
        if "label" not in calling.input_names(self.discriminator):
            return {}
        return {"label": tf.where(label < 0, self.classes, label)}

    def _draw_prior(self, batch, label):
        """Draws of the prior, of the class of each example where the label is given and known."""
        count = rng.count(batch["data"])
        if label is None:
            return self.prior(count, self.stream("prior"))
        free = rng.categorical(self.stream("class of the prior"), count, self.classes)
        return self.prior.given(tf.where(label < 0, free, label), self.stream("prior"))

    def _logits(self, codes, told, purpose):
        with rng.layer_seeds(self.stream(f"discriminator, {purpose}")):
            return calling.call_network(self.discriminator, {**codes, **told}, training=True)

    def _discriminate(self, real, fake, told):
        real_logits = self._logits(real, told, "on the prior")
        fake_logits = self._logits(fake, told, "on codes")
        pair, parts = self.adversarial_loss, list(real_logits)
        each = [
            tf.reduce_mean(pair.discriminator(real_logits[part], fake_logits[part]))
            for part in parts
        ]
        loss = tf.add_n(each)
        return [loss], {
            "d_loss": loss / len(parts),
            "d_real": tf.reduce_mean([pair.score(real_logits[part]) for part in parts]),
            "d_fake": tf.reduce_mean([pair.score(fake_logits[part]) for part in parts]),
        }

    def _regularize(self, batch, told):
        logits = self._logits(self._encode(batch, "regularisation"), told, "regularisation")
        each = [
            # The prior's logits are constant for the encoder.
            tf.reduce_mean(self.adversarial_loss.generator(tf.zeros_like(fake), fake))
            for fake in logits.values()
        ]
        loss = tf.add_n(each)
        return [loss], {"g_loss": loss / len(each)}

    def _classify(self, batch, label):
        """The mean cross entropy of the examples of the global batch whose label is known."""
        belief = self._encode(batch, "classification")[self.category]
        is_known = tf.cast(label >= 0, tf.float32)
        truth = tf.one_hot(label, self.classes)
        each = -tf.reduce_sum(truth * tf.math.log(tf.maximum(belief, 1e-7)), axis=1)
        share = tf.maximum(replicas.mean(tf.reduce_mean(is_known)), 1e-7)
        loss = tf.reduce_mean(is_known * each) / share
        return [loss], {"classification": loss}
