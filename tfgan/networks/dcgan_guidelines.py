"""The five guidelines for stable deep convolutional GANs, as a check of a network.

1. Strided and fractionally-strided convolutions instead of pooling and repeated pixels.
2. Batch normalization in both networks, but not on the generator's output nor on the
   discriminator's input layer.
3. No fully connected hidden layers. The generator's first layer, which makes the first image from
   the latent, and the discriminator's last, which makes the logit, are not hidden.
4. In the generator ReLU, and tanh at the output.
5. In the discriminator LeakyReLU in all layers.

Source: Radford et al. 2016, https://arxiv.org/abs/1511.06434, "Architecture guidelines".

>>> from tfgan.networks import dcgan, vgg
>>> dcgan.check_guidelines(dcgan.generator((8, 8, 1), 3, width=2))
[]
>>> len(dcgan.check_guidelines(vgg.discriminator((8, 8, 1), width=2)))  # pooling, norms, ReLU
7
"""

import keras

from tfgan import layers

_RESIZING = (
    keras.layers.MaxPooling2D,
    keras.layers.AveragePooling2D,
    keras.layers.GlobalMaxPooling2D,
    keras.layers.GlobalAveragePooling2D,
    keras.layers.UpSampling2D,
    layers.GlobalSumPooling2D,
)
_DENSE = (keras.layers.Dense, layers.Maxout)
_CONVOLUTION = (keras.layers.Conv2D, keras.layers.Conv2DTranspose)


def check_guidelines(model):
    """The violations of the five guidelines.

    Layers count in the order of the model. Shortcuts, which are convolutions of 1x1, need neither a
    norm nor an activation.

    Args:
      model: functional keras.Model; one with an input "data" is a discriminator, else a generator.
    Returns: list of sentences.
    """
    every = list(_flattened(model))
    groups = [[]]  # each from a layer with a kernel to the next; before the first is a group too
    for layer in every:
        if isinstance(layer, _DENSE + _CONVOLUTION):
            groups.append([])
        groups[-1].append(layer)
    is_discriminator = any(tensor.name == "data" for tensor in model.inputs)
    findings = [
        f"Guideline 1: {layer.name} ({type(layer).__name__}) resizes by a fixed rule; it should be "
        "a strided or fractionally-strided convolution."
        for layer in every
        if isinstance(layer, _RESIZING)
    ]
    findings += _norms(groups, is_discriminator) + _dense_layers(groups, is_discriminator)
    if is_discriminator:
        return findings + _activations(groups, "leaky_relu", "Guideline 5")
    return findings + _activations(groups, "relu", "Guideline 4") + _output(groups[-1])


def _flattened(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _flattened(layer)
        else:
            yield layer


def _hidden(groups, first):
    """How many layers count, from number `first` on and without the last: shortcuts do not."""
    return sum(getattr(group[0], "kernel_size", None) != (1, 1) for group in groups[first:-1])


def _activation(layer):
    """The name of the element-wise function that a layer applies, or None."""
    if isinstance(layer, keras.layers.ReLU) and not layer.negative_slope:
        return "relu"
    if isinstance(layer, keras.layers.ReLU | keras.layers.LeakyReLU):
        return "leaky_relu"
    if isinstance(layer, layers.Maxout | keras.layers.PReLU | keras.layers.ELU):
        return type(layer).__name__.lower()
    name = getattr(getattr(layer, "activation", None), "__name__", "linear")
    return None if name == "linear" else name


def _named_activations(layers):
    return [(layer, name) for layer in layers if (name := _activation(layer))]


def _norms(groups, is_discriminator):
    counts = [sum(isinstance(x, keras.layers.BatchNormalization) for x in g) for g in groups]
    if is_discriminator:  # the data and the layer that reads them have none
        place, bare, first = "the discriminator's input layer", sum(counts[:2]), 2
    else:
        place, bare, first = "the generator's output layer", counts[-1], 1
    needed = _hidden(groups, first)
    count = sum(counts) - bare
    findings = []
    if count < needed:
        findings.append(
            f"Guideline 2: batch normalization stands after {count} of {needed} hidden layers."
        )
    if bare:
        findings.append(f"Guideline 2: {place} has batch normalization and should have none.")
    return findings


def _dense_layers(groups, is_discriminator):
    heads = [group[0] for group in groups[1:]]
    projects = len(heads) > 1 and isinstance(heads[1], _CONVOLUTION)
    hidden = heads[1:] if projects and not is_discriminator else heads[:-1]
    return [
        f"Guideline 3: {layer.name} is a fully connected hidden layer."
        for layer in hidden
        if isinstance(layer, _DENSE)
    ]


def _activations(groups, expected, guideline):
    hidden = _named_activations(layer for group in groups[:-1] for layer in group)
    findings = [
        f"{guideline}: {layer.name} has the activation {name}; it should be {expected}."
        for layer, name in hidden
        if name != expected
    ]
    needed = _hidden(groups, 1)
    if len(hidden) < needed:
        findings.append(
            f"{guideline}: an activation, {expected}, stands after {len(hidden)} of {needed} "
            "hidden layers."
        )
    return findings


def _output(group):
    names = [name for _, name in _named_activations(group)]
    if names == ["tanh"]:
        return []
    return [
        "Guideline 4: the generator's output needs the activation tanh; it has "
        f"{' and '.join(names) or 'none'}."
    ]
