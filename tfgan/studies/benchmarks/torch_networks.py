"""The networks of `dcgan` and `sngan` in PyTorch.

A generator is called with latents `[batch, d]`, a discriminator with images in [-1, 1].
"""

import math

from torch import nn
from torch.nn.utils import parametrizations

from tfgan.networks import shapes
from tfgan.studies.benchmarks import baselines


def dcgan(shape, parameters):
    """(generator, discriminator) of `networks.dcgan`.

    Args:
      shape: (height, width, channels).
      parameters: dict of all parameters of the recipe.
    """
    return baselines.torch_networks(shape, parameters["latent_dim"], parameters["width"])


def sngan(shape, parameters):
    """(generator, discriminator) of `networks.resnet`, args: see `dcgan`."""
    count, width = shapes.stages(shape, "resnet"), parameters["width"]
    side, filters = shapes.coarsest(shape, count), width << (count - 1)
    units = math.prod(side) * filters
    up = [nn.Linear(parameters["latent_dim"], units), nn.Unflatten(1, (filters, *side))]
    before = filters
    for stage in reversed(range(count)):
        up.append(_ResidualUp(before, width << stage))
        before = width << stage
    up += [nn.BatchNorm2d(width, eps=1e-3), nn.ReLU()]
    up += [nn.Conv2d(width, shape[2], 3, padding=1), nn.Tanh()]
    down, before = [], shape[2]
    for stage in range(count):
        down.append(_ResidualDown(before, width << stage, is_first=stage == 0))
        before = width << stage
    down.append(_Residual(before))
    head = parametrizations.spectral_norm(nn.Linear(before, 1))
    return nn.Sequential(*up), nn.Sequential(*down, nn.ReLU(), _Sum(), head)


class _ResidualUp(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.path = nn.Sequential(
            nn.BatchNorm2d(before, eps=1e-3), nn.ReLU(), nn.Upsample(scale_factor=2),
            nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after, eps=1e-3), nn.ReLU(),
            nn.Conv2d(after, after, 3, padding=1),
        )  # fmt: skip
        self.shortcut = nn.Sequential(nn.Conv2d(before, after, 1), nn.Upsample(scale_factor=2))

    def forward(self, x):
        return self.path(x) + self.shortcut(x)


class _ResidualDown(nn.Module):
    def __init__(self, before, after, is_first):
        super().__init__()
        convolutions = [nn.Conv2d(a, after, 3, padding=1) for a in (before, after)]
        first, second, shortcut = map(
            parametrizations.spectral_norm, (*convolutions, nn.Conv2d(before, after, 1))
        )
        activation = [] if is_first else [nn.ReLU()]
        self.path = nn.Sequential(*activation, first, nn.ReLU(), second, nn.AvgPool2d(2))
        self.shortcut = nn.Sequential(nn.AvgPool2d(2), shortcut)

    def forward(self, x):
        return self.path(x) + self.shortcut(x)


class _Residual(nn.Module):
    """The last block of the discriminator, which keeps the size."""

    def __init__(self, width):
        super().__init__()
        first, second = (
            parametrizations.spectral_norm(nn.Conv2d(width, width, 3, padding=1)) for _ in range(2)
        )
        self.path = nn.Sequential(nn.ReLU(), first, nn.ReLU(), second)

    def forward(self, x):
        return x + self.path(x)


class _Sum(nn.Module):
    def forward(self, x):
        return x.sum((2, 3))
