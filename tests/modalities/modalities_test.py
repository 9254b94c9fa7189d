"""Every kind of data: what networks see, what is shown, and what it is called."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import images, modalities

DRAW = np.random.default_rng(0)
TEXTS = modalities.Texts("\nab")
EXAMPLES = {  # a modality, raw examples of it, and what a network sees of one
    "images": (modalities.Images(), DRAW.integers(0, 256, (5, 8, 6, 3), np.uint8), (8, 6, 3)),
    "videos": (modalities.Videos(), DRAW.integers(0, 256, (5, 2, 8, 6, 1), np.uint8), (2, 8, 6, 1)),
    "texts": (TEXTS, DRAW.integers(0, 3, (5, 4), np.int32), (4, 3)),
    "masks": (
        modalities.Masks(("ground", "sky", "sea")),
        DRAW.integers(0, 3, (5, 8, 6, 1), np.uint8),
        (8, 6, 3),
    ),
    "points": (modalities.Points(), DRAW.normal(size=(5, 3)).astype(np.float32), (3,)),
    "maps": (
        modalities.Latents(True, mean=(1.0, -2.0, 0.0, 3e4), std=(2.0, 0.1, 1.0, 3e3)),
        (1e2 * DRAW.normal(size=(5, 4, 8, 6))).astype(np.float32),
        (8, 6, 4),
    ),
    "rows": (
        modalities.Latents(mean=(40.0, 1e-3), std=(12.0, 1e-4)),
        DRAW.normal(size=(5, 2)).astype(np.float32),
        (2,),
    ),
}


@pytest.fixture(params=EXAMPLES)
def example(request):
    return EXAMPLES[request.param]


def test_there_is_an_example_of_every_kind():
    assert {type(modality) for modality, *_ in EXAMPLES.values()} == set(modalities.KINDS)


def test_raw_data_survive_the_way_through_a_network(example):
    modality, data, shape = example
    seen = modality.to_float(data)
    assert seen.dtype == tf.float32 and tuple(seen.shape[1:]) == shape
    made = modality.to_raw(seen).numpy()
    assert made.dtype.name == modality.dtype and made.shape == data.shape
    np.testing.assert_allclose(made, data, rtol=1e-6, atol=4e-3)  # two roundings of 3e4


def test_the_shapes_of_raw_data_and_of_what_networks_see_lead_to_each_other(example):
    modality, data, shape = example
    assert modality.shape(data.shape[1:]) == shape
    assert modality.raw_shape(shape) == data.shape[1:]
    modality.check(shape)


def test_what_a_preview_shows_is_written(example, tmp_path):
    modality, data, _ = example
    path = tmp_path / f"a.{modality.preview_suffix}"
    modality.preview(data).write(str(path))
    if modality.preview_suffix == "txt":
        assert path.read_text().splitlines() == modality.lines(data)
    else:
        shown = tf.io.decode_png(path.read_bytes())
        np.testing.assert_array_equal(shown, modality.picture(data))


def test_clients_get_the_data_and_their_pictures(example):
    modality, data, _ = example
    named = modality.output_tensors(tf.constant(data))
    np.testing.assert_array_equal(named[modality.output_name], data)
    assert ("png_bytes" in named) == modality.has_pictures
    if modality.has_pictures:
        [first, *_] = map(tf.io.decode_png, named["png_bytes"])
        np.testing.assert_array_equal(first, np.asarray(modality.pictures(data))[0])


def test_single_pictures_belong_to_kinds_that_have_them(example):
    modality, data, _ = example
    if not modality.has_pictures:
        with pytest.raises(ValueError, match=f"Single {modality.kind} have no pictures"):
            modality.pictures(data)


def test_continuous_data_are_points_of_a_space(example):
    modality, data, shape = example
    if modality.is_continuous:
        assert modality.as_vectors(data).shape == (5, np.prod(shape))
    else:
        with pytest.raises(ValueError, match=f"{modality.kind} are not vectors"):
            modality.as_vectors(data)


def test_a_modality_survives_json(example):
    modality, _, shape = example
    facts = modalities.to_dict(modality, shape)
    assert modalities.from_dict(facts, shape, modality.dtype) == modality


def test_the_shape_decides_where_nobody_does():
    assert modalities.of_shape((2,)) == modalities.Points()
    assert modalities.of_shape((8, 8, 4)) == modalities.Images()
    assert modalities.of_shape((2, 8, 8, 1)) == modalities.Videos()
    with pytest.raises(ValueError, match=r"shape \(6, 3\) is ambiguous"):
        modalities.of_shape((6, 3))
    assert modalities.resolve("latents", (6, 3)) == modalities.Latents()


def test_another_kind_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="received 'latent'. Did you mean 'latents'"):
        modalities.resolve("latent", (2,))
    with pytest.raises(ValueError, match="symbols must be the characters"):
        modalities.resolve("texts", (6, 3))
    with pytest.raises(ValueError, match=r"images have the shape .*; received \(2,\)"):
        modalities.resolve("images", (2,))


def test_forms_are_told_in_words():
    words = {name: m.describe(data.shape[1:]) for name, (m, data, _) in EXAMPLES.items()}
    assert words == {
        "images": "color images of 8 x 6",
        "videos": "gray videos of 2 frames of 8 x 6",
        "texts": "texts of up to 4 characters",
        "masks": "masks of 3 classes, of 8 x 6",
        "points": "points of 3 dimensions",
        "maps": "latents of 4 x 8 x 6 numbers",
        "rows": "latents of 2 numbers",
    }


def test_texts_of_two_alphabets_become_texts_of_both():
    one, other = modalities.Texts("\nab"), modalities.Texts("\nbc")
    both, ours, others = one.unify(np.int32([[1, 2]]), other, np.int32([[2, 1, 2]]))
    assert both.lines(ours) == ["ab"] and both.lines(others) == ["cbc"]
    assert ours.shape == others.shape == (1, 3)


def test_points_of_more_dimensions_show_the_first_two():
    modality, data, shape = EXAMPLES["points"]
    np.testing.assert_array_equal(modality.picture(data), modality.picture(data[:, :2]))
    assert "first two of their 3 coordinates" in modality.preview_note(shape)
    assert modality.preview_note((2,)) == ""


def test_points_of_one_dimension_have_a_histogram():
    points = np.array([[-0.75]] * 3 + [[0.25]], np.float32)
    ink = modalities.Points().picture(points)[..., 0] == 0
    assert ink.shape == (384, 384)
    [left, right] = [
        np.flatnonzero(ink.any(axis=0)[half]) for half in (slice(192), slice(192, 384))
    ]
    assert (left[0], left[-1], right[0], right[-1]) == (48, 53, 48, 53)  # a bar has 6 pixels
    assert ink[:, 50].sum() == 384 and ink[-128:, 242].all() and ink[:, 242].sum() == 128


def test_a_video_has_a_row_of_frames():
    modality, data, _ = EXAMPLES["videos"]
    expected = images.grid(data.reshape(10, 8, 6, 1), columns=2)
    np.testing.assert_array_equal(modality.picture(data), expected)
