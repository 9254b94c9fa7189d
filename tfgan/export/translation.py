"""The functions of an exported model that translate images of any size.

  translate        seed, source -> data
  translate_back   seed, source -> source, for models of both directions

Sources are raw, uint8 `[rows, height, width, channels]`, of one size in a call: images, or masks of
class numbers. A row is that of `models.Translator` for sample 0 of its seed, which translates large
images in tiles.
"""

import tensorflow as tf

from tfgan.models.translation import SOURCE, translators

NAMES = {"AtoB": "translate", "BtoA": "translate_back"}


def of_model(model):
    """The signatures of a `GenerativeModel`: dict of `tf.function`.

    Those whose networks take images of any size; {} if the model does not translate.
    """
    return {NAMES[each]: _signature(one) for each, one in translators(model).items()}


def _signature(translator):
    channels = translator.source_channels
    specs = [
        tf.TensorSpec((None,), tf.int64, "seed"),
        tf.TensorSpec((None, None, None, channels), tf.uint8, "source"),
    ]

    target = translator.target
    [raw_channels] = target.raw_shape((1, 1, translator.channels))[2:]

    def one(row):
        seed, source = row
        return target.to_raw(translator.floats(source[None], seed))[0]

    @tf.function(autograph=False, input_signature=specs)
    def translate(seed, source):
        is_same = tf.equal(tf.shape(seed)[0], tf.shape(source)[0])
        checks = [tf.debugging.Assert(is_same, ["seed, source must have the same number of rows."])]
        checks += class_checks({SOURCE: source}, {SOURCE: translator.source})
        with tf.control_dependencies(checks):
            rows = (tf.identity(seed), tf.identity(source))
        form = tf.TensorSpec((None, None, raw_channels), tf.uint8)
        # One row at a time: large images would need the memory of several.
        data = tf.map_fn(one, rows, fn_output_signature=form, parallel_iterations=1)
        return target.output_tensors(data)

    return translate


def class_checks(rows, modalities):
    """Operations that fail unless masks hold numbers of their classes: list.

    Args:
      rows: dict of raw tensors by name.
      modalities: dict of `Modality` by name.
    """
    checks = []
    for name, modality in modalities.items():
        if modality.kind == "masks":
            is_class = tf.reduce_all(tf.cast(rows[name], tf.int32) < modality.classes)
            sentence = f"{name} must hold classes, 0 to {modality.classes - 1}."
            checks.append(tf.debugging.Assert(is_class, [sentence]))
    return checks
