"""The training steps of four recipes in PyTorch: their losses, penalties, optimizers and averages.

Gradients are computed by player, so that a pass computes none that is not used.
"""

import copy
import dataclasses
from collections.abc import Callable

import torch
from torch.nn.functional import relu, softplus

from tfgan.studies.benchmarks import torch_networks, torch_r3gan, torch_stylegan2


def _non_saturating(real, fake):
    return (softplus(-real) + softplus(fake)).mean(), softplus(-fake).mean()


def _hinge(real, fake):
    return (relu(1.0 - real) + relu(1.0 + fake)).mean(), -fake.mean()


def _relativistic(real, fake):
    return softplus(fake - real).mean(), softplus(real - fake).mean()


@dataclasses.dataclass(frozen=True)
class _Twin:
    """What differs between the recipes.

    Attributes:
      networks: function (shape, parameters) -> (generator, discriminator).
      losses: function (real logits, fake logits) -> losses of discriminator and generator.
      epsilon: float, of Adam.
      is_uniform: bool, whether latents are uniform in [-1, 1], else normal.
    """

    networks: Callable
    losses: Callable
    epsilon: float = 1e-7
    is_uniform: bool = False


_TWINS = {
    "dcgan": _Twin(torch_networks.dcgan, _non_saturating, is_uniform=True),
    "sngan": _Twin(torch_networks.sngan, _hinge),
    "stylegan2": _Twin(torch_stylegan2.stylegan2, _non_saturating, epsilon=1e-8),
    "r3gan": _Twin(torch_r3gan.r3gan, _relativistic, epsilon=1e-8),
}
RECIPES = tuple(_TWINS)


class Game:
    """The training of a recipe: `step()` takes one step on the same random images.

    Args:
      recipe: str, one of `RECIPES`.
      shape: (height, width, channels).
      parameters: dict of all parameters of the recipe; labels are not used.
    """

    def __init__(self, recipe, shape, parameters):
        self._twin, self._parameters = _TWINS[recipe], parameters
        self.networks = self._twin.networks(shape, parameters)
        self._generator, self._discriminator = self.networks
        betas = parameters.get("beta_1", 0.0), parameters.get("beta_2", 0.999)
        rate, epsilon = parameters["learning_rate"], self._twin.epsilon
        self._optimizers = [
            torch.optim.Adam(each.parameters(), rate, betas, epsilon) for each in self.networks
        ]
        self._average = copy.deepcopy(self._generator)
        self._real = 2.0 * torch.rand(parameters["batch_size"], shape[2], *shape[:2]) - 1.0
        self._steps, self._path_length = 0, torch.zeros(())

    def step(self):
        """The losses of the discriminator and of the generator, tensors."""
        move = self._simultaneous if self._parameters.get("simultaneous") else self._alternating
        losses = move()
        self._move_average()
        self._steps += 1
        return losses

    def _alternating(self):
        with torch.no_grad():
            fake = self._images(self._latents())
        real_logits = self._discriminator(self._real)
        d_loss, _ = self._twin.losses(real_logits, self._discriminator(fake))
        d_loss = d_loss + self._penalties(fake)
        self._move(1, d_loss)
        latents = self._latents()
        g_loss = self._twin.losses(
            real_logits.detach(), self._discriminator(self._images(latents))
        )[1]
        g_loss = g_loss + self._path_penalty(latents)
        self._move(0, g_loss)
        return d_loss.detach(), g_loss.detach()

    def _simultaneous(self):
        fake = self._images(self._latents())
        d_loss, g_loss = self._twin.losses(
            self._discriminator(self._real), self._discriminator(fake)
        )
        d_loss = d_loss + self._penalties(fake.detach())
        gradients = [
            torch.autograd.grad(loss, self._weights(player), retain_graph=player == 1)
            for player, loss in ((1, d_loss), (0, g_loss))
        ]
        for player, gradient in zip((1, 0), gradients, strict=True):
            self._apply(player, gradient)
        return d_loss.detach(), g_loss.detach()

    def _latents(self):
        shape = self._parameters["batch_size"], self._parameters["latent_dim"]
        if self._twin.is_uniform:
            return 2.0 * torch.rand(shape) - 1.0
        return torch.randn(shape)

    def _images(self, latents):
        output = self._generator(latents)
        return output[0] if isinstance(output, tuple) else output

    def _weights(self, player):
        return list(self.networks[player].parameters())

    def _move(self, player, loss):
        self._apply(player, torch.autograd.grad(loss, self._weights(player)))

    def _apply(self, player, gradient):
        for weight, each in zip(self._weights(player), gradient, strict=True):
            weight.grad = each
        self._optimizers[player].step()

    def _penalties(self, fake):
        """R1 of StyleGAN2, lazy; R1 and R2 of R3GAN, on a part of the batch."""
        parameters = self._parameters
        if every := parameters.get("r1_every"):
            if self._steps % every:
                return 0.0
            return every * parameters["r1_weight"] * self._squared_gradient(self._real)
        if weight := parameters.get("penalty_weight"):
            rows = slice(None, None, round(1.0 / parameters["penalty_share"]))
            points = (self._real[rows], fake[rows])
            return weight * sum(map(self._squared_gradient, points))
        return 0.0

    def _squared_gradient(self, points):
        points = points.detach().requires_grad_()
        logits = self._discriminator(points)
        (gradient,) = torch.autograd.grad(logits.sum(), points, create_graph=True)
        return gradient.square().sum((1, 2, 3)).mean()

    def _path_penalty(self, latents):
        """The lazy path length regularization of StyleGAN2, on half of the batch."""
        every, weight = (
            self._parameters.get(f"path_length_{name}") for name in ("every", "weight")
        )
        if not weight or self._steps % every:
            return 0.0
        images, styles = self._generator(latents[::2])
        noise = torch.randn_like(images) / (images.shape[2] * images.shape[3]) ** 0.5
        (slope,) = torch.autograd.grad((images * noise).sum(), styles, create_graph=True)
        lengths = (slope.square().sum(2).mean(1) + 1e-12).sqrt()
        mean = self._path_length.lerp(lengths.mean(), 0.01)
        self._path_length = mean.detach()
        return every * weight * (lengths - mean).square().mean()

    def _move_average(self):
        half_life = self._parameters["average_half_life"]
        if not half_life:
            return
        share = 1.0 - 0.5 ** (self._parameters["batch_size"] / half_life)
        pairs = zip(
            self._average.state_dict().values(), self._generator.state_dict().values(), strict=True
        )
        with torch.no_grad():
            for average, value in pairs:
                if average.is_floating_point():
                    average.lerp_(value, share)
