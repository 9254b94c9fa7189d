"""Random views of images as a layer."""

import keras

from tfgan import augmentations, rng

_STRONGEST = 4.0  # turned by up to 80 degrees, and moved by two fifths of the side


@keras.saving.register_keras_serializable(package="tfgan")
class RandomAffine(keras.layers.Layer):
    """Rotates, scales, shears and moves each image a little in training.

    As the first layer of a discriminator it changes real examples and fakes alike, so that the
    generator does not learn the changes. The draws depend on `rng.layer_seed` and this layer's
    name, which must be given, see `Dropout`.

    Args:
      strength: float from 0 to 4; 1 is up to 20 degrees, 0.2 of log scale, 0.3 of shear and a tenth
        of the side, see `augmentations.random_affine`.
    """

    def __init__(self, strength=1.0, **kwargs):
        if not 0.0 <= strength <= _STRONGEST:
            raise ValueError(f"strength must be from 0 to {_STRONGEST:g}; received {strength}.")
        super().__init__(**kwargs)
        self.strength = strength

    def call(self, inputs, training=False):
        if not training or self.strength == 0.0:
            return inputs
        of_one = {"degrees": 20.0, "scale": 0.2, "shear": 0.3, "shift": 0.1}
        sizes = {name: self.strength * size for name, size in of_one.items()}
        images = keras.ops.cast(inputs, "float32")
        views = augmentations.random_affine(images, rng.layer_seed(self.name), **sizes)
        return keras.ops.cast(views, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "strength": self.strength}
