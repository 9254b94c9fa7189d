"""The common part of autoencoders: encoder, decoder and the decoder's likelihood."""

from tfgan.models import base, ema


class Autoencoder(base.GenerativeModel):
    """An encoder and a decoder with running averages.

    Args:
      encoder: functional `keras.Model`, {"data"} -> dict of float32 `[batch, d]`.
      decoder: functional `keras.Model`; the codes are among its inputs.
      likelihood: `decoder_likelihoods.Likelihood`, p(x|z); its network, if there is one, is trained
        and averaged too.
    Raises: ValueError, if the networks do not fit each other.
    """

    def __init__(self, encoder, decoder, *, likelihood, name):
        super().__init__(name=name)
        self.sample_shape = likelihood.sample_shape(decoder)
        encoded = tuple(encoder.inputs[0].shape[1:])
        if encoded != self.sample_shape:
            raise ValueError(
                f"The decoder makes data of shape {self.sample_shape}; the encoder takes {encoded}."
            )
        self.likelihood = likelihood
        if likelihood.is_sequential:
            self.sampling_steps = self.sample_shape[0] * self.sample_shape[1]
        self.encoder = encoder
        self.decoder = decoder
        self.average_encoder = ema.averaged_copy(encoder)
        self.average_decoder = ema.averaged_copy(decoder)
        if likelihood.network is not None:
            self.network = likelihood.network
            self.average_network = ema.averaged_copy(likelihood.network)
        self.built = True

    @property
    def coders(self):
        """The encoder, the decoder and the likelihood's network, if there is one: dict by name."""
        names = ["encoder", "decoder", *(["network"] if self.likelihood.network else [])]
        return {name: getattr(self, name) for name in names}

    @property
    def networks(self):
        return self.coders

    @property
    def averaged(self):
        return [(getattr(self, f"average_{name}"), each) for name, each in self.coders.items()]

    @property
    def decoders(self):
        """The networks of p(x|z): list of the decoder and the likelihood's, if there is one."""
        return list(self.coders.values())[1:]

    @property
    def coder_variables(self):
        """The trainable variables of all coders: list."""
        return [v for network in self.coders.values() for v in network.trainable_variables]

    def sampling_network(self):
        """The network from codes to expected data; None where pixels are drawn one by one."""
        return self.likelihood.sampling_network(self.in_use(self.decoder))

    def draw(self, seeds, *, truncation=None, **conditions):
        """One sample per seed, in one pass or pixel by pixel, see `GenerativeModel.draw`."""
        if not self.likelihood.is_sequential:
            return super().draw(seeds, truncation=truncation, **conditions)
        inputs = self.latents(seeds, truncation=truncation, **conditions)
        codes = {name: inputs[name] for name in self.prior.shapes}
        decoders = [self.in_use(each) for each in self.decoders]
        data = self.likelihood.draw(decoders, codes, seeds, self.sample_shape)
        return {"data": data} | {name: inputs[name] for name in self.sampled_conditions}
