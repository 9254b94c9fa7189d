"""The VGG discriminator: its stages, depth and head."""

import keras
import pytest

from tfgan.networks import vgg

L = keras.layers


def convolutions(model):
    return [layer for layer in model.layers if isinstance(layer, L.Conv2D)]


def test_the_paper_has_five_stages_that_double_up_to_eight_times():
    model = vgg.discriminator((224, 224, 3), width=2)
    # The paper's 224 halves to 112, 56, 28, 14 and 7.
    assert [x.filters for x in convolutions(model)] == [2, 2, 4, 4, 8, 8, 16, 16, 16, 16]
    assert {x.kernel_size for x in convolutions(model)} == {(3, 3)}
    assert sum(isinstance(x, L.MaxPooling2D) for x in model.layers) == 5


def test_parameters_are_as_many_as_the_formula_says():
    # 28x28x1 -> 14x14x4 -> 7x7x8 -> 1, three convolutions a stage.
    first = (9 * 1 + 1) * 4 + 2 * (9 * 4 + 1) * 4
    second = (9 * 4 + 1) * 8 + 2 * (9 * 8 + 1) * 8
    model = vgg.discriminator((28, 28, 1), width=4, depth=3)
    assert model.count_params() == first + second + 7 * 7 * 8 + 1


def test_dense_layers_stand_before_the_logit():
    model = vgg.discriminator((8, 8, 1), width=4, dense_widths=(6, 5))
    assert [x.units for x in model.layers if isinstance(x, L.Dense)] == [6, 5, 1]


def test_a_norm_stands_behind_every_convolution_but_the_first():
    model = vgg.discriminator((8, 8, 1), width=4, depth=2, normalization="batch")
    norms = [x for x in model.layers if isinstance(x, L.BatchNormalization)]
    assert len(norms) == len(convolutions(model)) - 1 == 3
    first = convolutions(model)[0]
    assert isinstance(model.layers[model.layers.index(first) + 1], L.ReLU)


def test_a_depth_below_one_is_refused():
    with pytest.raises(ValueError, match="depth must be 1 or more; received 0"):
        vgg.discriminator((8, 8, 1), depth=0)
