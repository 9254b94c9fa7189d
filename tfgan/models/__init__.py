"""Training topologies, one a file: who plays, against whom, on what loss."""

from tfgan.models.autoregressive import Autoregressive
from tfgan.models.base import GenerativeModel
from tfgan.models.gan import GAN
from tfgan.models.pixel_vae import PixelVAE

__all__ = ["GAN", "Autoregressive", "GenerativeModel", "PixelVAE"]
