"""A small SavedModel in the form of an export that translates masks to gray images and back."""

import json

import numpy as np
import tensorflow as tf

SIDE = 16
COLORS = [(90, 90, 90), (255, 0, 0), (0, 0, 255)]
NAMES = ["ground", "wall", "door"]


def source():
    """The source that the page begins with: a wall on the ground, uint8 `[16, 16, 1]`."""
    mask = np.zeros((SIDE, SIDE, 1), np.uint8)
    mask[4:8, 2:14] = 1
    return mask


def result(mask, seed=0):
    """The image of a mask, by the rule of the model."""
    return 80 * mask + np.uint8(seed)


def export(folder):
    """Writes version 1 of the model into a folder."""
    seed = tf.TensorSpec((None,), tf.int64, "seed")
    palette = tf.constant(COLORS, tf.uint8)

    def pictured(name, data, pictures):
        png = tf.map_fn(tf.io.encode_png, pictures, fn_output_signature=tf.string)
        return {name: data, "png_bytes": png}

    def translate(seed, source):
        check = tf.debugging.Assert(
            tf.reduce_all(source < 3), ["source must hold classes, 0 to 2."]
        )
        with tf.control_dependencies([check]):
            image = 80 * source + tf.cast(seed, tf.uint8)[:, None, None, None]
        return pictured("image", image, image)

    def translate_back(seed, source):
        mask = (
            tf.minimum(source // 80, 2)
            + tf.zeros_like(source) * tf.cast(seed, tf.uint8)[:, None, None, None]
        )
        return pictured("mask", mask, tf.gather(palette, tf.cast(mask[..., 0], tf.int32)))

    def specs(side):
        return [seed, tf.TensorSpec((None, side, side, 1), tf.uint8, "source")]

    functions = {
        "serving_default": (translate, SIDE),
        "translate": (translate, None),
        "translate_back": (translate_back, None),
    }
    signatures = {
        name: tf.function(function, autograph=False).get_concrete_function(*specs(side))
        for name, (function, side) in functions.items()
    }
    tf.saved_model.save(tf.Module(), f"{folder}/1", signatures)
    masks = {"kind": "masks", "pixel_classes": NAMES, "palette": COLORS}
    metadata = {
        "format": 1, "recipe": "toy", "shape": [SIDE, SIDE, 1], "modality": {"kind": "images"},
        "conditions": {"source": {"shape": [SIDE, SIDE, len(NAMES)], "modality": masks}},
        "latents": {"noise": [2]},
    }  # fmt: skip
    extra = folder / "1" / "assets.extra"
    extra.mkdir()
    (extra / "tfgan.json").write_text(json.dumps(metadata))
    png = tf.io.encode_png(tf.gather(palette, source()[..., 0].astype(np.int32)))
    (extra / "source-0.png").write_bytes(png.numpy())
