"""What a GAN estimates from data: the codes of its prior, and the class."""

import numpy as np
import tensorflow as tf

from tfgan import priors
from tfgan.models import gan_objectives, network_calls, sampling

_LABEL = "label"  # the output of a discriminator with one logit per label


class GANCodes(gan_objectives.GANObjectives):
    """The estimates of an encoder, or of a discriminator of data alone; see `gan.GAN`.

    An output with the name of a latent estimates it. An output `label` of the discriminator with
    one logit per label is a classifier.
    """

    @property
    def code_shapes(self):
        """The shapes of the latents that outputs of a network estimate, by name."""
        outputs = self._estimates.keys() | set(self._encoded)
        return {name: shape for name, shape in self.latent_shapes.items() if name in outputs}

    @property
    def category(self):
        """The output that is a distribution over labels, or else over classes of a latent."""
        if self.classifies_labels:
            return _LABEL
        parts = getattr(self.prior, "priors", (self.prior,))
        names = {part.name for part in parts if isinstance(part, priors.Categorical)}
        return next((name for name in self.code_shapes if name in names), None)

    @property
    def classifies_labels(self):
        logits = self._estimates.get(_LABEL)
        # A conditional game may have other logits there, such as two per label.
        return logits is not None and self.classes in (None, logits.shape[-1])

    def codes(self, data):
        """Estimates of codes: dict of float32 NumPy `[n, size]`, of a class the probabilities."""
        if not self.code_shapes:
            return super().codes(data)
        codes = {name: self._estimate(name, data) for name in self.code_shapes}
        classes = [name for name in [self.category] if name in codes.keys() - set(self._encoded)]
        return codes | {name: np.asarray(tf.nn.softmax(codes[name])) for name in classes}

    def encode(self, data):
        """The codes of an encoder in the order of the prior, concatenated: float32 `[n, d]`."""
        if not self.has_encoder:
            return super().encode(data)

        def encode(rows, _):
            codes = self.encoded(rows).values()
            return tf.concat([tf.reshape(code, [tf.shape(code)[0], -1]) for code in codes], axis=1)

        return sampling.map_in_batches(encode, data)

    def encoded(self, rows):
        if not self.has_encoder:
            return {}
        inputs = {"data": self.modality.to_float(rows)}
        return {
            name: tf.cast(self._encoder(name)(inputs, training=False), tf.float32)
            for name in self._encoded
        }

    @property
    def has_encoder(self):
        return bool(self._encoded) and len(self._encoded) == len(self.latent_shapes)

    def classify(self, data):
        if self.category != _LABEL:
            return super().classify(data)
        return np.asarray(tf.nn.softmax(self._estimate(_LABEL, data)))

    @property
    def _encoded(self):
        """The latents that the generator's encoder makes from data: list of str."""
        network = self._functional.generator
        if "data" not in network_calls.input_names(network):
            return []
        return [name for name in self.latent_shapes if name in network.output]

    @property
    def _estimates(self):
        """The outputs of a discriminator of data alone, by name; {} of another one."""
        network = self._functional.discriminator
        if network_calls.input_names(network) != ["data"]:
            return {}
        return network_calls.named_outputs(network.output, "logits")

    def _estimate(self, name, data):
        if name in self._encoded:
            network = self._encoder(name)
        else:
            network = network_calls.with_one_output(self._functional.discriminator, name)
        rows = {"data": np.asarray(self.modality.to_float(tf.constant(data)))}
        return sampling.generate_in_batches(network, rows)

    def _encoder(self, name):
        """The network from data to a code."""
        return network_calls.part(self.in_use(self._functional.generator), ["data"], name)
