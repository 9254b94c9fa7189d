"""Small models, not trained."""

from tfgan.models import GAN
from tfgan.networks import dcgan, mlp


def images(prior, classes=None):
    """Images of 8 x 8 from a vector of latents."""
    [[name, [size]]] = prior.shapes.items()
    assert name == "latent"
    return GAN(
        dcgan.generator((8, 8, 1), size, classes=classes, width=2),
        dcgan.discriminator((8, 8, 1), classes=classes, width=2),
        prior=prior,
        classes=classes,
    )


def points(prior):
    """Points in the plane from a vector of latents."""
    [[_, [size]]] = prior.shapes.items()
    return GAN(
        mlp.generator((2,), size, widths=(8,)), mlp.discriminator((2,), widths=(8,)), prior=prior
    )
