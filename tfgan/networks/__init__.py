"""Networks: functional builders, one architecture a file.

`<module>.generator(shape, latent_dim, *, classes=None, ...)` and
`<module>.discriminator(shape, *, classes=None, ...)` return a `keras.Model` whose inputs are a dict
of named tensors:

  generator       latent float32 `[batch, latent_dim]`, label int32 `[batch]`
                  -> data float32 `[batch, *shape]`
  discriminator   data float32 `[batch, *shape]`, label int32 `[batch]`
                  -> logits float32 `[batch, 1]`, before any sigmoid

`label`, in 0 .. classes - 1, is an input only if `classes` is given. `shape` is of one example:
(height, width, channels) for images in [-1, 1] or (size,) for points. A shape that an architecture
cannot make is a ValueError. Outputs are float32 under any precision policy.

A training step calls `layers.power_iteration(discriminator)` once before each update of the
discriminator, which is what normalization="spectral" needs, and has an `rng.layer_seeds` block
around its calls, which dropout needs.

Models that give a likelihood have networks of their own. `vae` has an encoder and a decoder. `made`
and `pixelcnn` take binary pixels, data float32 `[batch, height, width, 1]`, 0 or 1, to float32
logits of the same shape, each from the pixels before its own alone; `<module>.walk(network)` gives
the same logits one after another, as sampling needs them (`networks.walk`).
"""
