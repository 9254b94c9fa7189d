"""Masked layers, whose outputs depend on a part of their inputs, for autoregressive models.

The pixels are in raster order: row by row, and from left to right in a row.

>>> from tfgan import layers
>>> layer = layers.MaskedDense(in_degrees=[1, 2], out_degrees=[1, 2], strict=True)
>>> _ = layer(np.ones((1, 2)))
>>> (np.asarray(layer.masked_kernel()) != 0.0).tolist()
[[False, True], [False, False]]
"""

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class MaskedDense(keras.layers.Layer):
    """A dense layer whose units depend on the inputs of lower degree.

    y_k = b_k + sum_j M_jk W_jk x_j, M_jk = [in_degree_j <= out_degree_k], or < if strict.

    A unit of degree d depends on the first d pixels: an input pixel i (from 0) has the degree
    i + 1, and the output that predicts it is strict, so that it depends on the i pixels before.

    Args:
      in_degrees: sequence of int, one per input.
      out_degrees: sequence of int, one per unit.
      strict: bool, whether equal degrees are masked too, as in the last layer.
      use_bias: bool.
    Source: Germain et al. 2015, https://arxiv.org/abs/1502.03509, Eq. 12 and 13.
    """

    def __init__(self, in_degrees, out_degrees, strict=False, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.in_degrees = tuple(int(degree) for degree in in_degrees)
        self.out_degrees = tuple(int(degree) for degree in out_degrees)
        self.strict = strict
        self.use_bias = use_bias
        inputs, units = np.array(self.in_degrees)[:, None], np.array(self.out_degrees)[None, :]
        self._mask = (inputs < units if strict else inputs <= units).astype(np.float32)

    def build(self, input_shape):
        shape = (len(self.in_degrees), len(self.out_degrees))
        self.kernel = self.add_weight(name="kernel", shape=shape, initializer="glorot_uniform")
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(name="bias", shape=shape[1:], initializer="zeros")

    def masked_kernel(self):
        """The kernel with its zeros: `[inputs, units]`."""
        return ops.cast(self.kernel * self._mask, self.compute_dtype)

    def call(self, inputs):
        outputs = ops.matmul(inputs, self.masked_kernel())
        return outputs if self.bias is None else outputs + self.bias

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], len(self.out_degrees))

    def get_config(self):
        arguments = ("in_degrees", "out_degrees", "strict", "use_bias")
        return super().get_config() | {name: getattr(self, name) for name in arguments}


@keras.saving.register_keras_serializable(package="tfgan")
class MaskedConv2D(keras.layers.Layer):
    """A convolution without the pixels after the current one; it keeps the size of the image.

    y[r, c] = b + sum_ij W[i, j] x[r - above + i, c - side + j], i <= above, and in the current row,
    i = above, only j < side, or j <= side with the current pixel.

    Args:
      filters: int.
      above: int, rows above the current one; 0 for a horizontal stack.
      side: int, columns to the left, and in the rows above to the right too.
      center: bool, with the current pixel (mask B of the paper) or without (mask A).
      whole_rows: bool, with all of the current row, for a vertical stack, whose input depends on
        the rows above alone; without `center`, with none of it.
    Source: van den Oord et al. 2016, https://arxiv.org/abs/1601.06759, section 3.4; 2016,
      https://arxiv.org/abs/1606.05328, section 2.2, for the two stacks.
    """

    def __init__(self, filters, above, side, center=True, whole_rows=False, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.above = above
        self.side = side
        self.center = center
        self.whole_rows = whole_rows
        self._right = side if above else 0  # a row alone ends with the current pixel
        self._mask = np.ones((above + 1, side + 1 + self._right, 1, 1), np.float32)
        if whole_rows:
            self._mask[above] = float(center)
        else:
            self._mask[above, side + int(center) :] = 0.0

    def build(self, input_shape):
        self.kernel = self.add_weight(
            name="kernel",
            shape=(*self._mask.shape[:2], input_shape[-1], self.filters),
            initializer="glorot_uniform",
        )
        self.bias = self.add_weight(name="bias", shape=(self.filters,), initializer="zeros")

    def masked_kernel(self):
        """The kernel with its zeros: `[above + 1, columns, inputs, filters]`, the own row last."""
        return ops.cast(self.kernel * self._mask, self.compute_dtype)

    def add_bias(self, outputs):
        return outputs + ops.cast(self.bias, self.compute_dtype)

    def call(self, inputs):
        padded = ops.pad(inputs, [[0, 0], [self.above, 0], [self.side, self._right], [0, 0]])
        return self.add_bias(ops.conv(padded, self.masked_kernel(), padding="valid"))

    def on_rows(self, window):
        """The contribution of a few rows to the outputs of one row, with the bias.

        Args:
          window: `[batch, rows, columns, inputs]`: the `above` rows, and the current if known.
        Returns: `[batch, columns, filters]`.
        """
        padded = ops.pad(window, [[0, 0], [0, 0], [self.side, self._right], [0, 0]])
        kernel = self.masked_kernel()[: window.shape[1]]
        return self.add_bias(ops.conv(padded, kernel, padding="valid")[:, 0])

    def on_own_row(self, patch):
        """The contribution of the current row, up to the current pixel, to the output there.

        Args:
          patch: `[side + 1, batch, inputs]`, the current pixel last.
        Returns: `[batch, filters]`, without the bias.
        """
        kernel = self.masked_kernel()[self.above, : self.side + 1]
        return ops.sum(ops.matmul(patch, kernel), axis=0)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.filters)

    def get_config(self):
        arguments = ("filters", "above", "side", "center", "whole_rows")
        return super().get_config() | {name: getattr(self, name) for name in arguments}
