"""What the shape of an example implies for a network.

>>> from tfgan.networks import shapes
>>> shapes.stages((32, 32, 3), "dcgan"), shapes.coarsest((32, 32, 3), 3)
(3, (4, 4))
"""

import math


def stages(shape, network):
    """How often a network halves an image: while both sides are even and stay at 4 or more.

    28 -> 14 -> 7: twice; 32 -> 16 -> 8 -> 4: three times. Always twice at least, so 8 -> 4 -> 2.

    Args:
      shape: (height, width, channels) of one image.
      network: str, the name for error messages.
    Raises: ValueError unless it is an image whose height and width are multiples of 4.
    """
    check(shape, network)
    if len(shape) != 3:
        raise ValueError(
            f"{network} makes images of shape (height, width, channels); received shape {shape}."
        )
    height, width, _ = shape
    if height % 4 or width % 4:
        raise ValueError(
            f"{network} needs a height and width that are multiples of 4; received shape {shape}, "
            f"to which --image_size={_nearest(height, width)} is nearest."
        )
    count = 2
    while _can_halve(height >> count) and _can_halve(width >> count):
        count += 1
    return count


def halved_sides(shape, network):
    """The sides after each halving, rounded up, from the image to the coarsest: list of pairs.

    Until one side is 4 or less, and twice at least: 28, 14, 7, 4; 32, 16, 8, 4; 8, 4, 2.

    Args:
      shape: (height, width, channels) of one image.
      network: str, the name for error messages.
    Raises: ValueError unless it is an image whose sides are 4 or more.
    """
    check(shape, network)
    if len(shape) != 3 or min(shape[:2]) < 4:
        raise ValueError(
            f"{network} makes images of shape (height, width, channels) whose sides are 4 or more; "
            f"received shape {shape}."
        )
    sides = [tuple(shape[:2])]
    while len(sides) < 3 or min(sides[-1]) > 4:
        sides.append(tuple(-(-side // 2) for side in sides[-1]))
    return sides


def coarsest(shape, count):
    """(height, width) after `count` halvings."""
    return shape[0] >> count, shape[1] >> count


def check(shape, network):
    """Raises ValueError unless `shape` is a sequence of positive ints."""
    if not shape or not all(isinstance(side, int) and side > 0 for side in shape):
        raise ValueError(f"{network} needs a shape of positive ints; received {shape!r}.")


def check_binary(shape, network):
    """Raises ValueError unless `shape` is that of an image of one channel."""
    check(shape, network)
    if len(shape) != 3 or shape[-1] != 1:
        raise ValueError(
            f"{network} models binary pixels of one channel, (height, width, 1), such as "
            f"--channels=1 gives; received shape {shape}."
        )


def size(shape):
    """The number of elements of one example."""
    return math.prod(shape)


def _nearest(height, width):
    """The nearest size that can be halved twice, as --image_size takes it: "48" or "48x64"."""
    sides = [4 * max(1, round(side / 4)) for side in (height, width)]
    return "x".join(map(str, dict.fromkeys(sides)))


def _can_halve(side):
    return side % 2 == 0 and side // 2 >= 4
