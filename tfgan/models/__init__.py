"""Training topologies, one per file: the players and their losses.

>>> from tfgan import models, priors
>>> from tfgan.networks import mlp
>>> networks = mlp.generator((2,), 4, widths=(8,)), mlp.discriminator((2,), widths=(8,))
>>> model = models.GAN(*networks, prior=priors.Normal(4))
>>> model.sample_shape, list(model.networks)
((2,), ['generator', 'discriminator'])
"""

from tfgan.models import backend  # noqa: F401  first: refuses others than TensorFlow
from tfgan.models.adversarial_autoencoder import AdversarialAutoencoder
from tfgan.models.autoregressive import Autoregressive
from tfgan.models.base import GenerativeModel
from tfgan.models.cut import CUT
from tfgan.models.cycle_gan import CycleGAN
from tfgan.models.decoder_likelihoods import AutoregressivePixels, BernoulliPixels, SquaredError
from tfgan.models.gan import GAN
from tfgan.models.rbm import RBM
from tfgan.models.scheduled_adam import ScheduledAdam
from tfgan.models.translation import Translator
from tfgan.models.vae import VAE

__all__ = [
    "AdversarialAutoencoder", "Autoregressive", "AutoregressivePixels", "BernoulliPixels",
    "CUT", "CycleGAN", "GAN", "GenerativeModel", "RBM", "ScheduledAdam", "SquaredError",
    "Translator", "VAE",
]  # fmt: skip
