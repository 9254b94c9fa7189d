"""Small models, not trained."""

import keras

from tfgan.models import GAN
from tfgan.networks import dcgan, mlp


def images(prior, classes=None):
    """Images of 8 x 8 from a vector of latents."""
    keras.utils.set_random_seed(0)
    [[name, [size]]] = prior.shapes.items()
    assert name == "latent"
    return GAN(
        dcgan.generator((8, 8, 1), size, classes=classes, width=2),
        dcgan.discriminator((8, 8, 1), classes=classes, width=2),
        prior=prior,
        classes=classes,
    )


def vivid(model):
    """The model, with weights that make its images differ."""
    for variable in model.generator.trainable_variables + model.discriminator.trainable_variables:
        variable.assign(variable * 8.0)
    return model


def points(prior):
    """Points in the plane from a vector of latents."""
    keras.utils.set_random_seed(0)
    [[_, [size]]] = prior.shapes.items()
    return GAN(
        mlp.generator((2,), size, widths=(8,)), mlp.discriminator((2,), widths=(8,)), prior=prior
    )
