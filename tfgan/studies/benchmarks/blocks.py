"""A modulated convolution and a block of R3GAN by themselves, against PyTorch.

Each is measured forward and backward, for the gradients of inputs and weights; and with the second
derivative: the gradient of the weights of a penalty on the squared gradient of the inputs, as of R1
and of the path length.
"""

import dataclasses
import importlib.util

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers
from tfgan.networks import r3gan
from tfgan.studies.benchmarks import timing

CALLS = 10


@dataclasses.dataclass(frozen=True)
class Block:
    """One of the blocks.

    Attributes:
      kind: "modulated", "modulated up" or "r3gan".
      batch, side, width: int, of the input `[batch, side, side, width]`; the outputs have as many
        channels.
    """

    kind: str
    batch: int
    side: int
    width: int

    @property
    def name(self):
        """The name of its row."""
        kinds = {
            "modulated": "modulated convolution",
            "modulated up": "modulated convolution, up",
            "r3gan": "R3GAN block",
        }
        return f"{kinds[self.kind]} {self.side}x{self.side}x{self.width}, batch {self.batch}"

    @property
    def input_shapes(self):
        """Of the images, and of the styles if there are any: list of tuples."""
        styles = [] if self.kind == "r3gan" else [(self.batch, self.width)]
        return [(self.batch, self.side, self.side, self.width), *styles]


BLOCKS = (
    Block("modulated", 16, 32, 64),
    Block("modulated up", 16, 16, 64),
    Block("r3gan", 32, 28, 16),
    Block("r3gan", 16, 16, 64),
)


def run(blocks, rounds, progress=timing.silent):
    """Rows of `timing.rows`: list of dict that JSON can hold.

    Args:
      blocks: sequence of Block.
      rounds: int.
      progress: see `timing.race`.
    """
    functions, against = {}, {}
    has_torch = bool(importlib.util.find_spec("torch"))
    for block in blocks:
        for order, has_penalty in (("gradient", False), ("second derivative", True)):
            own = f"tfgan, {block.name}, {order}"
            functions[own] = gradients(block, has_penalty)
            if has_torch:
                from tfgan.studies.benchmarks import torch_blocks

                for layout in torch_blocks.LAYOUTS:
                    name = f"PyTorch, {block.name}, {order}{layout and f', {layout}'}"
                    functions[name] = torch_blocks.gradients(block, has_penalty, layout)
                    against[name] = own
    seconds = timing.interleave(functions, rounds, CALLS, progress)
    return timing.rows(seconds, against)


def lines(rows):
    """Milliseconds, and ratios to ours, as lines of text."""
    for row in rows:
        ratio = f"   {row['ratio']:.2f} times ours" if "ratio" in row else ""
        yield f"{row['name']:<86}{row['seconds'] * 1e3:>8.2f} ms{ratio}"


def network(block):
    """The block as a functional model of its inputs."""
    inputs = [keras.Input(shape[1:]) for shape in block.input_shapes]
    if block.kind == "r3gan":
        return keras.Model(inputs, r3gan.block(inputs[0]))
    make = layers.ModulatedConv2D(
        block.width, 3, layers.scaled_leaky_relu, up=block.kind == "modulated up"
    )
    return keras.Model(inputs, make(inputs))


def inputs_of(block):
    """Random inputs, and the weights of the outputs in the value: list of float32 NumPy."""
    random = np.random.default_rng(0)
    batch, side, _, width = block.input_shapes[0]
    sides = 2 * side if block.kind == "modulated up" else side
    shapes = [*block.input_shapes, (batch, sides, sides, width)]
    return [random.normal(size=shape).astype(np.float32) for shape in shapes]


def gradients(block, has_penalty, model=None):
    """Function () -> the gradients of a value, or of a penalty, of a block: list of tensors.

    Args:
      block: Block.
      has_penalty: bool, whether the gradients are those of the penalty.
      model: the `network` of the block; by default a new one.
    """
    model = model or network(block)
    *inputs, weights = map(tf.constant, inputs_of(block))

    def first(outer):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            value = tf.reduce_sum(model(inputs) * weights)
        sources = inputs if outer else [*inputs, *model.trainable_variables]
        return tape.gradient(value, sources)

    def second():
        with tf.GradientTape() as tape:
            penalty = sum(tf.reduce_sum(tf.square(each)) for each in first(outer=True))
        # A last bias changes no gradient.
        return tape.gradient(penalty, model.trainable_variables, unconnected_gradients="zero")

    return tf.function(second if has_penalty else lambda: first(outer=False), autograph=False)
