"""Distances of translations to targets and sources, of images whose distances are known."""

import dataclasses

import numpy as np
import pytest
import tensorflow as tf

from tfgan.evaluation import Comparison, Evaluator, FeatureSet
from tfgan.evaluation.measures import translations
from tfgan.modalities import Images, Masks

from ..translating import Translator, pairs, unpaired


def side(data, target, source, kind=Images()):  # noqa: B008
    return FeatureSet(
        "a", len(data), data=data, target=target, conditions={"source": source},
        condition_modalities={"source": kind},
    )  # fmt: skip


@pytest.fixture(scope="module")
def images():
    """(results, targets, gray sources), color images of 12 x 14 pixels."""
    draw = np.random.default_rng(0)
    data, target = draw.integers(0, 256, (2, 5, 12, 14, 3), np.uint8)
    return data, target, target[..., :1]


def test_results_are_compared_with_their_targets(images):
    comparison = Comparison(None, side(*images))
    [l1], [psnr], [ssim] = (
        measure(comparison)
        for measure in (
            translations.absolute_error,
            translations.signal_to_noise,
            translations.similarity,
        )
    )
    one, other = images[:2]
    each = np.abs(one / 255.0 - other / 255.0).mean(axis=(1, 2, 3))
    assert l1.value == pytest.approx(each.mean(), rel=1e-12) and l1.better == "lower"
    assert l1.standard_error == pytest.approx(each.std(ddof=1) / np.sqrt(5), rel=1e-9)
    expected = [np.mean(f(one, other, max_val=255)) for f in (tf.image.psnr, tf.image.ssim)]
    assert psnr.value == pytest.approx(expected[0], rel=1e-5) and psnr.better == "higher"
    assert ssim.value == pytest.approx(expected[1], abs=1e-4) and ssim.better == "higher"


def test_results_that_equal_their_target_do_not_make_the_signal_to_noise_infinite(images):
    data, target, source = images
    some_equal = np.concatenate([target[:2], data[2:]])
    [mean] = translations.signal_to_noise(Comparison(None, side(some_equal, target, source)))
    [others] = translations.signal_to_noise(
        Comparison(None, side(data[2:], target[2:], source[2:]))
    )
    assert mean.value == others.value and mean.details == {"unit": "dB", "equal": 2}


def test_the_baseline_is_of_the_sources_in_place_of_results(images):
    data, target, source = images
    [score] = translations.of_sources(translations.absolute_error)(
        Comparison(None, side(data, target, source))
    )
    gray = np.repeat(source, 3, axis=-1)
    [expected] = translations.absolute_error(Comparison(None, side(gray, target, source)))
    assert score.value == expected.value
    assert score.details["baseline"] == "the sources themselves"


def test_sources_of_another_form_have_no_baseline(images):
    data, target, source = images
    baseline = translations.of_sources(translations.absolute_error)
    assert baseline(Comparison(None, side(data, target, source[:, :6]))) == []
    masks = Masks(("a", "b"))
    assert baseline(Comparison(None, side(data, target, source % 2, masks))) == []


def test_samples_without_a_source_are_refused(images):
    fake = dataclasses.replace(side(*images), conditions={})
    for measure in (translations.absolute_error, translations.similarity):
        with pytest.raises(ValueError, match="needs a model that translates sources"):
            measure(Comparison(None, fake))


def test_a_cycle_that_is_exact_has_no_error_and_one_that_amplifies_noise_is_seen():
    source = unpaired()
    model = Translator(
        lambda images: 255 - images,
        lambda images, noise: np.where(noise > 0.0, images, 255 - images),
        Images(),
    )
    first, second = Evaluator(source, None, ["cycle"]).evaluate(model).results
    assert (first.score.name, second.score.name) == ("cycle", "cycle_noise")
    assert first.score.value == 0.0 and first.real_baseline is None
    [batch] = source.held_out.examples()
    images = batch["source"].astype(float)
    expected = np.abs(images - (255.0 - images)).mean() / 255.0
    assert second.score.value == pytest.approx(expected, rel=1e-12)
    unrelated = np.abs(images - np.roll(images, 1, axis=0)).mean() / 255.0
    assert second.score.details == {"unrelated": pytest.approx(unrelated), "noise": 0.05}


def test_masks_that_come_back_are_compared_class_by_class():
    def swap_a_row(images, noise):
        masks = (images > 127).astype(np.uint8)
        masks[:, 0] = 1 - masks[:, 0]
        return masks

    model = Translator(lambda masks: 255 * masks, swap_a_row)
    result = Evaluator(pairs(), None, ["cycle"]).evaluate(model).results[0]
    assert result.score.value == pytest.approx(1 / 12)


def test_a_model_of_one_direction_has_no_cycle():
    evaluator = Evaluator(pairs(), None, ["cycle"])
    with pytest.raises(ValueError, match="cycle needs a model that translates in both directions"):
        evaluator.evaluate(Translator(lambda masks: 255 * masks))
