"""The blocks of `blocks` in PyTorch."""

import torch

from tfgan.studies.benchmarks import blocks
from tfgan.studies.benchmarks.torch_layers import ModulatedConv2d, R3GANBlock, scaled_leaky_relu

LAYOUTS = ("", "channels last")


class _Modulated(torch.nn.Module):
    def __init__(self, width, up):
        super().__init__()
        self.convolution = ModulatedConv2d(width, width, 3, up=up)

    def forward(self, x, style):
        return scaled_leaky_relu(self.convolution(x, style))


def network(block):
    """The block as a module, args: see `blocks.network`."""
    if block.kind == "r3gan":
        return R3GANBlock(block.width, 16, 1.0)
    return _Modulated(block.width, up=block.kind == "modulated up")


def gradients(block, has_penalty, layout="", module=None):
    """Function () -> the gradients of a value, or of a penalty, of a block: list of tensors.

    Args:
      block, has_penalty: see `blocks.gradients`.
      layout: one of `LAYOUTS`.
      module: the `network` of the block; by default a new one.
    """
    form = torch.channels_last if layout else torch.contiguous_format
    module = (module or network(block)).to(memory_format=form)
    *inputs, weights = (_as_torch(each, form) for each in blocks.inputs_of(block))
    own = list(module.parameters())

    def step():
        sources = [each.detach().requires_grad_() for each in inputs]
        value = (module(*sources) * weights).sum()
        if not has_penalty:
            return torch.autograd.grad(value, [*sources, *own])
        slopes = torch.autograd.grad(value, sources, create_graph=True)
        penalty = sum(each.square().sum() for each in slopes)
        return torch.autograd.grad(penalty, own, allow_unused=True)

    return step


def _as_torch(array, form):
    tensor = torch.from_numpy(array)
    return tensor.permute(0, 3, 1, 2).contiguous(memory_format=form) if array.ndim == 4 else tensor
