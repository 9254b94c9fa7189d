"""The functions of an exported model that translate images of any size.

  translate        seed, source -> data
  translate_back   seed, source -> source, for models of both directions

Sources are raw, such as uint8 images `[rows, height, width, channels]`. A row is that of
`models.Translator` for sample 0 of its seed, which translates large images in tiles.
"""

import tensorflow as tf

from tfgan.models import Translator

_NAMES = {"AtoB": "translate", "BtoA": "translate_back"}


def of_model(model):
    """The signatures of a `GenerativeModel`: dict of `tf.function`; {} if it does not translate."""
    directions = model.translation_networks
    return {_NAMES[each]: _signature(Translator(model, each)) for each in directions}


def _signature(translator):
    channels = translator.source_channels
    specs = [
        tf.TensorSpec((None,), tf.int64, "seed"),
        tf.TensorSpec((None, None, None, channels), tf.uint8, "source"),
    ]

    @tf.function(autograph=False, input_signature=specs)
    def translate(seed, source):
        same = tf.debugging.assert_equal(
            tf.shape(seed)[0],
            tf.shape(source)[0],
            "seed, source must have the same number of rows.",
        )
        with tf.control_dependencies([same] if same is not None else []):
            rows = (tf.identity(seed), tf.identity(source))
        form = tf.TensorSpec((None, None, translator.channels), tf.float32)
        data = tf.map_fn(
            lambda row: translator.floats(row[1][None], row[0])[0], rows, fn_output_signature=form
        )
        return translator.target.output_tensors(translator.target.to_raw(data))

    return translate
