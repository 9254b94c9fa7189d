"""SAGAN: residual networks with self-attention and spectral normalization in both players.

The networks of `resnet` with one attention block each; in the generator the label decides the gains
and biases of batch normalization, in the discriminator it enters by projection. With `width=64`,
128x128 images and 1,000 classes they are those of the paper.

Images of any height and width that are multiples of 4: 28x28 starts at 7x7 and is doubled twice.
By default the attention has the largest maps of at most 32 places per side and of at most half the
image: 32x32 for 128x128, 16x16 for 32x32, 14x14 for 28x28.

Source: Zhang et al. 2018, https://arxiv.org/abs/1805.08318, section 3 and the authors' code.
Differs: initial kernels have the ranges of `resnet`; spectral normalization cancels them.

>>> from tfgan.networks import sagan
>>> sagan.generator((28, 28, 1), latent_dim=5, classes=10, width=8).output_shape
(None, 28, 28, 1)
"""

from tfgan.networks import resnet


def generator(shape, latent_dim, *, classes=None, width=64, attention=None, modality=None):
    """Latents to images.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent.
      classes: int, the number of labels, or None.
      width: int, filters of the block of the finest size; they double at each coarser one.
      attention: int, see `self_attention.side`, whose largest is 32.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    """
    options = {"width": width, "attention": attention, "spectral": True, "modality": modality}
    class_norm = classes is not None
    return resnet.generator(shape, latent_dim, classes=classes, class_norm=class_norm, **options)


def discriminator(shape, *, classes=None, width=64, attention=None):
    """Images to logits.

    Args:
      shape, classes, attention: see `generator`.
      width: int, filters of the first block; they double at each coarser one.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    """
    return resnet.discriminator(shape, classes=classes, width=width, attention=attention)
