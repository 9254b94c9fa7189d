"""Latents: which axis is the channels, what standardizes them, and what shows them."""

import numpy as np
import pytest

from tfgan import modalities
from tfgan.modalities import previews

Latents = modalities.Latents


def fitted(data, layout=None):
    data = np.asarray(data, np.float32)
    return Latents.fit("a.npz", data.shape[1:], [data[:3], data[3:]], layout)


def test_each_channel_is_standardized_over_all_examples_and_places():
    draw = np.random.default_rng(0)
    scale, shift = np.float32([1, 100, 1e-3, 7]), np.float32([0, 5000, 1, -2])
    data = (draw.normal(size=(20, 6, 6, 4)) * scale + shift).astype(np.float32)
    modality = fitted(data)
    np.testing.assert_allclose(modality.mean, data.mean(axis=(0, 1, 2), dtype=float), rtol=1e-6)
    np.testing.assert_allclose(modality.std, data.std(axis=(0, 1, 2), dtype=float), rtol=1e-5)
    seen = modality.to_float(data).numpy()
    np.testing.assert_allclose(seen.mean(axis=(0, 1, 2)), np.zeros(4), atol=1e-3)
    np.testing.assert_allclose(seen.std(axis=(0, 1, 2)), np.ones(4), rtol=1e-3)


def test_the_channels_may_be_the_first_axis():
    data = np.random.default_rng(0).normal(size=(9, 4, 8, 8)).astype(np.float32)
    first, last = fitted(data), fitted(np.moveaxis(data, 1, -1))
    assert first.channels_first and not last.channels_first
    assert first.mean == pytest.approx(last.mean) and first.std == pytest.approx(last.std)
    seen = first.to_float(data).numpy()
    np.testing.assert_allclose(seen, last.to_float(np.moveaxis(data, 1, -1)), atol=1e-6)
    np.testing.assert_allclose(first.to_raw(first.to_float(data)), data, atol=1e-6)


def test_a_column_of_one_value_stays_where_it_is():
    modality = fitted([[3.0, 1.0], [3.0, 2.0], [3.0, 4.0], [3.0, 1.0]])
    assert modality.mean[0] == 3.0 and modality.std[0] == 1.0
    np.testing.assert_array_equal(modality.to_float([[3.0, 2.0]])[:, 0], [0.0])


@pytest.mark.parametrize(
    ("shape", "layout", "first"),
    [
        ((5,), None, False),
        ((4, 32, 32), None, True),
        ((32, 32, 4), None, False),
        ((16, 8, 8), None, True),
        ((4, 4, 4), "chw", True),
        ((4, 4, 4), "hwc", False),
        ((7, 3), "tc", False),
        ((7, 3), "ct", True),
        ((4, 2, 8, 8), None, True),
        ((2, 8, 8, 4), None, False),
    ],
)
def test_the_axis_that_leaves_a_square_is_the_channels(shape, layout, first):
    data = np.random.default_rng(0).normal(size=(4, *shape))
    assert fitted(data, layout).channels_first == first


@pytest.mark.parametrize(
    ("shape", "layout", "sentence"),
    [
        ((4, 4, 4), None, "add #kind=latents,layout=hwc or #kind=latents,layout=chw to the name"),
        ((4, 16, 8), None, "axis of the channels of .* is ambiguous"),
        ((7, 3), None, "add #kind=latents,layout=tc or #kind=latents,layout=ct to the name"),
        ((4, 8, 8), "whc", r"layout must be hwc or chw for \[4, 8, 8\]; received 'whc'"),
        ((5,), "hwc", r"layout must be c for \[5\]"),
        ((1, 1, 1, 1, 1), None, "latents have 1 to 4 axes"),
    ],
)
def test_what_could_be_two_things_is_refused_with_the_choices(shape, layout, sentence):
    with pytest.raises(ValueError, match=f"a.npz: .*{sentence}|a.npz: {sentence}"):
        fitted(np.zeros((4, *shape)), layout)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"mean": (0.0,)}, "one number per channel; received 1 and 0"),
        ({"mean": (0.0,), "std": (0.0,)}, "std above 0"),
        ({"mean": (float("nan"),), "std": (1.0,)}, "mean must be finite"),
        ({"mean": ("a",), "std": (1.0,)}, "mean must be numbers"),
        ({"mean": 3.0, "std": (1.0,)}, "mean must be numbers"),
    ],
)
def test_facts_that_cannot_be_are_refused(facts, sentence):
    with pytest.raises(ValueError, match=sentence):
        Latents(**facts)


def test_a_heat_map_has_the_channels_side_by_side():
    data = np.zeros((1, 2, 3, 3), np.float32)
    data[0, 1] = [[-6.0, 0.0, 6.0]] * 3  # the second of two channels, deviation 2
    modality = Latents(True, mean=(0.0, 0.0), std=(1.0, 2.0))
    [heat_map] = np.asarray(modality.pictures(data))
    assert heat_map.shape == (3, 6, 1)
    np.testing.assert_array_equal(heat_map[..., 0], [[128, 128, 128, 0, 128, 255]] * 3)


def test_a_row_is_a_line_of_cells_enlarged():
    modality = Latents(mean=(0.0,) * 4, std=(1.0,) * 4)
    rows = np.float32([[0.0, 3.0, -3.0, 9.0]])
    picture = modality.picture(rows)
    assert picture.shape == (24 + 4, 96 + 4, 1)
    assert picture[14, [14, 38, 62, 86], 0].tolist() == [128, 255, 0, 255]


@pytest.mark.parametrize("shape", [(3,), (5, 3), (6, 5, 3), (2, 6, 5, 3)])
def test_arrays_of_every_rank_have_heat_maps_that_show_each_number(shape):
    data = np.random.default_rng(0).normal(size=(2, *shape)).astype(np.float32)
    maps = np.asarray(Latents().pictures(data))
    assert maps.shape[0] == 2 and maps.shape[3] == 1 and maps[0].size == np.prod(shape)


def test_tensorboard_gets_the_distribution_of_each_channel_in_the_units_of_the_file():
    data = np.random.default_rng(0).normal(5.0, 3.0, size=(7, 2, 8, 8)).astype(np.float32)
    preview = Latents(True, (5.0, 5.0), (3.0, 3.0)).preview(data)
    assert isinstance(preview, previews.Picture)
    assert list(preview.numbers) == ["channel_0", "channel_1"]
    np.testing.assert_array_equal(preview.numbers["channel_1"], data[:, 1])
