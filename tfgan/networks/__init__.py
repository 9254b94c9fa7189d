"""Networks: functional builders, one architecture per file.

`<module>.generator(shape, latent_dim, *, classes=None, ...)` and
`<module>.discriminator(shape, *, classes=None, ...)` return a `keras.Model` whose inputs are a dict
of named tensors:

  generator       latent float32 `[batch, latent_dim]`, label int32 `[batch]`
                  -> data float32 `[batch, *shape]`
  discriminator   data float32 `[batch, *shape]`, label int32 `[batch]`
                  -> logits float32 `[batch, 1]`, before any sigmoid

`label`, in 0 .. classes - 1, is an input only if `classes` is given. `shape` is that of one
example: (height, width, channels) for images in [-1, 1], (size,) for points. A shape that an
architecture does not support, or an argument out of range, is a ValueError. Outputs are float32
under every precision policy. The last activation is tanh for images, except in `r3gan`, and
linear for points and latents.

A training step calls `layers.power_iteration(discriminator)` once before each update of the
discriminator, for normalization="spectral", and encloses its calls in `rng.layer_seeds`, for
dropout.

Networks of image translation have no latent. `unet.generator(shape, source_shape, ...)` and
`residual.generator` map source float32 `[batch, height, width, channels]` to data, the U-Net with
noise int32 `[batch, 2]` as an input for its dropout; `patchgan.discriminator` maps data, and source
if `source_shape` is given, to logits `[batch, h, w, 1]`, one per patch. They are convolutional:
`resized(network, height, width)` is a copy for images of another size, or of any.

Likelihood models have other networks. `vae` has an encoder and a decoder. `made` and `pixelcnn` map
binary pixels, data float32 `[batch, height, width, 1]`, 0 or 1, to float32 logits of the same
shape, each computed from the preceding pixels alone; `<module>.cached_sampler(network)` computes
the same logits one at a time, for sampling.

>>> from tfgan.networks import dcgan
>>> dcgan.generator((8, 8, 3), latent_dim=5, width=4).output_shape
(None, 8, 8, 3)
>>> dcgan.discriminator((8, 8, 3), classes=10, width=4).output_shape
(None, 1)
"""

from tfgan.networks.resizing import resized

__all__ = ["resized"]
