"""The methods of a run are the functions of its model, with classes by name."""

import types

import numpy as np
import pytest

import tfgan
from tfgan import extractors, modalities, priors
from tfgan.runs.latent_tools import classifier, directions, draws, projection, sums, walks
from tfgan.runs.latent_tools.methods import LatentMethods

from .models import images, vivid


class Run(LatentMethods):
    """A stand-in for a run whose classes are a, b and c."""

    def __init__(self):
        self.model = vivid(images(priors.Normal(4), classes=3))
        self.record = types.SimpleNamespace(data={"crop": "stretch"})

    def open_data(self):
        raise ValueError("The data have moved.")

    def _numbered(self, conditions):
        named = {"label": "abc".index(conditions["label"])} if "label" in conditions else {}
        return conditions | named


@pytest.fixture(scope="module")
def run():
    return Run()


def test_a_run_has_these_methods():
    assert issubclass(tfgan.Run, LatentMethods)


def test_interpolate_passes_all_of_its_arguments(run):
    walk = run.interpolate([3, 5], steps=4, mode="linear", closed=True, truncation=0.5, label="b")
    expected = walks.interpolate(
        run.model, [3, 5], steps=4, mode="linear", closed=True, truncation=0.5,
        conditions={"label": 1},
    )  # fmt: skip
    np.testing.assert_array_equal(walk.data, expected.data)
    assert set(walk.latents["label"].flat) == {1} and walk.data.shape == (2, 4, 8, 8, 1)


def test_arithmetic_passes_all_of_its_arguments(run):
    result = run.arithmetic([[1, 2]], [[3]], truncation=0.5, label="c")
    expected = sums.arithmetic(run.model, [[1, 2]], [[3]], truncation=0.5, conditions={"label": 2})
    np.testing.assert_array_equal(result.latents["latent"], expected.latents["latent"])
    assert set(result.latents["label"]) == {2}
    named = run.arithmetic(["1-2"], "3", truncation=0.5, label="c")
    np.testing.assert_array_equal(named.latents["latent"], expected.latents["latent"])


def test_arithmetic_finds_the_seeds_of_labels(run, monkeypatch):
    def is_odd(self, data):
        return np.eye(10)[data.sum(axis=(1, 2, 3), dtype=int) % 2]

    monkeypatch.setattr(classifier.Classifier, "scores", is_odd)
    monkeypatch.setattr(run, "model", vivid(images(priors.Normal(4))))
    spec = types.SimpleNamespace(class_names=(), modality=modalities.Images())
    source = types.SimpleNamespace(name="data", spec=spec)
    monkeypatch.setattr(run, "open_data", lambda: source)
    result = run.arithmetic("label:1", "label:0", candidates=60, extractor="digits")
    drawn = draws.labeled(run.model, lambda data: is_odd(None, data), 60)
    odd, even = drawn.seeds(1, 3), drawn.seeds(0, 6)
    members = draws.of_seeds(run.model, [*odd, *even[3:], *even[:3]])["latent"]
    assert result.signs == [1, -1, 1] and sorted(map(tuple, members)) == sorted(
        map(tuple, result.latents["latent"][:9])
    )
    np.testing.assert_array_equal(result.latents["latent"][:3], members[:3])


def test_directions_passes_all_of_its_arguments(run):
    arguments = {"count": 2, "steps": 3, "reach": 0.25, "seed": 6, "samples": 40}
    for method in ("sefa", "pca"):
        result = run.directions(method, **arguments, label="a")
        expected = directions.directions(run.model, method, **arguments, conditions={"label": 0})
        np.testing.assert_array_equal(result.walk.data, expected.walk.data)
    assert run.directions(count=None).directions.vectors.shape == (4, 4)


def test_project_fits_the_image_and_passes_all_of_its_arguments(run):
    image = np.zeros((8, 24, 3), np.uint8)
    image[:, :8] = 255  # the middle is black; stretched, a third is white
    arguments = {"steps": 12, "restarts": 2, "candidates": 9, "seed": 4}
    calls = []
    result = run.project(
        image, **arguments, label="b", progress=lambda *call: calls.append(call), method="optimize"
    )
    assert result.target[:, :2].min() > 200 and result.target.shape == (8, 8, 1)
    expected = projection.Projector(run.model)(
        result.target, "optimize", **arguments, conditions={"label": 1}
    )
    np.testing.assert_array_equal(result.latents["latent"], expected.latents["latent"])
    assert calls[-1] == (12, 12) and result.latents["label"].tolist() == [1]


def test_project_takes_an_extractor_by_name_or_as_a_value(run):
    few = {"steps": 20, "restarts": 2, "candidates": 5}
    [image] = run.model.sample(1, seed=9)["data"]
    named = run.project(image, extractor="digits", **few)
    opened = run.project(image, extractor=extractors.open_extractor("digits"), **few)
    assert named.space == opened.space == "features of digits"
    assert run.project(image, **few).space == "features of the discriminator"


def same(data):
    return np.zeros(len(data))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda run: run.interpolate([0, 1.5]), "seeds must be a whole number of 64 bits, .* 1.5"),
        (lambda run: run.interpolate([0, 2**64]), "seeds must be a whole number of 64 bits"),
        (lambda run: run.interpolate([True, 1]), "seeds must be a whole number of 64 bits"),
        (lambda run: run.interpolate([]), "seeds must be two or more points of a path; received 0"),
        (lambda run: run.interpolate([0, 1], steps=0), "steps must be a whole number, at least 2"),
        (lambda run: run.interpolate([0, 1], steps=2.5), "steps must be a whole number, at least"),
        (lambda run: run.directions(count=-1), "count must be a whole number, at least 1; rec"),
        (lambda run: run.directions(count=0), "count must be a whole number, at least 1; received"),
        (lambda run: run.directions(steps=0), "steps must be a whole number, at least 2; received"),
        (
            lambda run: run.directions(reach=np.nan),
            "reach must be a number, at least 0; received n",
        ),
        (lambda run: run.directions(reach=-0.1), "reach must be a number, at least 0; received -0"),
        (
            lambda run: run.directions("pca", samples=1),
            "samples must be a whole number, at least 2",
        ),
        (lambda run: run.directions("probe", target="dark"), "target must be a function of images"),
        (
            lambda run: run.directions("probe", target=same, samples=10),
            "target must differ between",
        ),
        (lambda run: run.arithmetic([0, 1]), "add must be groups, each a text or a list of seeds"),
        (lambda run: run.arithmetic([b"0-2"]), "add must be groups, each a text or a list"),
        (lambda run: run.project(IMAGE, extractor=5), "extractor must be an Extractor, its name"),
        (lambda run: run.arithmetic([[0.5]]), "seeds must be a whole number of 64 bits"),
        (lambda run: run.project(IMAGE, steps=0), "steps must be a whole number, at least 1"),
        (lambda run: run.project(IMAGE, restarts=1.5), "restarts must be a whole number; received"),
    ],
)
def test_other_numbers_are_refused(run, call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(run)


IMAGE = np.zeros((8, 8, 1), np.uint8)
