"""The picture of samples beside their nearest training examples."""

import numpy as np
import pytest

from tfgan import evaluation, modalities
from tfgan.evaluation import neighbor_pictures, sample_conditions
from tfgan.extractors import open_extractor
from tfgan.extractors.extractor import Features

from . import translating


class Means:
    """An extractor: the mean of each half of an image."""

    identity = {"name": "means"}  # noqa: RUF012
    name, classes = "means", None

    def __call__(self, images):
        halves = np.stack([images[:, :6].mean((1, 2, 3)), images[:, 6:].mean((1, 2, 3))], axis=1)
        return Features(halves.astype(np.float32))


def test_copies_stand_beside_themselves_in_the_picture(digits, arrays):
    data, _, held_out = arrays
    extractor = open_extractor("digits")
    images = {"modality": modalities.Images()}
    real = evaluation.collect("real", digits.examples(300), extractor, 300, **images)
    copies = data[np.random.default_rng(0).permutation(300)[:20]]
    fake = evaluation.collect("fake", [{"data": copies}], extractor, 20)
    picture = neighbor_pictures.picture(
        real,
        fake,
        lambda rows: sample_conditions.examples_at(digits, rows)["data"],
        lambda rows: copies[rows],
    )
    cells = picture[: 16 * 30, : 8 * 30]
    for row in range(16):
        top = 2 + row * 30
        sample, nearest = (cells[top : top + 28, left : left + 28] for left in (2, 62))
        np.testing.assert_array_equal(sample, nearest)
        assert (cells[top : top + 28, 32:60] == 255).all()  # the gap between them


def test_samples_are_drawn_again_by_their_numbers(deal, arrays):
    model = deal(arrays[0][:50], arrays[1][:50])
    fake = evaluation.FeatureSet("f", 50, label=arrays[1][:50])
    drawn = neighbor_pictures.samples_of(model, fake, [7, 0, 7], seed=3)
    np.testing.assert_array_equal(drawn, arrays[0][[7, 0, 7]])
    assert model.calls == [(1, 7), (1, 0), (1, 7)]


def test_translations_are_drawn_again_from_the_sources_of_held_out_examples():
    source, model = translating.pairs(), translating.Translator(lambda masks: 200 * masks)
    evaluator = evaluation.Evaluator(source, Means(), ["fd"])
    fake = evaluator.evaluate(model).fake
    assert fake.data is None
    picture = neighbor_pictures.of_model(evaluator, model, fake)
    [batch] = source.held_out.examples()
    first = picture[2 + 7 * 14 :][:12, 2:14]  # below the seven samples that are the closest
    np.testing.assert_array_equal(first, 200 * batch["source"][0])


def test_sets_without_features_or_images_have_no_picture():
    images = evaluation.FeatureSet("images", 3, data=np.zeros((3, 8, 8, 1), np.uint8))
    with pytest.raises(ValueError, match="needs images and an extractor; images lacks one"):
        neighbor_pictures.of_sets(images, images)
    points = evaluation.FeatureSet("p", 3, np.zeros((3, 2)), data=np.zeros((3, 2), np.float32))
    with pytest.raises(ValueError, match="needs images and an extractor; p lacks one"):
        neighbor_pictures.of_sets(points, points)
