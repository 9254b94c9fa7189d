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
