"""The decoder of a PixelGAN autoencoder: a gated PixelCNN that is told a code.

Source: Makhzani & Frey 2017, https://arxiv.org/abs/1706.00531, section 2.
"""

import keras

from tfgan.networks import pixelcnn


def decoder(shape, sizes, *, features=32, location_dependent=False, **pixels):
    """Binary pixels and their code to a logit for each pixel, from the code and the pixels before.

    Args:
      shape: (height, width, 1).
      sizes: dict, numbers of each part of the code by name.
      features: int, channels in which the PixelCNN is told the code.
      location_dependent: bool: the code says the same at every place, a bias of each channel, or something
        else at each.
      **pixels: `width`, `depth`, `kernel_size` and `dropout` of `pixelcnn.gated`.
    Returns: keras.Model, {"data", and the codes by name} -> float32 logits of the shape of "data".
    Raises: ValueError for a shape that is not of one channel.
    """
    network = pixelcnn.gated(shape, features=features, **pixels)
    data = keras.Input(shape, name="data")
    tensors = {name: keras.Input((size,), name=name) for name, size in sizes.items()}
    parts = list(tensors.values())
    code = keras.layers.Concatenate()(parts) if len(parts) > 1 else parts[0]
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
    """A cached_sampler through what `decoder` returned, or a copy: `cached_sampling.CachedSampler` of the images of the codes.

    Args:
      decoder: keras.Model.
      codes: dict of float32 `[n, size]`.
    """
    inputs = {tensor.name: tensor for tensor in decoder.inputs if tensor.name in codes}
    told = keras.Model(inputs, decoder.get_layer("features").output)
    features = told({name: codes[name] for name in inputs})
    return pixelcnn.cached_sampler(decoder.get_layer("gated_pixelcnn"), {"features": features})
