"""R3GAN in PyTorch, with the layers of `networks.r3gan`."""

import math

import torch
from torch import nn

from tfgan.networks import shapes
from tfgan.studies.benchmarks.torch_layers import R3GANBlock, doubled, halved, pointwise, widths


def r3gan(shape, parameters):
    """(generator, discriminator) of `networks.r3gan`, args: see `dcgan`."""
    return R3GANGenerator(shape, parameters), R3GANDiscriminator(shape, parameters)


class _Stages(nn.Module):
    def __init__(self, shape, parameters):
        super().__init__()
        count = shapes.stages(shape, "r3gan")
        self.coarsest, self.widths = shapes.coarsest(shape, count), widths(count, parameters)
        depth, group = parameters["depth"], parameters["group_width"]
        gain = math.sqrt(2.0 / (1.0 + 0.2**2)) * (depth * len(self.widths)) ** -0.25
        self.stages = nn.ModuleList(
            nn.Sequential(*(R3GANBlock(width, group, gain) for _ in range(depth)))
            for width in self.widths
        )

    def transition(self, before, after):
        """From one width to the next."""
        return nn.Identity() if before == after else pointwise(before, after)


class R3GANGenerator(_Stages):
    """Latents to images, from a learned map that the latent scales."""

    def __init__(self, shape, parameters):
        super().__init__(shape, parameters)
        widths = self.widths
        self.first = nn.Linear(parameters["latent_dim"], widths[0], bias=False)
        self.basis = nn.Parameter(torch.randn(widths[0], *self.coarsest))
        self.transitions = nn.ModuleList(map(self.transition, widths, widths[1:]))
        self.last = pointwise(widths[-1], shape[2])

    def forward(self, latents):
        x = self.first(latents)[:, :, None, None] * self.basis
        x = self.stages[0](x)
        for transition, stage in zip(self.transitions, self.stages[1:], strict=True):
            x = stage(doubled(transition(x)))
        return self.last(x)


class R3GANDiscriminator(_Stages):
    """Images to logits."""

    def __init__(self, shape, parameters):
        super().__init__(shape, parameters)
        widths = self.widths
        self.first = pointwise(shape[2], widths[-1])
        self.transitions = nn.ModuleList(map(self.transition, widths[1:], widths))
        size = math.prod(self.coarsest)
        self.basis = nn.Parameter(torch.randn(widths[0], *self.coarsest) * size**-0.5)
        self.last = nn.Linear(widths[0], 1, bias=False)

    def forward(self, x):
        x = self.first(x)
        for place in reversed(range(1, len(self.widths))):
            x = self.transitions[place - 1](halved(self.stages[place](x)))
        x = self.stages[0](x)
        return self.last((x * self.basis).sum((2, 3)))
