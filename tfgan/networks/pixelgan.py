"""The decoder of a PixelGAN autoencoder: a gated PixelCNN with a code as its condition.

Source: Makhzani & Frey 2017, https://arxiv.org/abs/1706.00531, section 2.
"""

import keras

from tfgan.networks import conditioning, pixelcnn


def decoder(shape, sizes, *, features=32, location_dependent=False, **pixels):
    """Binary pixels and their code to a logit per pixel, from the code and the preceding pixels.

    Args:
      shape: (height, width, 1).
      sizes: dict, the size of each part of the code by name.
      features: int, channels of the PixelCNN's condition.
      location_dependent: bool, one bias per position; else one per channel.
      **pixels: `width`, `depth`, `kernel_size` and `dropout` of `pixelcnn.gated`.
    Returns: keras.Model, {"data", and the codes by name} -> float32 logits of the shape of "data".
    """
    network = pixelcnn.gated(shape, features=features, **pixels)
    data = keras.Input(shape, name="data")
    tensors = {name: keras.Input((size,), name=name) for name, size in sizes.items()}
    code = conditioning.joined(tensors)
    height, width, _ = shape
    if location_dependent:
        x = keras.layers.Dense(height * width * features)(code)
        x = keras.layers.Reshape((height, width, features), name="features")(x)
    else:
        x = keras.layers.Reshape((1, 1, features))(keras.layers.Dense(features)(code))
        x = keras.layers.UpSampling2D((height, width), name="features")(x)
    logits = network({"data": data, "features": x})
    return keras.Model({"data": data, **tensors}, logits, name="decoder")


def cached_sampler(decoder, codes):
    """The `CachedSampler` of a decoder's images, given their codes: dict of float32 `[n, size]`."""
    inputs = {tensor.name: tensor for tensor in decoder.inputs if tensor.name in codes}
    condition = keras.Model(inputs, decoder.get_layer("features").output)
    features = condition({name: codes[name] for name in inputs})
    return pixelcnn.cached_sampler(decoder.get_layer("gated_pixelcnn"), {"features": features})
