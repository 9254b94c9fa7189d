"""What a shape says about a network, and which size is near one that cannot be made."""

import pytest

from tfgan.networks import shapes


@pytest.mark.parametrize(
    ("sides", "nearest"),
    [((50, 50), "48"), ((30, 27), "32x28"), ((66, 64), "64"), ((1, 1), "4"), ((7, 101), "8x100")],
)
def test_the_nearest_size_that_can_be_made_is_named_and_can_be_made(sides, nearest):
    with pytest.raises(ValueError, match=rf"multiples of 4; .* --image_size={nearest} is nearest"):
        shapes.stages((*sides, 3), "dcgan")
    made = [int(side) for side in nearest.split("x")]
    assert shapes.stages((made[0], made[-1], 3), "dcgan") >= 2


def test_halvings_round_up_to_4_or_less():
    assert shapes.halved_sides((28, 28, 1), "net") == [(28, 28), (14, 14), (7, 7), (4, 4)]
    assert shapes.halved_sides((8, 8, 1), "net") == [(8, 8), (4, 4), (2, 2)]
    assert shapes.halved_sides((13, 30, 3), "net") == [(13, 30), (7, 15), (4, 8)]
    with pytest.raises(ValueError, match=r"4 or more; received shape \(3, 9, 1\)"):
        shapes.halved_sides((3, 9, 1), "net")
