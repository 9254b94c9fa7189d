import numpy as np
import pytest

from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources.domains.halves import Half

IMAGES = np.random.default_rng(0).integers(0, 256, (3, 6, 10, 4), np.uint8)


@pytest.mark.parametrize("options", [{}, {"size": (4, 4)}, {"channels": 1}, {"channels": 4}])
@pytest.mark.parametrize(("number", "columns"), [(0, slice(0, 5)), (1, slice(5, 10))])
def test_a_half_is_preprocessed_as_an_image_of_its_own(options, number, columns):
    whole = ImagePreprocessing(**options)
    half = Half(whole, number)
    result = half(IMAGES).numpy()
    np.testing.assert_array_equal(result, whole(IMAGES[:, :, columns]))
    assert half.shape(6, 10, 4) == result.shape[1:]
    assert (half.size, half.channels, half.background) == (
        whole.size, whole.channels, whole.background,
    )  # fmt: skip
    assert half.needed(6, 10, 4) > whole.needed(6, 5, 4)
