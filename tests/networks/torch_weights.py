"""Weights and outputs of PyTorch's networks of image translation."""

import torch
from torch import nn


def copy(theirs, ours):
    """Random weights for theirs and ours, layer by layer in the order of the computation."""
    draw = torch.Generator().manual_seed(0)
    modules = in_order(theirs)
    with_weights = [layer for layer in ours.layers if layer.weights]
    assert len(modules) == len(with_weights)
    for module, layer in zip(modules, with_weights, strict=True):
        state = {name: x for name, x in module.state_dict().items() if x.ndim}
        for tensor in state.values():
            noise = torch.rand(tensor.shape, generator=draw)
            scale = 2.0 * tensor[0].numel() ** -0.5
            tensor.copy_(scale * (2.0 * noise - 1.0) if tensor.ndim > 1 else 0.5 + noise)
        values = [tensor.numpy() for tensor in state.values()]
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            values[0] = values[0].transpose(2, 3, 1, 0)
        layer.set_weights(values)


def in_order(network):
    """The modules with weights, in the order in which they compute."""
    modules = []
    for module in network.modules():
        if next(module.parameters(recurse=False), None) is not None:
            module.register_forward_hook(lambda module, *_: modules.append(module))
    channels = next(network.parameters()).shape[1]
    with torch.no_grad():
        network.eval()(torch.zeros(1, channels, 64, 64))
    return list(modules)


def output(network, images):
    """Of a network in inference: NumPy."""
    with torch.no_grad():
        return network.eval()(torch.tensor(images)).numpy()
