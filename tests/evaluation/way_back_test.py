"""Both directions of a translation are measured, each on its own data."""

import types

import keras
import numpy as np
import pytest

from tfgan.data.sources.pairs import Swapped
from tfgan.evaluation import Evaluator, WayBack
from tfgan.modalities import Images

from .translating import MASKS, SIDE, pairs, unpaired


def network(channels, function):
    source = keras.Input((SIDE, SIDE, channels), name="source")
    return keras.Model({"source": source}, function(source))


def both_ways(back, kind, channels):
    networks = {"AtoB": None, "BtoA": network(channels, back)}
    return types.SimpleNamespace(
        modality=Images(), condition_modalities={"source": kind}, translation_networks=networks
    )


def test_the_way_back_from_images_to_masks_is_compared_with_the_masks():
    def brightness(images):
        return keras.ops.concatenate([-images, images], axis=-1)

    back = WayBack(both_ways(brightness, MASKS, 1))
    evaluated = Evaluator(Swapped(pairs()), None, ["segmentation"]).evaluate(back)
    assert evaluated.results[0].score.value == 1.0 and evaluated.fake.count == 7
    assert back.condition_specs["source"].shape == (SIDE, SIDE, 1)


def test_samples_of_the_way_back_are_translations_of_the_data():
    source = Swapped(unpaired())
    back = WayBack(both_ways(lambda images: -images, Images(), 1))
    fake = Evaluator(source, None, ["swd"]).evaluate(back).fake
    [batch] = source.held_out.examples()
    assert fake.count == 5  # held-out images of the domain that is now the source
    np.testing.assert_array_equal(fake.data, 255 - batch["source"][:5])


def test_a_model_of_one_direction_has_no_way_back():
    model = types.SimpleNamespace(translation_networks={"AtoB": None})
    with pytest.raises(ValueError, match="must translate in both directions; received a .* of 1"):
        WayBack(model)
