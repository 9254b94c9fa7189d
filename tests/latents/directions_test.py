"""Directions against their definitions."""

import numpy as np
import pytest

from tfgan import latents, priors

DRAW = np.random.default_rng(0)
KERNEL = DRAW.normal(size=(12, 40)) * DRAW.uniform(0.1, 4.0, (1, 40))


def units(count, size=12):
    rows = np.random.default_rng(1).normal(size=(count, size))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("normalize", [True, False])
def test_no_other_direction_changes_the_first_layer_as_much_as_the_first_of_sefa(normalize):
    directions = latents.sefa(KERNEL, normalize=normalize)
    kernel = KERNEL / np.linalg.norm(KERNEL, axis=0) if normalize else KERNEL
    first, *others = np.linalg.norm(directions.vectors @ kernel, axis=1)
    assert first > np.linalg.norm(units(1000) @ kernel, axis=1).max()
    assert first >= max(others) and others == sorted(others, reverse=True)
    np.testing.assert_allclose(np.square([first, *others]), directions.scores, rtol=1e-9)


def test_pca_is_that_of_the_singular_values():
    rows = DRAW.normal(size=(300, 5)) @ DRAW.normal(size=(5, 5)) + 3.0
    directions = latents.pca(rows)
    _, singular, vectors = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(directions.scores, singular**2 / 299, rtol=1e-9)
    np.testing.assert_allclose(np.abs(directions.vectors @ vectors.T), np.eye(5), atol=1e-9)


def test_pca_of_fewer_rows_than_columns_is_the_same():
    rows = DRAW.normal(size=(4, 9))
    directions = latents.pca(rows)
    _, singular, vectors = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(directions.scores, singular[:3] ** 2 / 3, rtol=1e-9)
    np.testing.assert_allclose(np.abs(directions.vectors @ vectors[:3].T), np.eye(3), atol=1e-9)


def test_directions_are_unit_vectors_with_a_positive_largest_entry():
    for directions in (latents.sefa(KERNEL), latents.pca(KERNEL.T)):
        vectors = directions.vectors
        np.testing.assert_allclose(vectors @ vectors.T, np.eye(12), atol=1e-9)
        largest = np.abs(vectors).argmax(axis=1)
        assert (vectors[np.arange(12), largest] > 0.0).all()
    first = latents.sefa(KERNEL).first(3)
    assert first.vectors.shape == (3, 12) and first.scores.shape == (3,)


def test_components_of_linear_activations_lead_back_to_the_latents():
    """Activations z A vary most along A's first singular vector, and z along the other side."""
    left, singular, _ = np.linalg.svd(KERNEL, full_matrices=False)
    z = DRAW.normal(size=(4000, 12))
    components = latents.pca(z @ KERNEL).first(4)
    directions = latents.regress(z, z @ KERNEL, components)
    np.testing.assert_allclose(directions.scores, singular[:4] ** 2, rtol=0.1)
    assert np.abs(directions.vectors[0] @ left[:, 0]) > 0.98


def test_a_probe_finds_the_direction_of_a_linear_property_and_its_sign():
    z, truth = DRAW.normal(size=(500, 6)), units(1, 6)[0]
    noise = DRAW.normal(size=500)
    directions = latents.probe(z, np.stack([-2.0 * z @ truth + 5.0, noise], axis=1))
    np.testing.assert_allclose(directions.vectors[0], -truth, atol=1e-3)
    assert directions.scores[0] == pytest.approx(1.0, abs=1e-4)
    assert directions.scores[1] < 0.1  # noise has no direction, on rows that were held out


def test_a_label_is_probed_by_its_columns():
    z = DRAW.uniform(-1.0, 1.0, (900, 4))
    label = (z[:, 0] > 0.3).astype(int) + 2 * (z[:, 1] > 0.6)
    vectors = latents.probe(z, np.eye(4)[label]).vectors
    assert vectors.shape == (4, 4)
    assert vectors[3, :2].min() > 0.3 > -0.3 > vectors[0, :2].max()


def test_a_class_that_no_image_has_is_without_direction():
    z = DRAW.normal(size=(100, 3))
    directions = latents.probe(z, np.stack([z[:, 1], np.zeros(100)], axis=1))
    assert directions.vectors[1].tolist() == [0.0, 0.0, 0.0] and directions.scores[1] == 0.0
    assert directions.vectors[0, 1] > 0.99


def test_a_moved_point_is_one_that_the_prior_could_have_drawn():
    point = {"latent": np.float32([[0.5, 0.0]]), "label": np.int32([3])}
    moved = latents.move(priors.Uniform(2), point, "latent", [0.8, 0.6], [-1.0, 0.0, 1.0])
    np.testing.assert_allclose(moved["latent"], [[-0.3, -0.6], [0.5, 0.0], [1.0, 0.6]], atol=1e-6)
    assert moved["latent"].dtype == np.float32 and moved["label"].tolist() == [3, 3, 3]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: latents.sefa(np.zeros(3)), r"kernel must be a matrix; received the shape \[3\]"),
        (lambda: latents.sefa([[1.0, np.nan]]), "kernel must be finite; received nan"),
        (lambda: latents.pca(np.zeros((1, 3))), "rows must be two or more; received 1"),
        (lambda: latents.probe(np.zeros((9, 2)), np.arange(9)), "latents must be 10 or more; rec"),
        (
            lambda: latents.probe(np.eye(20), np.ones((20, 2))),
            "values must differ between the latents; received the same for all 20, so no direction",
        ),
        (
            lambda: latents.probe(np.eye(20), [np.nan] * 20),
            "values must be finite; received nan",
        ),
        (
            lambda: latents.probe(np.eye(20), np.arange(19)),
            r"values must be numbers \[20\] or \[20, k\], of each latent; received int64 \[19\]",
        ),
        (lambda: moved(name="lat"), "name must be one of latent; received 'lat'"),
        (
            lambda: moved(vector=[1.0]),
            r"vector must be a list of 2 numbers; received float64 \[1\]",
        ),
        (lambda: moved(amounts=[np.inf]), "amounts must be finite; received inf"),
    ],
)
def test_bad_arguments_are_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def moved(name="latent", vector=(1.0, 0.0), amounts=(0.5,)):
    point = {"latent": np.float32([[0.5, 0.0]])}
    return latents.move(priors.Uniform(2), point, name, vector, amounts)
