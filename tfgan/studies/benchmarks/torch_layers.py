"""The layers of StyleGAN2 and R3GAN in PyTorch, as those of `tfgan.layers` and `tfgan.networks`.

Images are `[batch, channels, height, width]`; initial weights have the distributions of ours.
"""

import math

import torch
from torch import nn
from torch.nn import functional

_TAPS = (1.0, 3.0, 3.0, 1.0)
_SLOPE = 0.2


def scaled_leaky_relu(x):
    """sqrt(2) leaky_relu(x), slope .2."""
    return math.sqrt(2.0) * functional.leaky_relu(x, _SLOPE)


class EqualizedLinear(nn.Module):
    """`layers.EqualizedDense`; args: see there."""

    def __init__(self, inputs, outputs, activation=None, bias=0.0, rate_multiplier=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / rate_multiplier)
        self.bias = nn.Parameter(torch.full((outputs,), bias / rate_multiplier))
        self.scale, self.rate = rate_multiplier / math.sqrt(inputs), rate_multiplier
        self.activation = activation

    def forward(self, x):
        y = functional.linear(x, self.weight * self.scale, self.bias * self.rate)
        return self.activation(y) if self.activation else y


class EqualizedConv2d(nn.Module):
    """`layers.EqualizedConv2D`; args: see there."""

    def __init__(self, inputs, outputs, size, activation=None, down=False, use_bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, size, size))
        self.bias = nn.Parameter(torch.zeros(outputs)) if use_bias else None
        self.scale = 1.0 / math.sqrt(inputs * size * size)
        self.size, self.down, self.activation = size, down, activation

    def forward(self, x):
        weight = self.weight * self.scale
        if self.down:
            x = blurred(x, self.size // 2 + 1)
            y = functional.conv2d(x, weight, self.bias, stride=2)
        else:
            y = functional.conv2d(x, weight, self.bias, padding=self.size // 2)
        return self.activation(y) if self.activation else y


class ModulatedConv2d(nn.Module):
    """`layers.ModulatedConv2D` in the same form, without groups: y = conv(x s) / d.

    Args: see there.
    """

    def __init__(self, inputs, outputs, size, *, up=False, demodulate=True):
        super().__init__()
        shape = (inputs, outputs) if up else (outputs, inputs)
        self.weight = nn.Parameter(torch.randn(*shape, size, size))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.scale = 1.0 / math.sqrt(inputs * size * size)
        self.size, self.up, self.demodulate = size, up, demodulate

    def forward(self, x, style):
        weight = self.weight * self.scale
        x = x * style[:, :, None, None]
        if self.up:
            y = 4.0 * blurred(functional.conv_transpose2d(x, weight, stride=2), 1)
        else:
            y = functional.conv2d(x, weight, padding=self.size // 2)
        if self.demodulate:
            squares = weight.square().sum((2, 3))
            squares = style.square() @ (squares if self.up else squares.T)
            y = y * (squares + 1e-8).rsqrt()[:, :, None, None]
        return y + self.bias[:, None, None]


class Noise(nn.Module):
    """One map of Gaussian noise for all channels, with a learned strength from 0."""

    def __init__(self):
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        return x + self.strength * torch.randn(len(x), 1, *x.shape[2:])


class R3GANBlock(nn.Module):
    """A block of R3GAN: 1x1 to twice the channels, 3x3 in groups, 1x1 back, plus its input."""

    def __init__(self, width, group_width, gain):
        super().__init__()
        inner = 2 * width
        self.first = _normal(nn.Conv2d(width, inner, 1), gain)
        groups = inner // group_width
        self.second = _normal(nn.Conv2d(inner, inner, 3, padding=1, groups=groups), gain)
        self.last = _normal(nn.Conv2d(inner, width, 1, bias=False), 0.0)

    def forward(self, x):
        y = functional.leaky_relu(self.first(x), _SLOPE)
        y = functional.leaky_relu(self.second(y), _SLOPE)
        return x + self.last(y)


def pointwise(inputs, outputs):
    """A 1x1 convolution without a bias."""
    return _normal(nn.Conv2d(inputs, outputs, 1, bias=False), 1.0)


def widths(count, parameters):
    """The features from the coarsest maps to the finest: list of int."""
    width, most = parameters["width"], max(parameters["width"], parameters["max_width"])
    return [min(width << halvings, most) for halvings in range(count, -1, -1)]


def blurred(x, margin):
    """`layers.blurring.blurred`: three means of 2x2 pixels, faster than a convolution here too."""
    x = functional.pad(x, (margin,) * 4)
    for _ in range(3):
        x = functional.avg_pool2d(x, 2, stride=1)
    return x


def doubled(x):
    """`layers.Upsample2D`, a transposed convolution of each channel."""
    channels = x.shape[1]
    return functional.conv_transpose2d(
        x, 4.0 * _filter(channels), stride=2, padding=1, groups=channels
    )


def halved(x):
    """`layers.Downsample2D`, a convolution of each channel."""
    channels = x.shape[1]
    return functional.conv2d(x, _filter(channels), stride=2, padding=1, groups=channels)


def _filter(channels):
    taps = torch.tensor(_TAPS) / sum(_TAPS)
    return torch.outer(taps, taps).expand(channels, 1, 4, 4).contiguous()


def _normal(layer, gain):
    """The layer with weights N(0, gain^2 / fan_in) and biases 0."""
    fan_in = layer.weight[0].numel()
    nn.init.normal_(layer.weight, std=gain / math.sqrt(fan_in))
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer
