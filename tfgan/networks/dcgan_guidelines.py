"""The five guidelines for stable deep convolutional GANs, as a check of a network.

Source: Radford et al. 2016, https://arxiv.org/abs/1511.06434, "Architecture guidelines".
"""

import keras

from tfgan import layers

_POOLING = (
    keras.layers.MaxPooling2D,
    keras.layers.AveragePooling2D,
    keras.layers.GlobalMaxPooling2D,
    keras.layers.GlobalAveragePooling2D,
    keras.layers.UpSampling2D,
    layers.GlobalSumPooling2D,
)
_DENSE = (keras.layers.Dense, layers.Maxout)
_CONVOLUTION = (keras.layers.Conv2D, keras.layers.Conv2DTranspose)
_RELU, _LEAKY_RELU, _TANH = "relu", "leaky_relu", "tanh"


def check_guidelines(model):
    """Which of the five guidelines a network breaks.

    1. Strided and fractionally-strided convolutions instead of pooling and repeated pixels.
    2. Batch normalization in both networks, but not on the generator's output nor on the
       discriminator's input layer.
    3. No fully connected hidden layers. The generator's first layer, which makes the first image
       of the latent, and the discriminator's last, which makes the logit, are not hidden.
    4. In the generator ReLU, and tanh at the output.
    5. In the discriminator LeakyReLU in all layers.

    A network with an input "data" is a discriminator, any other a generator. Layers are looked at
    in the order of the model, those of nested models in their place. Shortcuts, which are
    convolutions of 1x1, need neither a norm nor an activation of their own.

    Args:
      model: functional keras.Model.
    Returns: list of sentences, one per thing that breaks a guideline; empty if there is none.
    """
    every = list(_walk(model))
    judges = any(tensor.name == "data" for tensor in model.inputs)
    groups = _groups(every)
    findings = _resizing(every) + _norms(groups, judges) + _dense_layers(groups, judges)
    return findings + (_leaky_activations(groups) if judges else _activations(groups))


def _walk(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _walk(layer)
        else:
            yield layer


def _groups(every):
    """Lists of layers, each from one with a kernel to the next; before the first is a group too."""
    groups = [[]]
    for layer in every:
        if isinstance(layer, _DENSE + _CONVOLUTION):
            groups.append([])
        groups[-1].append(layer)
    return groups


def _hidden(groups, first):
    """How many layers count, from number `first` on and without the last: shortcuts do not."""
    return sum(getattr(group[0], "kernel_size", None) != (1, 1) for group in groups[first:-1])


def _activation(layer):
    """The name of what a layer does to single numbers; None for nothing."""
    if isinstance(layer, keras.layers.LeakyReLU):
        return _LEAKY_RELU
    if isinstance(layer, keras.layers.ReLU):
        return _LEAKY_RELU if layer.negative_slope else _RELU
    if isinstance(layer, layers.Maxout):
        return "maxout"
    if isinstance(layer, keras.layers.PReLU | keras.layers.ELU):
        return type(layer).__name__.lower()
    name = getattr(getattr(layer, "activation", None), "__name__", "linear")
    return None if name == "linear" else name


def _activations_in(groups):
    pairs = [(layer, _activation(layer)) for group in groups for layer in group]
    return [(layer, name) for layer, name in pairs if name]


def _resizing(every):
    return [
        f"Guideline 1: {layer.name} ({type(layer).__name__}) resizes by a fixed rule; it should be "
        "a strided or fractionally-strided convolution."
        for layer in every
        if isinstance(layer, _POOLING)
    ]


def _norms(groups, judges):
    counts = [sum(isinstance(x, keras.layers.BatchNormalization) for x in g) for g in groups]
    # The data, and the layer that reads them, have none in D; the layer that makes them none in G.
    bare, needed = (counts[:2], _hidden(groups, 2)) if judges else (counts[-1:], _hidden(groups, 1))
    found = sum(counts) - sum(bare)
    findings = []
    if found < needed:
        findings.append(
            f"Guideline 2: batch normalization stands after {found} of {needed} hidden layers."
        )
    if any(bare):
        place = "the discriminator's input layer" if judges else "the generator's output layer"
        findings.append(f"Guideline 2: {place} has batch normalization and should have none.")
    return findings


def _dense_layers(groups, judges):
    heads = [group[0] for group in groups[1:]]
    if judges:
        hidden = heads[:-1]
    else:
        projects = len(heads) > 1 and isinstance(heads[1], _CONVOLUTION)
        hidden = heads[1:] if projects else heads[:-1]
    return [
        f"Guideline 3: {layer.name} is a fully connected hidden layer."
        for layer in hidden
        if isinstance(layer, _DENSE)
    ]


def _activations(groups):
    output = _activations_in(groups[-1:])
    findings = _wrong_activations(groups[:-1], _RELU, "Guideline 4", _hidden(groups, 1))
    if [name for _, name in output] != [_TANH]:
        found = " and ".join(name for _, name in output) or "none"
        findings.append(
            f"Guideline 4: the generator's output needs the activation tanh; it has {found}."
        )
    return findings


def _leaky_activations(groups):
    return _wrong_activations(groups[:-1], _LEAKY_RELU, "Guideline 5", _hidden(groups, 1))


def _wrong_activations(groups, wanted, guideline, needed):
    found = _activations_in(groups)
    findings = [
        f"{guideline}: {layer.name} has the activation {name}; it should be {wanted}."
        for layer, name in found
        if name != wanted
    ]
    if len(found) < needed:
        findings.append(
            f"{guideline}: an activation, {wanted}, stands after {len(found)} of {needed} hidden "
            "layers."
        )
    return findings
