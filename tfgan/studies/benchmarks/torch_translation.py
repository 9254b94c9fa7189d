"""Image translation in PyTorch: the networks and training steps of the papers' code."""

import random

import torch
from torch import nn

_RATE, _BETAS = 2e-4, (0.5, 0.999)
_LARGEST_FACTOR = 8


def pix2pix_step(shape, *, width, depth, layers, batch_size):
    """A step of pix2pix: function () -> losses.

    The generator runs once. The discriminator moves on the real pair and on the fake, then the
    generator on the logits of the new discriminator and on the L1 distance to the target.

    Args:
      shape: (height, width, channels) of source and target.
      width: int, features of the first layer of both networks.
      depth: int, halvings of the U-Net.
      layers: int, convolutions of stride 2 of the discriminator.
      batch_size: int.
    """
    generator = UNet(shape[2], features(width, depth), "instance", min(3, depth - 2))
    discriminator = patches(2 * shape[2], layers, width, "instance")
    g_optimizer, d_optimizer = (_adam(each) for each in (generator, discriminator))
    source, target = (_images(shape, batch_size) for _ in range(2))
    entropy, distance = nn.BCEWithLogitsLoss(), nn.L1Loss()

    def judge(images, is_real):
        logits = discriminator(torch.cat([source, images], 1))
        return entropy(logits, torch.full_like(logits, float(is_real)))

    def step():
        fake = generator(source)
        discriminator.requires_grad_(True)
        d_optimizer.zero_grad()
        d_loss = 0.5 * (judge(fake.detach(), False) + judge(target, True))
        d_loss.backward()
        d_optimizer.step()
        discriminator.requires_grad_(False)
        g_optimizer.zero_grad()
        g_loss = judge(fake, True) + 100.0 * distance(fake, target)
        g_loss.backward()
        g_optimizer.step()
        return d_loss.detach(), g_loss.detach()

    return step


def cyclegan_step(shape, *, width, blocks, layers, batch_size):
    """A step of CycleGAN with identity losses and pools of 50 fakes: function () -> losses.

    Both generators move together, then both discriminators on fakes from the pools.

    Args:
      shape: (height, width, channels) of both domains.
      width: int, features of the first layer of all networks.
      blocks: int, residual blocks of the generators.
      layers: int, convolutions of stride 2 of the discriminators.
      batch_size: int.
    """
    generators = [residual_network(shape[2], width, blocks) for _ in range(2)]
    judges = nn.ModuleList(patches(shape[2], layers, width, "instance") for _ in range(2))
    g_optimizer, d_optimizer = _adam(nn.ModuleList(generators)), _adam(judges)
    domains = [_images(shape, batch_size) for _ in range(2)]
    pools = [_Pool(50) for _ in range(2)]
    squared, distance = nn.MSELoss(), nn.L1Loss()

    def judge(judge, images, is_real):
        logits = judge(images)
        return squared(logits, torch.full_like(logits, float(is_real)))

    def direction(origin, target):
        """The fakes of one direction, and its losses of the generators."""
        there, back = generators[origin], generators[target]
        fakes = there(domains[origin])
        loss = judge(judges[origin], fakes, True)
        loss = loss + 10.0 * distance(back(fakes), domains[origin])
        return fakes, loss + 5.0 * distance(there(domains[target]), domains[target])

    def step():
        judges.requires_grad_(False)
        g_optimizer.zero_grad()
        (fakes, g_loss), (back_fakes, back_loss) = direction(0, 1), direction(1, 0)
        g_loss = g_loss + back_loss
        g_loss.backward()
        g_optimizer.step()
        judges.requires_grad_(True)
        d_optimizer.zero_grad()
        d_losses = []
        for place, images in enumerate((fakes, back_fakes)):
            real = judge(judges[place], domains[1 - place], True)
            fake = judge(judges[place], pools[place].query(images.detach()), False)
            d_losses.append(0.5 * (real + fake))
            d_losses[-1].backward()
        d_optimizer.step()
        return sum(d_losses).detach(), g_loss.detach()

    return step


class UNet(nn.Module):
    """Blocks inside blocks: each returns its output joined with its input.

    Args:
      channels: int, of the input and the output of the outermost block.
      features: list of int, of each level.
      kind: "instance" or "batch".
      dropout_levels: int, how many levels have dropout, from the innermost; never the finest.
      is_outermost: bool.
    """

    def __init__(self, channels, features, kind, dropout_levels=0, is_outermost=True):
        super().__init__()
        (count, *inner), use_bias = features, kind == "instance"
        down = nn.Conv2d(channels, count, 4, 2, 1, bias=use_bias)
        up_from, bias = count * (2 if inner else 1), is_outermost or use_bias
        up = nn.ConvTranspose2d(up_from, channels, 4, 2, 1, bias=bias)
        before = [] if is_outermost else [nn.LeakyReLU(0.2, True)]
        norm = [normalization(kind, count)] if inner and not is_outermost else []
        after = [nn.Tanh()] if is_outermost else [normalization(kind, channels)]
        if len(features) <= dropout_levels and not is_outermost:
            after.append(nn.Dropout(0.5))
        middle = [UNet(count, inner, kind, dropout_levels, is_outermost=False)] if inner else []
        self.path = nn.Sequential(*before, down, *norm, *middle, nn.ReLU(True), up, *after)
        self.is_outermost = is_outermost

    def forward(self, x):
        """`[batch, channels, height, width]` -> the same, or twice the channels inside."""
        y = self.path(x)
        return y if self.is_outermost else torch.cat([y, x], 1)


class _Block(nn.Module):
    def __init__(self, count):
        super().__init__()
        half = [nn.ReflectionPad2d(1), nn.Conv2d(count, count, 3), nn.InstanceNorm2d(count)]
        other = [nn.ReflectionPad2d(1), nn.Conv2d(count, count, 3), nn.InstanceNorm2d(count)]
        self.path = nn.Sequential(*half, nn.ReLU(True), *other)

    def forward(self, x):
        return x + self.path(x)


class _Pool:
    """Earlier fakes: with probability 1/2 each new one is exchanged for one of them."""

    def __init__(self, size):
        self.size, self.images = size, []

    def query(self, fakes):
        returned = []
        for fake in fakes:
            place = random.randrange(self.size)
            if len(self.images) < self.size:
                self.images.append(fake)
            elif random.random() < 0.5:
                fake, self.images[place] = self.images[place], fake
            returned.append(fake)
        return torch.stack(returned)


def features(width, depth):
    """Of the levels of a U-Net: list of int."""
    return [width * min(2**level, _LARGEST_FACTOR) for level in range(depth)]


def normalization(kind, count):
    """Their defaults: epsilon 1e-5, instance normalization without gain and bias."""
    return nn.InstanceNorm2d(count) if kind == "instance" else nn.BatchNorm2d(count)


def patches(channels, count, width, kind):
    """The discriminator of patches with `count` convolutions of stride 2."""
    use_bias = kind == "instance"
    modules = [nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2, True)]
    *before, last = features(width, count + 1)
    for index, (a, b) in enumerate(zip(before, [*before[1:], last], strict=True), 1):
        stride = 2 if index < count else 1
        modules += [nn.Conv2d(a, b, 4, stride, 1, bias=use_bias), normalization(kind, b)]
        modules += [nn.LeakyReLU(0.2, True)]
    return nn.Sequential(*modules, nn.Conv2d(last, 1, 4, 1, 1))


def residual_network(channels, width, blocks):
    """The generator of CycleGAN."""
    modules = [nn.ReflectionPad2d(3), nn.Conv2d(channels, width, 7)]
    modules += [nn.InstanceNorm2d(width), nn.ReLU(True)]
    for count in (width, 2 * width):
        down = nn.Conv2d(count, 2 * count, 3, 2, 1)
        modules += [down, nn.InstanceNorm2d(2 * count), nn.ReLU(True)]
    modules += [_Block(4 * width) for _ in range(blocks)]
    for count in (4 * width, 2 * width):
        up = nn.ConvTranspose2d(count, count // 2, 3, 2, 1, output_padding=1)
        modules += [up, nn.InstanceNorm2d(count // 2), nn.ReLU(True)]
    last = [nn.ReflectionPad2d(3), nn.Conv2d(width, channels, 7), nn.Tanh()]
    return nn.Sequential(*modules, *last)


def _adam(network):
    return torch.optim.Adam(network.parameters(), lr=_RATE, betas=_BETAS)


def _images(shape, batch_size):
    return 2.0 * torch.rand(batch_size, shape[2], *shape[:2]) - 1.0
