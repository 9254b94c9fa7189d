"""The floating-point operations of a traced function.

Counted are the multiplications and additions of matrix products and convolutions, forward and for
all gradients, two operations for each pair. They are nearly all arithmetic of a network; what is
done number by number (activations, normalization, optimizers, random numbers) is left out, and so
are decompositions of matrices.

>>> import tensorflow as tf
>>> function = tf.function(lambda x, w: x @ w).get_concrete_function(
...     tf.TensorSpec((8, 5)), tf.TensorSpec((5, 3))
... )
>>> of_step(function.graph)
Flops(mean=240.0, largest=240.0)
"""

import dataclasses
import itertools
import math

from tfgan.training.costs import traced_graph

_KERNEL_OF = {  # the tensor with the shape of the kernel: (inputs or outputs, place)
    "Conv2D": ("inputs", 1),
    "Conv2DBackpropInput": ("inputs", 1),
    "Conv2DBackpropFilter": ("outputs", 0),
    "Conv3D": ("inputs", 1),
    "Conv3DBackpropInputV2": ("inputs", 1),
    "Conv3DBackpropFilterV2": ("outputs", 0),
    "DepthwiseConv2dNative": ("inputs", 1),
    "DepthwiseConv2dNativeBackpropInput": ("inputs", 1),
    "DepthwiseConv2dNativeBackpropFilter": ("outputs", 0),
}
_PRODUCTS = ("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3")


@dataclasses.dataclass(frozen=True)
class Flops:
    """Floating-point operations of a step.

    Attributes:
      mean: float, over all steps: a lazy term, which is due in every k-th, counts 1 / k.
      largest: float, of a step in which all terms are due.
    """

    mean: float
    largest: float


def of_step(graph):
    """The `Flops` of a traced step.

    Of two branches the larger one counts. A loop counts as often as the most rounds that it
    declares, and once without them.

    Args:
      graph: `FuncGraph` with static shapes.
    """
    parts = [_of_operation(operation) for operation in traced_graph.operations(graph)]
    return Flops(sum(each.mean for each in parts), sum(each.largest for each in parts))


def unknown(graph):
    """The products and convolutions whose shapes are not known, and which count 0: list of str."""
    names = []
    for operation in traced_graph.operations(graph):
        is_counted = operation.type in (*_KERNEL_OF, *_PRODUCTS, "Einsum")
        if is_counted and _own(operation) is None:
            names.append(operation.name)
        names += itertools.chain.from_iterable(map(unknown, traced_graph.called(operation)))
    return names


def _of_operation(operation):
    if called := traced_graph.called(operation):
        branches = [of_step(each) for each in called]
        period, rounds = traced_graph.period(operation), traced_graph.rounds(operation)
        largest = max(each.largest for each in branches)
        mean = max(each.mean for each in branches)
        if period > 1:
            due, skipped = branches
            mean = due.mean / period + skipped.mean * (1.0 - 1.0 / period)
        return Flops(rounds * mean, rounds * largest)
    own = _own(operation) or 0.0
    return Flops(own, own)


def _own(operation):
    """What one operation computes: float; None for an unknown shape."""
    try:
        if operation.type in _KERNEL_OF:
            return 2.0 * _of_convolution(operation)
        if operation.type in _PRODUCTS:
            return 2.0 * _of_product(operation)
        if operation.type == "Einsum":
            return 2.0 * _of_einsum(operation)
    except (TypeError, ValueError):  # an unknown dimension, or rank
        return None
    return 0.0


def _of_convolution(operation):
    """Each weight is used once per example and position of the coarser side."""
    side, place = _KERNEL_OF[operation.type]
    kernel = math.prod(getattr(operation, side)[place].shape.as_list())
    coarse = operation.inputs[2] if "Backprop" in operation.type else operation.outputs[0]
    shape = coarse.shape.as_list()
    channels_first = operation.get_attr("data_format").startswith(b"NC")
    return kernel * math.prod(shape[:1] + (shape[2:] if channels_first else shape[1:-1]))


def _of_product(operation):
    is_plain = operation.type == "MatMul"
    transposed = operation.get_attr("transpose_a" if is_plain else "adj_x")
    inner = operation.inputs[0].shape.as_list()[-2 if transposed else -1]
    return math.prod(operation.outputs[0].shape.as_list()) * inner


def _of_einsum(operation):
    """The product of the sizes of all letters of the equation."""
    terms = operation.get_attr("equation").decode().split("->")[0].split(",")
    sizes = {}
    for term, tensor in zip(terms, operation.inputs, strict=True):
        before, _, after = term.partition("...")
        shape = tensor.shape.as_list()
        sizes |= dict(zip(before, shape, strict=False))
        sizes |= dict(zip(reversed(after), reversed(shape), strict=False))
        if "..." in term:
            rest = shape[len(before) : len(shape) - len(after)]
            sizes["..."] = max(sizes.get("...", 1), math.prod(rest))
    if len(terms) < 2:  # a transposition or a sum
        return 0.0
    return math.prod(sizes.values())
