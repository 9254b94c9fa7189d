"""Training topologies, one a file: who plays, against whom, on what loss."""

from tfgan.models import backend  # noqa: F401  first: refuses others than TensorFlow
from tfgan.models.adversarial_autoencoder import AdversarialAutoencoder
from tfgan.models.autoregressive import Autoregressive
from tfgan.models.base import GenerativeModel
from tfgan.models.decoder_likelihoods import AutoregressivePixels, BernoulliPixels, SquaredError
from tfgan.models.gan import GAN
from tfgan.models.rbm import RBM
from tfgan.models.vae import VAE

__all__ = [
    "AdversarialAutoencoder",
    "Autoregressive",
    "AutoregressivePixels",
    "BernoulliPixels",
    "GAN",
    "GenerativeModel",
    "RBM",
    "SquaredError",
    "VAE",
]
