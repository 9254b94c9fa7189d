"""Further outputs of a discriminator, computed from the features that its logits are computed from.

>>> from tfgan.networks import dcgan, heads
>>> network = heads.with_classifier(dcgan.discriminator((8, 8, 1), width=2), classes=3)
>>> {name: output.shape for name, output in sorted(network.output.items())}
{'label': (None, 3), 'logits': (None, 1)}
"""

import keras

from tfgan.networks import conditioning


def with_classifier(discriminator, classes):
    """A discriminator with a logit per class, of one dense layer.

    Args:
      discriminator: keras.Model, data -> logits, whose last layer is dense, such as those of
        `dcgan`, `resnet` and `mlp` without labels.
      classes: int, the logits.
    Returns: keras.Model, the same inputs -> float32 {"logits" `[batch, 1]`, "label"
      `[batch, classes]`}; it shares the layers of the discriminator.
    Source: Odena et al. 2017, https://arxiv.org/abs/1610.09585, section 3.
    """
    features = _features(discriminator)
    label = keras.layers.Dense(classes, dtype="float32", name="label")(features)
    return _joined(discriminator, discriminator.input, {"label": label})


def with_embedding(discriminator, classes, *, size=512):
    """A discriminator with an embedding of the data and one of their label, both of unit length.

    Args:
      discriminator: see `with_classifier`.
      classes: int, the number of labels.
      size: int, of the embeddings.
    Returns: keras.Model, the same inputs and int32 "label" `[batch]` -> float32 {"logits"
      `[batch, 1]`, "embedding" `[batch, size]`, "proxy" `[batch, size]`}, the proxy that of the
      label; it shares the layers of the discriminator.
    Source: Kang et al. 2021, https://arxiv.org/abs/2111.01118.
    """
    [(name, data)] = discriminator.input.items()
    inputs = conditioning.inputs(name, data.shape[1:], classes) | {name: data}
    features = _features(discriminator)
    embedding = keras.layers.Dense(size, dtype="float32", name="embedding_projection")(features)
    normal = keras.initializers.RandomNormal(stddev=1.0)
    table = keras.layers.Embedding(classes, size, normal, dtype="float32", name="proxies")
    outputs = {"embedding": embedding, "proxy": table(inputs["label"])}
    unit = {
        key: keras.layers.UnitNormalization(dtype="float32", name=key)(x)
        for key, x in outputs.items()
    }
    return _joined(discriminator, inputs, unit)


def _features(discriminator):
    """What the last layer, which makes the logits, receives: `[batch, size]`."""
    last = discriminator.layers[-1]
    if not isinstance(last, keras.layers.Dense):
        raise ValueError(
            "The discriminator must end in a dense layer that makes its logits, without a label; "
            f"received one that ends in {last.name} ({type(last).__name__})."
        )
    return last.input


def _joined(discriminator, inputs, outputs):
    outputs = {"logits": discriminator.output, **outputs}
    return keras.Model(inputs, outputs, name=discriminator.name)
