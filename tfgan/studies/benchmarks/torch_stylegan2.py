"""StyleGAN2 in PyTorch, with the layers of `networks.stylegan2`."""

import math

import torch
from torch import nn

from tfgan.networks import shapes
from tfgan.studies.benchmarks.torch_layers import (
    EqualizedConv2d,
    EqualizedLinear,
    ModulatedConv2d,
    Noise,
    doubled,
    halved,
    scaled_leaky_relu,
    widths,
)


def stylegan2(shape, parameters):
    """(generator, discriminator) of `networks.stylegan2`, args: see `dcgan`.

    The generator returns images and styles; the discriminator has residual stages.
    """
    return StyleGenerator(shape, parameters), StyleDiscriminator(shape, parameters)


class StyleGenerator(nn.Module):
    """Mapping and synthesis; each training pass computes the styles of a second latent too."""

    def __init__(self, shape, parameters):
        super().__init__()
        count, size = shapes.stages(shape, "stylegan2"), parameters["latent_dim"]
        self.mapping = nn.Sequential(*(
            EqualizedLinear(size, size, scaled_leaky_relu, rate_multiplier=0.01)
            for _ in range(parameters["mapping_layers"])
        ))  # fmt: skip
        self.mixing, self.count = parameters["style_mixing"], 2 * count + 2
        self.register_buffer("mean", torch.zeros(size))
        first, *others = widths(count, parameters)
        self.constant = nn.Parameter(torch.randn(first, *shapes.coarsest(shape, count)))
        self.layers = nn.ModuleList([_Layer(size, first, first)])
        self.images = nn.ModuleList([_Image(size, first, shape[2])])
        for before, after in zip([first, *others], others, strict=False):
            self.layers.append(_Layer(size, before, after, up=True))
            self.layers.append(_Layer(size, after, after))
            self.images.append(_Image(size, after, shape[2]))

    def forward(self, latents):
        styles = self._styles(latents)
        of_layers = styles.unbind(1)
        x = self.constant.expand(len(latents), -1, -1, -1)
        x = self.layers[0](x, of_layers[0])
        image = self.images[0](x, of_layers[1])
        for stage, to_image in enumerate(self.images[1:]):
            first = 2 * stage + 1
            x = self.layers[first](x, of_layers[first])
            x = self.layers[first + 1](x, of_layers[first + 1])
            image = doubled(image) + to_image(x, of_layers[first + 2])
        return image, styles

    def _styles(self, latents):
        w = self._mapped(latents)
        with torch.no_grad():
            self.mean.lerp_(w.mean(0), 0.005)
        styles = w[:, None].expand(-1, self.count, -1)
        if not self.mixing:
            return styles
        second = self._mapped(torch.randn_like(latents))[:, None].expand(-1, self.count, -1)
        is_mixed = torch.rand(()) < self.mixing
        crossover = torch.randint(1, self.count, ()) if is_mixed else self.count
        is_first = torch.arange(self.count) < crossover
        return torch.where(is_first[:, None], styles, second)

    def _mapped(self, latents):
        scale = (latents.square().mean(1, keepdim=True) + 1e-8).rsqrt()
        return self.mapping(latents * scale)


class _Layer(nn.Module):
    def __init__(self, size, before, after, up=False):
        super().__init__()
        self.style = EqualizedLinear(size, before, bias=1.0)
        self.convolution = ModulatedConv2d(before, after, 3, up=up)
        self.noise = Noise()

    def forward(self, x, w):
        return scaled_leaky_relu(self.noise(self.convolution(x, self.style(w))))


class _Image(nn.Module):
    def __init__(self, size, before, channels):
        super().__init__()
        self.style = EqualizedLinear(size, before, bias=1.0)
        self.convolution = ModulatedConv2d(before, channels, 1, demodulate=False)

    def forward(self, x, w):
        return self.convolution(x, self.style(w))


class StyleDiscriminator(nn.Module):
    """Residual stages, the minibatch deviation, and two dense layers."""

    def __init__(self, shape, parameters):
        super().__init__()
        count = shapes.stages(shape, "stylegan2")
        sizes = widths(count, parameters)[::-1]
        self.first = EqualizedConv2d(shape[2], sizes[0], 1, scaled_leaky_relu)
        self.stages = nn.ModuleList(map(_Halving, sizes, sizes[1:]))
        self.group_size, width = parameters["group_size"], sizes[-1]
        self.last = nn.Sequential(
            EqualizedConv2d(width + 1, width, 3, scaled_leaky_relu),
            nn.Flatten(),
            EqualizedLinear(math.prod(shapes.coarsest(shape, count)) * width, width,
                            scaled_leaky_relu),
            EqualizedLinear(width, 1),
        )  # fmt: skip

    def forward(self, x):
        x = self.first(x)
        for stage in self.stages:
            x = stage(x)
        return self.last(torch.cat([x, self._deviation(x)], 1))

    def _deviation(self, x):
        count = len(x)
        size = next(n for n in range(min(self.group_size, count), 0, -1) if count % n == 0)
        spread = x.unflatten(0, (count // size, size)).var(1, unbiased=False)
        score = (spread + 1e-8).sqrt().mean((1, 2, 3)).repeat_interleave(size)
        return score[:, None, None, None].expand(-1, 1, *x.shape[2:])


class _Halving(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.path = nn.Sequential(
            EqualizedConv2d(before, before, 3, scaled_leaky_relu),
            EqualizedConv2d(before, after, 3, scaled_leaky_relu, down=True),
        )
        self.shortcut = EqualizedConv2d(before, after, 1, use_bias=False)

    def forward(self, x):
        return math.sqrt(0.5) * (self.path(x) + self.shortcut(halved(x)))
