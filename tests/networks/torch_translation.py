"""The networks of image translation from the layers of their papers, in PyTorch."""

import torch
from torch import nn


def normalization(kind, count):
    """Their defaults: epsilon 1e-5, instance normalization without gain and bias."""
    return nn.InstanceNorm2d(count) if kind == "instance" else nn.BatchNorm2d(count)


class UNet(nn.Module):
    """Blocks inside blocks: each returns its output joined with its input."""

    def __init__(self, channels, features, kind, outermost=True):
        super().__init__()
        (count, *inner), use_bias = features, kind == "instance"
        down = nn.Conv2d(channels, count, 4, 2, 1, bias=use_bias)
        up_from, out = count * (2 if inner else 1), channels
        up = nn.ConvTranspose2d(up_from, out, 4, 2, 1, bias=outermost or use_bias)
        before = [] if outermost else [nn.LeakyReLU(0.2)]
        norm = [normalization(kind, count)] if inner and not outermost else []
        after = [nn.Tanh()] if outermost else [normalization(kind, out)]
        middle = [UNet(count, inner, kind, outermost=False)] if inner else []
        self.path = nn.Sequential(*before, down, *norm, *middle, nn.ReLU(), up, *after)
        self.outermost = outermost

    def forward(self, x):
        y = self.path(x)
        return y if self.outermost else torch.cat([y, x], 1)


def patches(channels, count, width, kind):
    use_bias = kind == "instance"
    modules = [nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2)]
    for i in range(1, count + 1):
        a, b = width * min(2 ** (i - 1), 8), width * min(2**i, 8)
        stride = 2 if i < count else 1
        modules += [nn.Conv2d(a, b, 4, stride, 1, bias=use_bias), normalization(kind, b)]
        modules += [nn.LeakyReLU(0.2)]
    return nn.Sequential(*modules, nn.Conv2d(b, 1, 4, 1, 1))


class Block(nn.Module):
    def __init__(self, count):
        super().__init__()
        half = [nn.ReflectionPad2d(1), nn.Conv2d(count, count, 3), nn.InstanceNorm2d(count)]
        other = [nn.ReflectionPad2d(1), nn.Conv2d(count, count, 3), nn.InstanceNorm2d(count)]
        self.path = nn.Sequential(*half, nn.ReLU(), *other)

    def forward(self, x):
        return x + self.path(x)


def residual_network(channels, width, blocks):
    modules = [nn.ReflectionPad2d(3), nn.Conv2d(channels, width, 7)]
    modules += [nn.InstanceNorm2d(width), nn.ReLU()]
    for count in (width, 2 * width):
        modules += [nn.Conv2d(count, 2 * count, 3, 2, 1), nn.InstanceNorm2d(2 * count), nn.ReLU()]
    modules += [Block(4 * width) for _ in range(blocks)]
    for count in (4 * width, 2 * width):
        up = nn.ConvTranspose2d(count, count // 2, 3, 2, 1, output_padding=1)
        modules += [up, nn.InstanceNorm2d(count // 2), nn.ReLU()]
    last = [nn.ReflectionPad2d(3), nn.Conv2d(width, channels, 7), nn.Tanh()]
    return nn.Sequential(*modules, *last)


def copy_weights(theirs, ours):
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
