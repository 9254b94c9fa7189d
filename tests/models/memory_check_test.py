"""Variables that no memory could hold are refused before they are made."""

import keras
import pytest

from tfgan import layers
from tfgan.models import memory_check


@pytest.mark.parametrize("initializer", ["glorot_uniform", "zeros", "orthogonal"])
def test_a_weight_larger_than_the_memory_is_refused_with_its_shape_and_the_number(initializer):
    layer = keras.layers.Dense(3_000_000, kernel_initializer=initializer)
    with (
        pytest.raises(ValueError) as refused,
        memory_check.within_memory(),
    ):
        layer.build((None, 2_000_000))
    sentence = str(refused.value)
    assert "A weight of shape (2000000, 3000000) needs 43.7 TiB of memory" in sentence
    assert "choose smaller widths or images" in sentence


def test_each_weight_may_take_what_the_limit_allows():
    with memory_check.within_memory(limit=40_000_000):
        keras.layers.Dense(2000).build((None, 2000))  # 16 MB, and as much while it is drawn
    with (
        pytest.raises(ValueError, match="of which 30.5 MiB"),
        memory_check.within_memory(32_000_000),
    ):
        keras.layers.Dense(2001).build((None, 2000))


def test_first_weights_are_those_without_the_check():
    def weights():
        keras.utils.set_random_seed(3)
        layer = keras.layers.Dense(4, kernel_initializer="he_normal")
        layer.build((None, 3))
        return layer.get_weights()

    plain = weights()
    with memory_check.within_memory():
        checked = weights()
    assert all((one == other).all() for one, other in zip(plain, checked, strict=True))


def test_a_weight_may_be_made_of_another_one():
    with memory_check.within_memory():
        layer = layers.spectrally_normalized(keras.layers.Dense)(4)
        layer.build((None, 3))
    assert [tuple(weight.shape) for weight in layer.weights] == [(3, 4), (4,), (4,), (3,)]
