"""StyleGAN2: a generator whose layers are scaled by styles, against a residual discriminator.

A mapping network turns a latent into a style w; the synthesis network starts from a learned
constant and doubles the size in stages. Each of its layers is a convolution that a linear function
of w modulates, and adds noise; each stage adds its own image to the doubled one of the stage
before. The discriminator halves the image in residual stages, or plain ones (`residual=False`).

With `latent_dim=512`, `width` w and `mapping_layers` m they are the networks of the paper and of
its authors' later settings:

  pixels       1024     512      256      128      64       32, CIFAR-10
  w            32       64       64       128      256      512, residual=False
  m            8        8        8        2        2        2

A stage has min(w 2^k, `max_width`) features, k halvings below the full size. Halvings go on until
a side is 4 or less, and round up: 28, 14, 7, 4. Where a double is too large, the generator crops
the last row or column, and the discriminator adds zeros there.

Sources: Karras et al. 2020, https://arxiv.org/abs/1912.04958, sections 2 and 4; Karras et al. 2019,
https://arxiv.org/abs/1812.04948, the mapping network; written from their formulas.
Differs: groups of consecutive examples in the minibatch deviation.

>>> from tfgan.networks import stylegan2
>>> network = stylegan2.generator((8, 8, 3), latent_dim=5, width=2, mapping_layers=1)
>>> {name: output.shape for name, output in network.output.items()}
{'data': (None, 8, 8, 3), 'styles': (None, 6, 5)}
"""

import math

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes

_SLOW = 0.01  # the rate multiplier of mapping networks
_LABEL_LAYERS = 8  # of the discriminator's mapping network


def generator(
    shape,
    latent_dim,
    *,
    classes=None,
    width=64,
    max_width=512,
    mapping_layers=8,
    style_mixing=0.9,
    truncated_layers=None,
    modality=None,
):
    """Latents and noise to images.

    Args:
      shape: (height, width, channels), sides of 4 or more.
      latent_dim: int, size of a latent and of a style.
      classes: int, the number of labels, or None; an embedding of a label is joined to the latent.
      width: int, features at the full size.
      max_width: int, features at most.
      mapping_layers: int, 1 or more, dense layers from latents to styles.
      style_mixing: float from 0 to 1, the share of training passes with two styles, see
        `layers.Styles`.
      truncated_layers: int, the layers that psi changes, from the coarsest; None for all.
      modality: `Modality` or its kind, for the last activation; none for images, as in the paper.
    Returns: keras.Model, {"latent", "noise", "psi", "label"} -> {"data": float32
      `[batch, *shape]`, images in [-1, 1], which single pixels may leave; "styles": float32
      `[batch, layers, latent_dim]`}. noise is int32 `[batch, 2]`, see `layers.NoiseMap`, psi
      `[batch, 1]` the truncation of the style.
    """
    sides = shapes.halved_sides(shape, "stylegan2")
    count = len(sides) - 1
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    tensors["noise"] = keras.Input((2,), dtype="int32", name="noise")
    tensors["psi"] = keras.Input((1,), name="psi")
    styles = _styles(
        tensors, classes, mapping_layers, style_mixing, 2 * count + 2, truncated_layers
    )
    of_layers = iter(keras.ops.unstack(styles, axis=1))
    x = layers.LearnedConstant((*sides[-1], _width(width, max_width, count)))(styles)
    x = _modulated(x, next(of_layers), tensors["noise"], x.shape[-1])
    style = next(of_layers)
    image = _image(x, style, shape[-1])
    for stage in reversed(range(count)):
        filters = _width(width, max_width, stage)
        x = _modulated(x, style, tensors["noise"], filters, doubled_to=sides[stage])
        x = _modulated(x, next(of_layers), tensors["noise"], filters)
        style = next(of_layers)
        image = _cropped(layers.Upsample2D(dtype="float32")(image), sides[stage])
        image = keras.layers.Add(dtype="float32")([image, _image(x, style, shape[-1])])
    last = modalities.resolve(modality, shape).output_activation
    if last != "tanh":
        image = keras.layers.Activation(last, dtype="float32")(image)
    return keras.Model(tensors, {"data": image, "styles": styles}, name="generator")


def discriminator(shape, *, classes=None, width=64, max_width=512, residual=True, group_size=4):
    """Images to logits.

    Args:
      shape: (height, width, channels), sides of 4 or more.
      classes: int, the number of labels, or None; the logit is then the inner product of the
        features with those of the label by a mapping network of its own, over sqrt(features).
      width: int, features at the full size.
      max_width: int, features at most.
      residual: bool, whether a stage adds a 1x1 convolution of its input.
      group_size: int, examples that `layers.MinibatchStdDev` compares.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    """
    count = len(shapes.halved_sides(shape, "stylegan2")) - 1
    tensors = conditioning.inputs("data", shape, classes)
    x = _convolution(_width(width, max_width, 0), 1)(tensors["data"])
    for stage in range(count):
        x = _halving(x, _width(width, max_width, stage + 1), residual)
    x = layers.MinibatchStdDev(group_size)(x)
    filters = _width(width, max_width, count)
    x = _convolution(filters, 3)(x)
    x = keras.layers.Flatten()(x)
    x = layers.EqualizedDense(filters, layers.scaled_leaky_relu, dtype="float32")(x)
    if classes is None:
        return keras.Model(
            tensors, layers.EqualizedDense(1, dtype="float32")(x), name="discriminator"
        )
    features = layers.EqualizedDense(filters, dtype="float32")(x)
    mapping = [_mapping_layer(filters) for _ in range(_LABEL_LAYERS)]
    label = _through(mapping, _embedded(tensors["label"], classes, filters))
    score = keras.layers.Dot(axes=1, dtype="float32")([features, label])
    logits = keras.layers.Rescaling(1.0 / math.sqrt(filters), dtype="float32")(score)
    return keras.Model(tensors, logits, name="discriminator")


def _width(width, largest, halvings):
    return min(width << halvings, largest)


def _styles(tensors, classes, depth, mixing, count, truncated_layers):
    """The styles of all layers."""
    latent, label = tensors["latent"], []
    if classes:
        label = [_embedded(tensors["label"], classes, latent.shape[-1])]
    mapping = [_mapping_layer(latent.shape[-1]) for _ in range(depth)]

    def mapped(latent):
        x = layers.UnitSquares(dtype="float32")(latent)
        x = keras.layers.Concatenate(dtype="float32")([x, *label]) if label else x
        return _through(mapping, x)

    styles = [mapped(latent), tensors["psi"]]
    if mixing:
        styles.append(mapped(layers.SecondLatent(name="second_latent")(latent)))
    make = layers.Styles(count, mixing, truncated_layers, name="styles", dtype="float32")
    return make(styles)


def _mapping_layer(size):
    return layers.EqualizedDense(
        size, layers.scaled_leaky_relu, rate_multiplier=_SLOW, dtype="float32"
    )


def _through(sequence, x):
    for layer in sequence:
        x = layer(x)
    return x


def _embedded(label, classes, size):
    x = layers.EqualizedDense(size, dtype="float32")(keras.ops.one_hot(label, classes))
    return layers.UnitSquares(dtype="float32")(x)


def _modulated(x, style, noise, filters, doubled_to=None):
    """A layer of the synthesis: modulated convolution, noise, activation."""
    scales = layers.EqualizedDense(x.shape[-1], bias=1.0)(style)
    x = layers.ModulatedConv2D(filters, 3, up=bool(doubled_to))([x, scales])
    if doubled_to:
        x = _cropped(x, doubled_to)
    sides = "x".join(map(str, x.shape[1:3]))
    x = layers.NoiseMap(name=f"noise_{sides}_{'up' if doubled_to else 'same'}")([x, noise])
    return keras.layers.Activation(layers.scaled_leaky_relu)(x)


def _cropped(x, sides):
    """x without the last row or column that are too many."""
    excess = [(0, have - want) for have, want in zip(x.shape[1:3], sides, strict=True)]
    return keras.layers.Cropping2D(excess, dtype=x.dtype)(x) if any(map(any, excess)) else x


def _image(x, style, channels):
    scales = layers.EqualizedDense(x.shape[-1], bias=1.0)(style)
    return layers.ModulatedConv2D(channels, 1, demodulate=False, dtype="float32")([x, scales])


def _convolution(filters, kernel_size, down=False):
    return layers.EqualizedConv2D(filters, kernel_size, layers.scaled_leaky_relu, down=down)


def _halving(x, filters, residual):
    odd = [(0, side % 2) for side in x.shape[1:3]]
    if any(map(any, odd)):
        x = keras.layers.ZeroPadding2D(odd)(x)
    y = _convolution(x.shape[-1], 3)(x)
    y = _convolution(filters, 3, down=True)(y)
    if not residual:
        return y
    shortcut = layers.EqualizedConv2D(filters, 1, use_bias=False)(layers.Downsample2D()(x))
    return keras.layers.Rescaling(math.sqrt(0.5))(keras.layers.Add()([y, shortcut]))
