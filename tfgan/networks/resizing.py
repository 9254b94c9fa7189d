"""Copies of networks for images of other sizes.

>>> from tfgan import networks
>>> from tfgan.networks import unet
>>> network = unet.generator((32, 32, 3), (32, 32, 1), width=2)
>>> networks.resized(network, 300, 500).output_shape
(None, 300, 500, 3)
"""

import keras


def resized(network, height, width):
    """A copy of a fully convolutional network, weights included, for images of another size.

    Args:
      network: functional `keras.Model` whose inputs of four axes are images, such as those of
        `unet`, `residual` and `patchgan`.
      height, width: int, of the images; None for any.
    Returns: keras.Model with the inputs and outputs of `network`.
    """

    def of_new_size(tensor):
        shape = tensor.shape
        if len(shape) == 4:
            shape = (shape[0], height, width, shape[3])
        return keras.Input(batch_shape=shape, dtype=tensor.dtype, name=tensor.name)

    inputs = keras.tree.map_structure(of_new_size, network.input)
    copy = keras.models.clone_model(network, input_tensors=inputs)
    copy.set_weights(network.get_weights())
    return copy
