"""Small SavedModels in the form that `tfgan export` writes, for whatever reads or serves them."""

import json

import pytest
import tensorflow as tf

SHAPE = (5, 4, 3)
LATENT = 6


class Toy(tf.Module):
    """A dense generator and a dense discriminator whose sums are exact, whatever the batch."""

    def __init__(self, classes=None, step=0):
        super().__init__()
        self.classes = classes
        size = SHAPE[0] * SHAPE[1] * SHAPE[2]
        eighths = tf.random.stateless_uniform((LATENT, size), [7, step], -8, 9, tf.int32)
        self.weights = tf.Variable(tf.cast(eighths, tf.float32) / 8.0)

    def latents(self, seed, truncation):
        """Eighths from a normal distribution, so that float32 adds them without rounding."""
        draw = lambda one: tf.random.stateless_normal((LATENT,), tf.stack([one, 0]))  # noqa: E731
        latent = tf.round(8.0 * tf.map_fn(draw, seed, fn_output_signature=tf.float32)) / 8.0
        cut = truncation[:, None]
        return tf.where(cut > 0.0, tf.clip_by_value(latent, -cut, cut), latent)

    def labels(self, seed, label):
        return tf.where(label < 0, tf.cast(tf.math.floormod(seed, self.classes), tf.int32), label)

    def images(self, latent, label=None):
        gray = 128.0 + 16.0 * latent @ self.weights
        if label is not None:
            gray += 8.0 * tf.cast(label, tf.float32)[:, None]
        image = tf.reshape(tf.cast(tf.clip_by_value(gray, 0.0, 255.0), tf.uint8), (-1, *SHAPE))
        png = tf.map_fn(tf.io.encode_png, image, fn_output_signature=tf.string)
        return {"image": image, "png_bytes": png}

    def signatures(self):
        seed = tf.TensorSpec((None,), tf.int64, "seed")
        truncation = tf.TensorSpec((None,), tf.float32, "truncation")
        latent = tf.TensorSpec((None, LATENT), tf.float32, "latent")
        image = tf.TensorSpec((None, *SHAPE), tf.uint8, "image")
        label = [tf.TensorSpec((None,), tf.int32, "label")] if self.classes else []

        def sample(seed, truncation, *label):
            labels = [self.labels(seed, *label)] if label else []
            outputs = self.images(self.latents(seed, truncation), *labels)
            return outputs | ({"label": labels[0]} if labels else {})

        def draw(seed, truncation, *label):
            labels = {"label": self.labels(seed, *label)} if label else {}
            return {"latent": self.latents(seed, truncation)} | labels

        def discriminate(image, *label):
            return {"logits": tf.reduce_sum(tf.cast(image, tf.float32), (1, 2, 3)) / 8.0 - 900.0}

        functions = {
            "serving_default": (sample, [seed, truncation, *label]),
            "latent": (draw, [seed, truncation, *label]),
            "generate": (self.images, [latent, *label]),
            "discriminate": (discriminate, [image, *label]),
        }
        return {
            name: tf.function(function).get_concrete_function(*specs)
            for name, (function, specs) in functions.items()
        }

    def metadata(self, step):
        names = [f"class {index}" for index in range(self.classes)] if self.classes else None
        return {
            "format": 1, "recipe": "toy", "step": step, "model": "GAN", "shape": list(SHAPE),
            "classes": self.classes, "class_names": names, "latents": {"latent": [LATENT]},
            "truncation": {"low": 0.125, "high": 2.0}, "checkpoint": "last", "versions": {},
        }  # fmt: skip


def _export_toy(folder, *, version=1, classes=None, step=0):
    """Writes a Toy as one version into a folder, complete at once."""
    toy = Toy(classes, step)
    making = folder / f"making-{version}"
    tf.saved_model.save(toy, str(making), toy.signatures())
    (making / "assets.extra").mkdir()
    (making / "assets.extra" / "tfgan.json").write_text(json.dumps(toy.metadata(step)))
    making.rename(folder / str(version))


@pytest.fixture(scope="session")
def export_toy():
    """The function that writes one."""
    return _export_toy


@pytest.fixture(scope="session")
def toy_model(tmp_path_factory):
    """The folder of an unconditional model, version 1."""
    folder = tmp_path_factory.mktemp("toy")
    _export_toy(folder)
    return folder


@pytest.fixture(scope="session")
def conditional_model(tmp_path_factory):
    """The folder of a model with three classes, version 1."""
    folder = tmp_path_factory.mktemp("conditional")
    _export_toy(folder, classes=3)
    return folder
