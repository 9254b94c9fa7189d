"""Autoencoders whose codes a discriminator matches to a prior.

Each step has three phases, each with its own optimizer:

  reconstruction   encoder and decoder    min E_x loss(x, decoder(q(x)))
  regularization   discriminator          classifies codes q(x) against draws of the prior p
                   encoder                the generator of that game
  classification   encoder                min -log q_y(x) on examples with a label; optional

At the optimum the aggregated posterior q(z) = E_x q(z|x) equals the prior, so that decoding draws
of the prior gives data. A code may have several named parts, such as a class y and a style z, each
with a discriminator and a prior of its own.

Symbols: x data, z code, k the number of labels; -1 is the label of an unlabeled example.
"""

import functools

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, modalities, replicas, rng
from tfgan.models import autoencoder, checks, network_calls, sampling, saving
from tfgan.models.decoder_likelihoods import SquaredError


class AdversarialAutoencoder(autoencoder.Autoencoder):
    """An autoencoder whose codes are distributed as a prior.

    The reconstruction phase maximizes log p(x | q(x)) of the likelihood. The models of the papers
    are values of the arguments:

      Makhzani et al., section 2  one code and its prior, the squared error
      section 2.3                 the discriminator has the label as an input
      section 5                   a class code and a style code, a category and a classification
      section 6                   the same without labels: the classes become clusters
      Makhzani & Frey             autoregressive pixels (PixelGAN); with a normal prior the code
                                  holds the shape, with a categorical one the class

    Args:
      encoder: functional `keras.Model`, "data" -> dict of codes, float32 `[batch, size]`, under
        the names of the prior's values; its data are float32, images gray in [-1, 1].
      decoder: functional `keras.Model`; the codes are among its inputs. Its output is an input of
        the likelihood, such as float32 data `[batch, ...]`.
      discriminator: functional `keras.Model`, the codes and, optionally, "label" (0..k - 1, and k
        for an unlabeled example) -> dict of float32 logits by code.
      prior: function (count, seed) -> dict of codes, see `tfgan.priors`.
      likelihood: p(x|z): `SquaredError`, the default, `BernoulliPixels` or `AutoregressivePixels`.
      classes: int, the number of labels, if labels are used; the prior has as many classes.
      category: str, the code that is a distribution over classes (a softmax), or None.
      modality: see `GAN`.
    Raises: ValueError, if the networks do not fit each other or the prior.
    Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644; Makhzani & Frey 2017,
      https://arxiv.org/abs/1706.00531.
    Differs: the encoder of Makhzani & Frey reads binary pixels.
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

    @saving.records_arguments
    def compile(self, loss, optimizers, **training):
        """Configures training of the phases.

        Args:
          loss: `losses.AdversarialLoss` of the codes, or its name; draws of the prior are real.
          optimizers: dict of Keras optimizers, their names or configs, one per phase:
            "autoencoder", "discriminator", "regularizer" and, optionally, "classifier", which needs
            `classes` and `category`; or one name, for the first three.
          **training: see `Trainable.compile`.
        """
        classifies = isinstance(optimizers, dict) and optimizers.get("classifier") is not None
        if classifies and not (self.classes and self.category):
            raise ValueError("The player classifier needs a model with classes and a category.")
        self.adversarial_loss = losses.get(loss)
        super().compile(optimizers, **training)

    @property
    def networks(self):
        return {**self.coders, "discriminator": self.discriminator}

    @property
    def player_variables(self):
        """Those of the phases; three of them move the encoder in turn."""
        variables = {
            "autoencoder": self.coder_variables,
            "discriminator": self.discriminator.trainable_variables,
            "regularizer": self.encoder.trainable_variables,
        }
        if self.classes and self.category:  # the other parts of the code get no gradient
            classifier = keras.Model(self.encoder.inputs, self.encoder.output[self.category])
            variables["classifier"] = classifier.trainable_variables
        return variables

    def train_step(self, batch):
        """Each phase once, in the order of the module's table.

        Args:
          batch: dict, `data` `[batch, ...]` (raw, see `modality`) and, if labels are used, int32
            `label` `[batch]`, -1 for an unlabeled example.
        Returns: dict of float32 scalars: reconstruction, d_loss, g_loss, d_real and d_fake (D of
          prior and codes), means over the code's parts, and, with the phase, classification.
        """
        batch = self._prepare(self.as_batch(batch), self.training_mode)
        logs = {}
        for phase, inputs, objective in self._phases(batch, self.training_mode):
            logs |= self.minimize(objective, inputs(), phase)
        self.finish_step(rng.count(batch["data"]))
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`, each phase with the same weights."""
        logs = {}
        for _, inputs, objective in self._phases(self._prepare(batch, mode), mode):
            logs |= objective(inputs())[1]
        return logs

    def latents(self, seeds, *, truncation=None, **conditions):
        """One draw of the prior per seed, from the class of its label if labels are used."""
        return sampling.class_conditional_inputs(
            self.prior, self.classes, seeds, truncation, conditions
        )

    def encode(self, data):
        """The parts of the code in the order of the prior, concatenated: float32 `[n, d]`."""

        @tf.function(autograph=False)
        def encode(rows, _):
            return tf.concat(list(self.encoded(rows).values()), axis=1)

        return sampling.map_in_batches(encode, data)

    def encoded(self, rows):
        network = self.in_use(self.encoder)
        codes = network({"data": self.modality.to_float(rows)}, training=False)
        return {name: tf.cast(codes[name], tf.float32) for name in self.prior.shapes}

    @property
    def code_shapes(self):
        return self.latent_shapes

    def codes(self, data):
        """The parts of the code: dict of float32 NumPy `[n, size]` by name, see `encode`."""
        sizes = [size for (size,) in self.prior.shapes.values()]
        parts = np.split(self.encode(data), np.cumsum(sizes)[:-1], axis=1)
        return dict(zip(self.prior.shapes, parts, strict=True))

    def log_prob(self, data, *, seed=0):
        """Raises ValueError: log p(x|z) is known, but no bound follows without a density q."""
        self.check_density()

    def check_density(self):
        raise ValueError(
            "AdversarialAutoencoder has no log-likelihood, as a discriminator does not give the "
            "divergence between codes and prior; `tfgan evaluate --metrics=parzen` estimates one "
            "from samples."
        )

    def _prepare(self, batch, mode):
        """The batch with float `data` for the encoder and `observed`, the decoder's target."""
        likelihood, raw = self.likelihood, batch["data"]
        observed = likelihood.observe(raw, self.modality, mode.stream(likelihood.purpose))
        return {**batch, "data": self.modality.to_float(raw), "observed": observed}

    def _phases(self, batch, mode):
        """The phases in their order: tuples (name, function () -> inputs, objective of inputs).

        The inputs are computed when the phase begins, after the encoder has moved in others.
        """
        label = batch.get("label") if self.classes else None
        condition = self._condition(label)

        def prior_and_codes():
            count = rng.count(batch["data"])
            real_label = label if condition else None
            return {
                "real": sampling.training_latents(self.prior, count, real_label, mode.stream),
                "fake": self._encode(batch, "discriminator's turn", mode),
                "condition": condition,
            }

        phases = [
            ("autoencoder", lambda: batch, self._reconstruct),
            ("discriminator", prior_and_codes, self._discriminate),
            ("regularizer", lambda: {"batch": batch, "condition": condition}, self._regularize),
        ]
        if "classifier" in self.compiled_players:
            is_labeled = tf.cast(label >= 0, tf.float32)
            share = tf.maximum(replicas.mean(tf.reduce_mean(is_labeled)), 1e-7)
            inputs = {"batch": batch, "is_labeled": is_labeled}
            classify = functools.partial(self._classify, share=share)
            phases.append(("classifier", lambda: inputs, classify))
        return [
            (name, inputs, functools.partial(objective, mode=mode))
            for name, inputs, objective in phases
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
        loss, logs = network_calls.regularized(loss, {"reconstruction": loss}, self.coders.values())
        return [loss], logs

    def _condition(self, label):
        """The discriminator's label of each example: {"label": int32 `[batch]`}, or {}."""
        if "label" not in network_calls.input_names(self.discriminator):
            return {}
        return {"label": tf.where(label < 0, self.classes, label)}

    def _logits(self, codes, condition, purpose, mode):
        inputs = {**codes, **condition}
        with rng.layer_seeds(mode.stream(f"discriminator, {purpose}")):
            return network_calls.call_network(self.discriminator, inputs, training=mode.training)

    def _discriminate(self, inputs, mode):
        real, fake, condition = inputs["real"], inputs["fake"], inputs["condition"]
        real_logits = self._logits(real, condition, "on the prior", mode)
        added = network_calls.added_losses(self.discriminator)
        fake_logits = self._logits(fake, condition, "on codes", mode)
        added += network_calls.added_losses(self.discriminator)
        game = self.adversarial_loss
        each = [
            tf.reduce_mean(game.discriminator(logits, fake_logits[part]))
            for part, logits in real_logits.items()
        ]
        loss = tf.add_n(each)
        logs = {
            "d_loss": loss / len(each),
            "d_real": tf.reduce_mean([game.score(logits) for logits in real_logits.values()]),
            "d_fake": tf.reduce_mean([game.score(fake_logits[part]) for part in real_logits]),
        }
        networks, name = [self.discriminator], "d_regularization"
        loss, logs = network_calls.regularized(loss, logs, networks, added, name)
        return [loss], logs

    def _regularize(self, inputs, mode):
        # Runs of the first releases resume bit for bit with this name of the streams.
        codes = self._encode(inputs["batch"], "regularisation", mode)
        logits = self._logits(codes, inputs["condition"], "regularisation", mode)
        each = [
            # The prior's logits are constant for the encoder.
            tf.reduce_mean(self.adversarial_loss.generator(tf.zeros_like(fake), fake))
            for fake in logits.values()
        ]
        loss = tf.add_n(each)
        return [loss], {"g_loss": loss / len(each)}

    def _classify(self, inputs, mode, share):
        """The mean cross-entropy over the labeled part of the global batch."""
        batch = inputs["batch"]
        predicted = self._encode(batch, "classification", mode)[self.category]
        truth = tf.one_hot(batch["label"], self.classes)
        each = -tf.reduce_sum(truth * tf.math.log(tf.maximum(predicted, 1e-7)), axis=1)
        loss = tf.reduce_mean(inputs["is_labeled"] * each) / share
        return [loss], {"classification": loss}
