"""Edges of gray images: the filters of Sobel, and those of Canny's method that remain as lines.

All is computed in integers, so an image has the same edges in any batch and on any machine.
"""

import tensorflow as tf

_BINOMIAL = (1, 4, 6, 4, 1)  # of variance 1 and sum 16, in place of a Gaussian


def sobel(gray):
    """The slopes of gray images, 8 times those per pixel.

    Args:
      gray: integer `[n, height, width, 1]`; the border is continued by its own pixels.
    Returns: (slopes to the right, slopes downwards), each as `gray`.
    """
    padded = tf.pad(gray, [[0, 0], [1, 1], [1, 1], [0, 0]], "SYMMETRIC")
    down = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    right = padded[:, :, :-2] + 2 * padded[:, :, 1:-1] + padded[:, :, 2:]
    return down[:, :, 2:] - down[:, :, :-2], right[:, 2:] - right[:, :-2]


def canny(gray, low, high):
    """Where the lines are: smoothing, slopes, thinning, and two thresholds.

    >>> image = tf.constant([[0, 0, 0, 0, 9, 9, 9, 9]] * 3)[None, ..., None] * 20
    >>> canny(image, 100, 200)[0, 1, :, 0].numpy().astype(int).tolist()
    [0, 0, 0, 1, 0, 0, 0, 0]

    Args:
      gray: int32 `[n, height, width, 1]` in 0..255; the border is continued by its own pixels.
      low, high: int, magnitudes of the slopes of `sobel`, for levels in 0..255. A line has `high`
        or more at one pixel, and `low` or more at all.
    Returns: bool `[n, height, width, 1]`, lines of one pixel.
    Source: Canny 1986, https://doi.org/10.1109/TPAMI.1986.4767851; here with a binomial filter of 5
      pixels in place of a Gaussian with a standard deviation of 1, and four directions.
    """
    scale = sum(_BINOMIAL) ** 2
    across, along = (tf.cast(each, tf.int64) for each in sobel(_smooth(gray)))
    strength = across * across + along * along
    is_line = _is_crest(strength, across, along) & (strength >= (scale * low) ** 2)
    return _connected(is_line & (strength >= (scale * high) ** 2), is_line)


def _smooth(gray):
    """The images times 256, smoothed."""
    for axis in (1, 2):
        paddings = [[2, 2] if axis == each else [0, 0] for each in range(4)]
        padded = tf.pad(gray, paddings, "SYMMETRIC")
        size = gray.shape[axis]
        shifted = [tf.gather(padded, range(start, start + size), axis=axis) for start in range(5)]
        gray = tf.add_n([weight * each for weight, each in zip(_BINOMIAL, shifted, strict=True)])
    return gray


def _is_crest(strength, across, along):
    """Where a slope is the steepest of three pixels in its direction, the first of equal ones."""
    a, b = tf.abs(across), tf.abs(along)
    # tan 22.5 degrees = sqrt(2) - 1, so b < (sqrt(2) - 1) a where b^2 + 2 a b < a^2.
    is_level, is_upright = b * b + 2 * a * b < a * a, a * a + 2 * a * b < b * b
    falls = (across > 0) == (along > 0)

    def is_steepest(rows, columns):
        before, after = (_neighbor(strength, s * rows, s * columns) for s in (-1, 1))
        return (strength > before) & (strength >= after)

    slanted = tf.where(falls, is_steepest(1, 1), is_steepest(1, -1))
    straight = tf.where(is_level, is_steepest(0, 1), is_steepest(1, 0))
    return tf.where(is_level | is_upright, straight, slanted)


def _neighbor(values, rows, columns):
    """The value beside each pixel, that of a border pixel beyond the border."""
    padded = tf.pad(values, [[0, 0], [1, 1], [1, 1], [0, 0]])
    height, width = values.shape[1:3]
    return padded[:, 1 + rows : 1 + rows + height, 1 + columns : 1 + columns + width]


def _connected(seeds, allowed):
    """The allowed pixels that a path of allowed pixels connects with a seed."""

    def grow(reached, _):
        wider = tf.nn.max_pool2d(tf.cast(reached, tf.float32), 3, 1, "SAME") > 0.0
        wider &= allowed
        return wider, tf.reduce_any(wider != reached)

    return tf.while_loop(lambda _, goes_on: goes_on, grow, (seeds, tf.constant(True)))[0]
