"""The nearest latents that a prior could have drawn."""

import numpy as np
import pytest

from tfgan import latents, priors

ROWS = np.float32([[3.0, -4.0], [0.3, 0.1]])


def nearest(prior, rows=ROWS):
    [name] = prior.shapes
    return latents.nearest(prior, {name: rows})[name]


def test_numbers_are_clipped_to_the_range():
    np.testing.assert_array_equal(
        nearest(priors.Uniform(2, 0.25, 2.0)), np.float32([[2.0, 0.25], [0.3, 0.25]])
    )
    np.testing.assert_array_equal(
        nearest(priors.TruncatedNormal(2, 0.25)), np.float32([[0.25, -0.25], [0.25, 0.1]])
    )
    assert nearest(priors.Uniform(2)).dtype == np.float32


def test_rows_are_scaled_to_the_sphere():
    np.testing.assert_allclose(nearest(priors.Sphere(2, radius=10.0))[0], [6.0, -8.0])
    np.testing.assert_allclose(np.linalg.norm(nearest(priors.Sphere(2)), axis=1), np.sqrt(2.0))
    np.testing.assert_array_equal(nearest(priors.Sphere(2), np.zeros((1, 2))), np.zeros((1, 2)))


def test_a_class_is_the_largest_entry():
    sums = np.float32([[0.2, 0.5, -0.1], [2.0, 1.0, 0.0]])
    assert nearest(priors.Categorical(3), sums).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_other_priors_and_entries_stay_and_a_joint_prior_is_its_parts():
    np.testing.assert_array_equal(nearest(priors.Normal(2)), ROWS)
    inner = priors.Joint([priors.Uniform(2, name="style"), priors.Normal(2)])
    prior = priors.Joint([inner, priors.Categorical(3)])
    assert [type(part).__name__ for part in latents.parts(prior)] == [
        "Uniform", "Normal", "Categorical",
    ]  # fmt: skip
    rows = {"style": ROWS, "latent": ROWS, "code": np.eye(3)[:2], "label": np.arange(2)}
    changed = latents.nearest(prior, rows)
    assert changed["style"][0].tolist() == [1.0, -1.0]
    assert changed["label"].tolist() == [0, 1] and list(changed) == list(rows)


JOINT = priors.Joint([priors.Uniform(2), priors.Categorical(3)])
WHOLE = {"latent": np.zeros((1, 2), np.float32), "code": np.float32([[0, 1, 0]])}
EVERY = {
    "nearest": lambda rows: latents.nearest(JOINT, rows),
    "mean": lambda rows: latents.mean(JOINT, rows),
    "arithmetic": lambda rows: latents.arithmetic(JOINT, [WHOLE], [rows]),
    "between": lambda rows: latents.between(JOINT, rows, rows, [0.5]),
    "interpolate": lambda rows: latents.interpolate(JOINT, rows, rows, 3),
    "through": lambda rows: latents.through(JOINT, rows, 3),
    "around": lambda rows: latents.around(JOINT, rows, WHOLE, 0.5),
    "draws": lambda rows: latents.around(JOINT, WHOLE, rows, 0.5),
    "traverse": lambda rows: latents.traverse(JOINT, rows, "latent"),
    "move": lambda rows: latents.move(JOINT, rows, "latent", [1.0, 0.0], [0.5]),
    "descend": lambda rows: latents.descend(JOINT, rows, None, steps=1),
}
WRONG = {
    "must be a dict of arrays, with one row per point; received an empty dict": {},
    "must be a dict of arrays, with one row per point; received ndarray": np.zeros((1, 2)),
    "must have the entry code, which the prior draws; received latent, kode": {
        "latent": WHOLE["latent"], "kode": WHOLE["code"]
    },
    r"must hold numbers latent \[n, 2\]; received float64 \[1, 5\]": WHOLE
    | {"latent": np.zeros((1, 5))},
    "must have equally many rows in each entry; received latent": WHOLE
    | {"latent": np.zeros((2, 2))},
    "must be finite; received NaN or infinity in code": WHOLE
    | {"code": np.where(WHOLE["code"] > 0, np.nan, 0.0)},
    r"must hold numbers latent \[n, 2\]; received bool": WHOLE | {"latent": np.zeros((1, 2), bool)},
}  # fmt: skip


@pytest.mark.parametrize("sentence", WRONG)
@pytest.mark.parametrize("name", EVERY)
def test_what_the_prior_does_not_draw_is_refused_everywhere(name, sentence):
    with pytest.raises(ValueError, match=sentence):
        EVERY[name](WRONG[sentence])


def test_segments_of_nothing_are_refused():
    with pytest.raises(ValueError, match="points must be a dict of arrays"):
        latents.segments({})
