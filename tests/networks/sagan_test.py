"""SAGAN: counts of weights, and the place of the attention."""

import pytest

from tfgan import layers
from tfgan.networks import sagan

from . import counting


def test_the_networks_have_the_weights_of_the_published_ones():
    shape = (128, 128, 3)
    assert counting.count(lambda: sagan.generator(shape, 128, classes=1000)) == 42_078_852
    assert counting.count(lambda: sagan.discriminator(shape, classes=1000)) == 39_463_618


@pytest.mark.parametrize(
    ("shape", "places"), [((28, 28, 1), 14 * 14), ((32, 32, 3), 16 * 16), ((16, 24, 1), 8 * 12)]
)
def test_the_attention_has_one_query_for_each_place_of_half_the_image(shape, places):
    for network in (sagan.generator(shape, 4, width=2), sagan.discriminator(shape, width=2)):
        [attention] = [x for x in network.layers if isinstance(x, layers.DotProductAttention)]
        queries, keys, _ = attention.input
        assert queries.shape[1] == places and keys.shape[1] == places // 4


def test_every_kernel_of_the_generator_is_spectrally_normalized():
    network = sagan.generator((8, 8, 1), 4, classes=3, width=2)
    kernels = [v for v in network.trainable_variables if v.name == "kernel"]
    covered = [x for x in network.layers if isinstance(x, layers.SpectralNormalization)]
    assert len(covered) == len(kernels) > 8
