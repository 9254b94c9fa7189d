"""Training topologies, one a file: who plays, against whom, on what loss."""

from tfgan.models.adversarial_autoencoder import AdversarialAutoencoder
from tfgan.models.base import GenerativeModel
from tfgan.models.gan import GAN

__all__ = ["AdversarialAutoencoder", "GAN", "GenerativeModel"]
