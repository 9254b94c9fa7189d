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
import functools

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, replicas, rng
from tfgan.models import average, base, calling, fitting, sampling, saving


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
    optional_players = ("classifier",)
    norm_names = {
        phase: f"{phase}_gradient_norm"
        for phase in ("autoencoder", "discriminator", "regularizer", "classifier")
    }

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
        self.built = True

    @saving.remembered
    def compile(self, loss, optimizers, **training):
        """Says how the phases are trained.

        Args:
          loss: `losses.AdversarialLoss` of the codes, or its name; the prior is what is real.
          optimizers: dict of Keras optimizers, their names or configs, one per phase:
            "autoencoder", "discriminator", "regularizer" and, where examples are classified,
            "classifier", which needs `classes` and `category`; or one name, for the first three.
          **training: as of `Trainable.compile`.
        Raises: ValueError for arguments out of range or of another kind.
        """
        classifies = isinstance(optimizers, dict) and optimizers.get("classifier") is not None
        if classifies and not (self.classes and self.category):
            raise ValueError("The player classifier needs a model with classes and a category.")
        self.adversarial_loss = losses.get(loss)
        super().compile(optimizers, **training)

    @property
    def networks(self):
        """Encoder, decoder and discriminator."""
        return {
            "encoder": self.encoder,
            "decoder": self.decoder,
            "discriminator": self.discriminator,
        }

    @property
    def player_variables(self):
        """Those of the phases; three of them move the encoder, one after another."""
        encoder = self.encoder.trainable_variables
        variables = {
            "autoencoder": encoder + self.decoder.trainable_variables,
            "discriminator": self.discriminator.trainable_variables,
            "regularizer": encoder,
        }
        if self.classes and self.category:
            category = self.encoder.output[self.category]  # the other parts get no gradient
            network = keras.Model(self.encoder.inputs, category)
            variables["classifier"] = network.trainable_variables
        return variables

    @property
    def averaged(self):
        """Those of encoder and decoder."""
        return [(self.average_encoder, self.encoder), (self.average_decoder, self.decoder)]

    def train_step(self, batch):
        """Each phase once, in the order of the module's table.

        Args:
          batch: dict, `data` `[batch, ...]` (raw, see `modality`) and, if labels are
            used, int32 `label` `[batch]`, -1 where it is not known.
        Returns: dict of float32 scalars: reconstruction, d_loss, g_loss, d_real and d_fake (D of
          prior and codes), means over the code's parts, and, with the phase, classification.
        """
        batch = self._prepare(self.as_batch(batch), self.learning)
        logs = {}
        for phase, given, objective in self._phases(batch, self.learning):
            logs |= self.minimize(objective, given(), phase)
        self.finish_step(rng.count(batch["data"]))
        return self.report(logs)

    def figures(self, batch, mode):
        """As `train_step`, each phase with the same weights."""
        phases = self._phases(self._prepare(batch, mode), mode)
        return {
            name: value
            for _, given, objective in phases
            for name, value in objective(given())[1].items()
        }

    def latents(self, seeds, *, truncation=None, **conditions):
        """Codes of the prior for each seed, of the class that is its label, if labels are used.

        Args: as of `draw`.
        """
        return sampling.of_classes(self.prior, self.classes, seeds, truncation, conditions)

    def encode(self, data):
        """The parts of the code side by side, in the order of the prior.

        Args:
          data: raw data, NumPy `[n, ...]`.
        Returns: float32 NumPy `[n, d]`.
        """
        network = self.in_use(self.encoder)

        @tf.function(autograph=False)
        def encode(rows, numbers):
            del numbers
            codes = network({"data": self.modality.to_float(rows)}, training=False)
            return tf.concat([codes[name] for name in self.prior.shapes], axis=1)

        return sampling.over(encode, data)

    @property
    def code_shapes(self):
        """Those of the prior."""
        return self.latent_shapes

    def codes(self, data):
        """The parts of the code of data, as `encode`: dict of float32 NumPy `[n, size]` by name."""
        sizes = [size for (size,) in self.prior.shapes.values()]
        parts = np.split(self.encode(data), np.cumsum(sizes)[:-1], axis=1)
        return dict(zip(self.prior.shapes, parts, strict=True))

    @abc.abstractmethod
    def _reconstruction_loss(self, batch, codes, training):
        """How far a batch is from what its codes say of it: float32 `[batch]`."""

    def _prepare(self, batch, mode):
        """The batch with what the phases need."""
        del mode
        return {**batch, "data": self.modality.to_float(batch["data"])}

    def _phases(self, batch, mode):
        """The phases in their order: tuples (name, function () -> rows, objective of rows).

        The rows of a phase are computed when its turn comes: by then the encoder has moved.
        """
        label = batch.get("label") if self.classes else None
        told = self._told(label)

        def codes():
            return {
                "real": self._draw_prior(batch, label if told else None, mode),
                "fake": self._encode(batch, "discriminator's turn", mode),
                "told": told,
            }

        def known():
            return {"batch": batch, "is_known": tf.cast(label >= 0, tf.float32)}

        phases = [
            ("autoencoder", lambda: batch, self._reconstruct),
            ("discriminator", codes, self._discriminate),
            ("regularizer", lambda: {"batch": batch, "told": told}, self._regularize),
        ]
        if "classifier" in self.compiled_players:
            share = tf.maximum(replicas.mean(tf.reduce_mean(known()["is_known"])), 1e-7)
            phases.append(("classifier", known, functools.partial(self._classify, share=share)))
        return [
            (name, given, functools.partial(objective, mode=mode))
            for name, given, objective in phases
        ]

    def _encode(self, batch, purpose, mode):
        with rng.layer_seeds(mode.stream(f"encoder, {purpose}")):
            codes = self.encoder({"data": batch["data"]}, training=mode.training)
        return {name: tf.cast(code, tf.float32) for name, code in codes.items()}

    def _reconstruct(self, batch, mode):
        codes = self._encode(batch, "reconstruction", mode)
        with rng.layer_seeds(mode.stream("decoder")):
            loss = tf.reduce_mean(self._reconstruction_loss(batch, codes, mode.training))
        return [loss], {"reconstruction": loss}

    def _told(self, label):
        """The discriminator's label of each example: {"label": int32 `[batch]`}, or {}."""
        if "label" not in calling.input_names(self.discriminator):
            return {}
        return {"label": tf.where(label < 0, self.classes, label)}

    def _draw_prior(self, batch, label, mode):
        """Draws of the prior, of the class of each example where the label is given and known."""
        count = rng.count(batch["data"])
        if label is None:
            return self.prior(count, mode.stream("prior"))
        free = rng.categorical(mode.stream("class of the prior"), count, self.classes)
        return self.prior.given(tf.where(label < 0, free, label), mode.stream("prior"))

    def _logits(self, codes, told, purpose, mode):
        with rng.layer_seeds(mode.stream(f"discriminator, {purpose}")):
            return calling.call_network(
                self.discriminator, {**codes, **told}, training=mode.training
            )

    def _discriminate(self, codes, mode):
        real_logits = self._logits(codes["real"], codes["told"], "on the prior", mode)
        fake_logits = self._logits(codes["fake"], codes["told"], "on codes", mode)
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

    def _regularize(self, given, mode):
        codes = self._encode(given["batch"], "regularisation", mode)
        logits = self._logits(codes, given["told"], "regularisation", mode)
        each = [
            # The prior's logits are constant for the encoder.
            tf.reduce_mean(self.adversarial_loss.generator(tf.zeros_like(fake), fake))
            for fake in logits.values()
        ]
        loss = tf.add_n(each)
        return [loss], {"g_loss": loss / len(each)}

    def _classify(self, rows, mode, share):
        """The mean cross entropy of the examples of the global batch whose label is known.

        `share` is how many of all these are.
        """
        belief = self._encode(rows["batch"], "classification", mode)[self.category]
        truth = tf.one_hot(rows["batch"]["label"], self.classes)
        each = -tf.reduce_sum(truth * tf.math.log(tf.maximum(belief, 1e-7)), axis=1)
        loss = tf.reduce_mean(rows["is_known"] * each) / share
        return [loss], {"classification": loss}
