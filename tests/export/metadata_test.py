"""What tfgan.json must hold, and what it may leave out."""

import json

import pytest

from tfgan import priors
from tfgan.export import metadata

GOOD = {
    "format": 1, "recipe": "dcgan", "step": 3, "model": "GAN", "shape": [28, 28, 1],
    "symbols": None, "classes": 2, "class_names": ["a", "b"], "latents": {"latent": [64]},
    "paths": {"latent": "spherical"}, "truncation": {"low": 0.1, "high": None},
    "checkpoint": "last", "versions": {"keras": "3"}, "parts": {"latent": {"kind": "normal"}},
    "directions": {"part": "latent", "vectors": [[0.125] * 64]},
}  # fmt: skip


def read(folder, content):
    (folder / "assets.extra").mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "assets.extra" / "tfgan.json").write_text(text)
    return metadata.read(str(folder))


def test_a_good_file_is_read_as_it_is(tmp_path):
    assert read(tmp_path, GOOD) == GOOD
    assert read(tmp_path, {"format": 1, "more": 2}) == {"format": 1}


def test_a_saved_model_without_the_file_has_no_metadata(tmp_path):
    assert metadata.read(str(tmp_path)) is None


WRONG = {
    "no JSON": ("{", "tfgan.json is not what `tfgan export` writes"),
    "a list": ([], "must be an object; received a list"),
    "another format": (GOOD | {"format": 2}, "`format`"),
    "no format": ({"recipe": "dcgan"}, "`format`"),
    "truncation as text": (GOOD | {"truncation": "x"}, "`truncation`"),
    "truncation without a bound": (GOOD | {"truncation": {"low": 1.0}}, "`high`"),
    "truncation turned around": (GOOD | {"truncation": {"low": 2.0, "high": 1.0}}, "low < high"),
    "truncation that is not finite": (
        json.dumps(GOOD | {"truncation": None}).replace('"truncation": null', '"truncation": NaN'),
        "is not what",
    ),
    "a recipe with a slash": (GOOD | {"recipe": "a/b"}, "`recipe`"),
    "a recipe with a line end": (GOOD | {"recipe": "a\n"}, "`recipe`"),
    "no recipe": (GOOD | {"recipe": ""}, "`recipe`"),
    "a long recipe": (GOOD | {"recipe": "a" * 101}, "`recipe`"),
    "classes as text": (GOOD | {"classes": "3"}, "`classes`"),
    "no classes": (GOOD | {"classes": 0}, "`classes`"),
    "too few names": (GOOD | {"class_names": ["a"]}, "received 1 names and 2 classes"),
    "names without classes": (GOOD | {"classes": None}, "received 2 names and 0 classes"),
    "a path of another kind": (GOOD | {"paths": {"latent": "cubic"}}, "`paths[...]`"),
    "an unknown part": (GOOD | {"parts": {"latent": {"kind": "x"}}}, "`parts[...].kind`"),
    "directions of another size": (
        GOOD | {"directions": {"part": "latent", "vectors": [[1.0]]}},
        "received [1] of 'latent'",
    ),
    "a shape with 0": (GOOD | {"shape": [0]}, "`shape[0]`"),
    "a deep nest": ("[" * 100_000 + "]" * 100_000, "tfgan.json is not what"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, case):
    content, expected = WRONG[case]
    with pytest.raises(ValueError) as refused:
        read(tmp_path, content)
    assert expected in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("prior", "paths"),
    [
        (priors.Uniform(3), {"latent": "linear"}),
        (
            priors.Joint([priors.Normal(3), priors.Noise()]),
            {"latent": "spherical", "noise": "stay"},
        ),
        (priors.SwissRoll(4), {}),
    ],
    ids=repr,
)
def test_the_paths_are_what_the_prior_asks_for(prior, paths):
    assert metadata._paths(prior) == paths
