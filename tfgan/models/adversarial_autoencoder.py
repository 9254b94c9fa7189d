"""Autoencoders whose codes a discriminator pulls to a prior.

Three phases a step, each with an optimizer of its own:

  reconstruction   encoder and decoder    min E_x loss(x, decoder(q(x)))
  regularization   discriminator          tells codes q(x) from draws of the prior p
                   encoder, as generator  fools it
  classification   encoder                min -log q_y(x), on examples with a label; if asked for

At the end the codes of all data together, the aggregated posterior q(z) = E_x q(z|x), look like the
prior, so that decoding the prior makes data. A code may have several named parts, each with a
discriminator and a prior of its own, such as a class y and a style z.

Symbols: x data, z code, k the number of labels; a label of -1 is one that is not known.
"""

import functools

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, modalities, replicas, rng
from tfgan.models import autoencoder, checks, network_calls, sampling, saving
from tfgan.models.decoder_likelihoods import SquaredError


class AdversarialAutoencoder(autoencoder.Autoencoder):
    """An autoencoder whose codes look like draws of a prior.

    The reconstruction phase maximizes log p(x | q(x)) of its likelihood. What the papers build are
    values of the arguments:

      Makhzani et al., section 2  one code and its prior, the squared error
      section 2.3                 the discriminator is told the label
      section 5                   a class code and a style code, a category and a classification
      section 6                   the same without labels: the classes become clusters
      Makhzani & Frey             pixels drawn one after another (PixelGAN); the prior decides what
                                  the code says: a normal one the shape, a categorical one the class

    Args:
      encoder: functional `keras.Model`, "data" -> dict of codes, float32 `[batch, size]`, under
        the names of the prior's values; it sees float32 data, images gray in [-1, 1].
      decoder: functional `keras.Model`; the codes are among its inputs. It makes what the
        likelihood takes, such as float32 data `[batch, ...]`.
      discriminator: functional `keras.Model`, the codes and, to be told the label, "label"
        (0..k - 1, and k for one that is not known) -> dict of float32 logits by code.
      prior: function (count, seed) -> dict of codes, see `tfgan.priors`.
      likelihood: p(x|z): `SquaredError`, the default, `BernoulliPixels` or `AutoregressivePixels`.
      classes: int, the number of labels, if labels are used; the prior then has as many classes.
      category: str, the code that is a distribution over classes (a softmax), or None.
      modality: as of `GAN`.
    Raises: ValueError, if the networks do not fit each other or the prior.
    Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644; Makhzani & Frey 2017,
      https://arxiv.org/abs/1706.00531.
    Differs: the encoder of Makhzani & Frey sees binary pixels.
    """

    lowest_label = -1
    optional_players = ("classifier",)
    norm_names = {
        phase: f"{phase}_gradient_norm"
        for phase in ("autoencoder", "discriminator", "regularizer", "classifier")
    }

    def __init__(
        self,
        encoder,
        decoder,
        discriminator,
        *,
        prior,
        likelihood=None,
        classes=None,
        category=None,
        modality=None,
        name="adversarial_autoencoder",
    ):
        checks.check_codes(encoder, decoder, discriminator, prior)
        checks.check_classes(discriminator, prior, classes, category)
        super().__init__(encoder, decoder, likelihood=likelihood or SquaredError(), name=name)
        self.named_modality = modalities.resolve(modality, self.sample_shape)
        self.discriminator = discriminator
        self.prior, self.classes, self.category = prior, classes, category

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
        """The coders and the discriminator."""
        return {**self.coders, "discriminator": self.discriminator}

    @property
    def player_variables(self):
        """Those of the phases; three of them move the encoder, one after another."""
        encoder = self.encoder.trainable_variables
        variables = {
            "autoencoder": self.coder_variables,
            "discriminator": self.discriminator.trainable_variables,
            "regularizer": encoder,
        }
        if self.classes and self.category:
            category = self.encoder.output[self.category]  # the other parts get no gradient
            network = keras.Model(self.encoder.inputs, category)
            variables["classifier"] = network.trainable_variables
        return variables

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
        return sampling.class_conditional_inputs(
            self.prior, self.classes, seeds, truncation, conditions
        )

    def encode(self, data):
        """The parts of the code side by side, in the order of the prior.

        Args:
          data: raw data, NumPy `[n, ...]`.
        Returns: float32 NumPy `[n, d]`.
        """
        network = self.in_use(self.encoder)

        @tf.function(autograph=False)
        def encode(rows, _):
            codes = network({"data": self.modality.to_float(rows)}, training=False)
            return tf.concat([codes[name] for name in self.prior.shapes], axis=1)

        return sampling.map_in_batches(encode, data)

    @property
    def code_shapes(self):
        """Those of the prior."""
        return self.latent_shapes

    def codes(self, data):
        """The parts of the code of data, as `encode`: dict of float32 NumPy `[n, size]` by name."""
        sizes = [size for (size,) in self.prior.shapes.values()]
        parts = np.split(self.encode(data), np.cumsum(sizes)[:-1], axis=1)
        return dict(zip(self.prior.shapes, parts, strict=True))

    def log_prob(self, data, *, seed=0):
        """Raises ValueError: log p(x|z) is known, but no bound follows without a density q."""
        raise ValueError(
            "AdversarialAutoencoder has no log-likelihood: log p(x | z) is known for one code, and "
            "minus the reconstruction in the logs; but a bound on log p(x) also needs how far the "
            "codes are from the prior, which a discriminator alone knows. What there is: `tfgan "
            "evaluate --metrics=parzen`, an estimate from samples."
        )

    def _prepare(self, batch, mode):
        """The batch with what the phases need: the encoder's data, and what the decoder is of."""
        likelihood, raw = self.likelihood, batch["data"]
        return {
            **batch,
            "data": self.modality.to_float(raw),
            "observed": likelihood.observe(raw, self.modality, mode.stream(likelihood.purpose)),
        }

    def _phases(self, batch, mode):
        """The phases in their order: tuples (name, function () -> rows, objective of rows).

        The rows of a phase are computed when its turn comes: by then the encoder has moved.
        """
        label = batch.get("label") if self.classes else None
        told = self._told(label)

        def codes():
            return {
                "real": sampling.in_training(
                    self.prior, rng.count(batch["data"]), label if told else None, mode.stream
                ),
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
            each = self.likelihood.log_prob(self.decoders, codes, batch["observed"], mode.training)
        loss = -tf.reduce_mean(each)
        logs = {"reconstruction": loss}
        loss, logs = network_calls.regularized(loss, logs, self.coders.values())
        return [loss], logs

    def _told(self, label):
        """The discriminator's label of each example: {"label": int32 `[batch]`}, or {}."""
        if "label" not in network_calls.input_names(self.discriminator):
            return {}
        return {"label": tf.where(label < 0, self.classes, label)}

    def _logits(self, codes, told, purpose, mode):
        inputs = {**codes, **told}
        with rng.layer_seeds(mode.stream(f"discriminator, {purpose}")):
            return network_calls.call_network(self.discriminator, inputs, training=mode.training)

    def _discriminate(self, codes, mode):
        real_logits = self._logits(codes["real"], codes["told"], "on the prior", mode)
        added = network_calls.added_losses(self.discriminator)
        fake_logits = self._logits(codes["fake"], codes["told"], "on codes", mode)
        added += network_calls.added_losses(self.discriminator)
        pair, parts = self.adversarial_loss, list(real_logits)
        each = [
            tf.reduce_mean(pair.discriminator(real_logits[part], fake_logits[part]))
            for part in parts
        ]
        loss = tf.add_n(each)
        logs = {
            "d_loss": loss / len(parts),
            "d_real": tf.reduce_mean([pair.score(real_logits[part]) for part in parts]),
            "d_fake": tf.reduce_mean([pair.score(fake_logits[part]) for part in parts]),
        }
        networks, name = [self.discriminator], "d_regularization"
        loss, logs = network_calls.regularized(loss, logs, networks, added, name)
        return [loss], logs

    def _regularize(self, given, mode):
        # The spelling is part of the name of the random draws.
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
