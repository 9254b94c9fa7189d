import keras
import numpy as np
import pytest

from tfgan import evaluation, metrics, modalities, priors
from tfgan.data import open_source
from tfgan.extractors import IdentityExtractor, open_extractor
from tfgan.models import GAN
from tfgan.networks import dcgan

MOST = ["fd", "pr", "dc", "auth", "modes", "c2st", "ms_ssim", "copying", "is"]


@pytest.fixture(scope="module")
def extractor():
    return open_extractor("digits")


@pytest.fixture(scope="module")
def evaluator(digits, extractor):
    return evaluation.Evaluator(digits, extractor, MOST, count=600)


def values(evaluator, model):
    results = evaluator.evaluate(model).results
    return {result.score.name: result.score.value for result in results}


@pytest.fixture(scope="module")
def scores(evaluator, digits, extractor, arrays, deal, noise):
    """Figures of four generators by name: new real data, a copy, one image, noise."""
    data, _, held_out = arrays
    # The held-out digits moved by a pixel: new to every list, and hardly changed.
    new = np.roll(held_out, 1, axis=2)
    scores = {
        "new": values(evaluator, deal(new)),
        "copies": values(evaluator, deal(data)),
        "collapsed": values(evaluator, deal(data[:1])),
        "noise": values(evaluator, deal(noise)),
    }
    # Those that take longest, of fewer examples.
    slowest = evaluation.Evaluator(digits, extractor, ["kd", "swd"], count=60)
    for name, images in (("new", new), ("noise", noise)):
        scores[name] |= values(slowest, deal(images))
    return scores


def test_noise_is_worst_on_every_metric(scores):
    for name in ("fd_digits", "kd_digits", "swd"):
        assert scores["noise"][name] > 2.0 * scores["new"][name], name
    for name in ("precision", "recall", "density", "coverage"):
        assert scores["noise"][name] < 0.5 * scores["new"][name], name
    assert scores["noise"]["c2st_accuracy"] > 0.99
    assert scores["noise"]["modes_reverse_kl"] > scores["new"]["modes_reverse_kl"]
    assert scores["noise"]["copying_z"] > scores["new"]["copying_z"]


def test_a_collapsed_generator_is_precise_and_recalls_next_to_nothing(scores):
    assert scores["collapsed"]["precision"] == 1.0
    assert scores["collapsed"]["recall"] < 0.01
    assert scores["collapsed"]["coverage"] < 0.05
    assert scores["collapsed"]["modes"] == 1
    assert scores["collapsed"]["ms_ssim"] == pytest.approx(1.0)


def test_a_copy_of_the_training_set_has_a_perfect_distance_and_is_caught(scores):
    assert scores["copies"]["fd_digits"] < 0.1 * scores["new"]["fd_digits"]
    assert scores["copies"]["authenticity"] == 0.0
    assert scores["copies"]["copying_z"] < -5.0
    assert scores["copies"]["c2st_accuracy"] == 0.0
    assert scores["new"]["authenticity"] > 0.4 and scores["new"]["copying_z"] > -2.0


def test_floors_are_the_held_out_examples_in_place_of_the_samples(evaluator, arrays, deal):
    data, _, held_out = arrays
    results = evaluator.evaluate(deal(held_out)).results
    by_name = {result.score.name: result for result in results}
    fd = by_name["fd_digits"]
    features = [evaluator.extractor(rows).features for rows in (data[:600], held_out)]
    assert fd.real_baseline.value == pytest.approx(metrics.frechet_distance(*features), rel=1e-9)
    assert (fd.real_count, fd.fake_count, fd.baseline_count) == (600, 600, 500)
    assert (
        fd.size_matched.value == fd.real_baseline.value
    )  # the first 500 samples are the held-out examples
    assert by_name["copying_z"].real_baseline is None


def test_any_batch_size_gives_the_same_figures(digits, extractor, arrays, deal):
    scores = []
    for batch_size in (37, 90, 5000):
        model = deal(arrays[0])
        evaluator = evaluation.Evaluator(
            digits, extractor, ["fd", "kd", "pr"], count=150, batch_size=batch_size
        )
        scores.append(values(evaluator, model))
        assert sum(count for count, _ in model.calls) == 150
    assert scores[0] == scores[1] == scores[2]


def test_labels_of_samples_follow_those_of_the_training_examples(digits, extractor, arrays, deal):
    data, label, _ = arrays
    by_label = [data[label == value] for value in range(10)]

    class Conditional(deal):
        def sample(self, count, *, label=None, **_):
            return {"data": np.stack([by_label[value][0] for value in label]), "label": label}

    evaluator = evaluation.Evaluator(digits, extractor, ["labels"], count=800)
    evaluated = evaluator.evaluate(Conditional(data, label))
    shares = np.bincount(evaluated.fake.label, minlength=10) / 800
    np.testing.assert_allclose(shares, np.bincount(label) / len(label), atol=0.05)
    assert evaluated.results[0].score.name == "label_accuracy"
    assert evaluated.results[0].score.value > 0.85


def test_points_are_judged_by_their_mixture(deal):
    source = open_source("toy:grid")
    evaluator = evaluation.Evaluator(
        source, IdentityExtractor(modalities.Points()), ["fd", "modes"], count=2500
    )
    scores = values(evaluator, deal(source.held_out.data))
    assert scores["modes"] == 25 and scores["high_quality"] > 0.97
    assert scores["fd_points"] < 0.01
    assert values(evaluator, deal(source.data[:1]))["modes"] == 1


def tiny_gan():
    keras.utils.set_random_seed(0)
    networks = dcgan.generator((28, 28, 1), 8, width=4), dcgan.discriminator((28, 28, 1), width=4)
    return GAN(*networks, prior=priors.Normal(8))


def test_parzen_and_ppl_of_a_model_are_measured(digits, extractor):
    evaluator = evaluation.Evaluator(digits, extractor, ["parzen", "ppl"], count=200)
    scores = values(evaluator, tiny_gan())
    assert np.isfinite(scores["parzen_nats"]) and scores["ppl_digits"] > 0.0
    assert scores == values(evaluator, tiny_gan())


def test_a_model_on_two_devices_gives_the_figures_of_one(digits, extractor, two_replicas):
    with two_replicas.scope():
        replicated = tiny_gan()
    evaluator = evaluation.Evaluator(digits, extractor, ["fd", "kd", "pr"], count=100)
    assert values(evaluator, replicated) == values(evaluator, tiny_gan())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            {"metrics": ["fid"]},
            "metrics must be one of \\d+ names; received 'fid'. Did you mean 'fd'",
        ),
        ({"metrics": []}, "metrics must name one of fd, .*; received none"),
        ({"metrics": ["fd"], "extractor": None}, "The metric fd needs an extractor"),
        (
            {"metrics": ["is"], "extractor": IdentityExtractor(modalities.Points())},
            "needs a classifier's logits",
        ),
        ({"metrics": ["fd"], "count": 1}, "count must be at least 2; received 1"),
    ],
)
def test_what_cannot_be_measured_is_refused_before_anything_is_read(digits, arguments, sentence):
    arguments = {"extractor": open_extractor("digits")} | arguments
    with pytest.raises(ValueError, match=sentence):
        evaluation.Evaluator(digits, **arguments)


def test_a_metric_of_large_images_is_refused_for_small_ones(tmp_path, extractor):
    np.savez(tmp_path / "small.npz", data=np.zeros((20, 8, 24, 1), np.uint8))
    source = open_source(f"arrays:{tmp_path}/small.npz")
    with pytest.raises(ValueError, match="ms_ssim needs images of at least 16 x 16 pixels"):
        evaluation.Evaluator(source, extractor, ["swd", "ms_ssim"], count=20)


@pytest.mark.parametrize(
    ("metric", "data", "sentence"),
    [
        ("ms_ssim", "toy:ring", "is for images; toy:ring holds points"),
        ("cas", "toy:sentences", "is for points and images; toy:sentences holds texts"),
        ("ngrams", "mnist5k", "is for texts; mnist5k holds images"),
        ("motion", "mnist5k", "is for videos; mnist5k holds images"),
    ],
)
def test_a_metric_of_other_data_is_refused(metric, data, sentence):
    with pytest.raises(ValueError, match=f"The metric {metric} {sentence}"):
        evaluation.Evaluator(open_source(data), None, [metric], count=20)


@pytest.mark.parametrize("metric", ["labels", "diversity", "codes", "category", "code_classes"])
def test_a_metric_of_what_the_model_lacks_is_refused_before_it_is_sampled(
    metric, digits, extractor, arrays, deal
):
    model = deal(arrays[0])
    with pytest.raises(ValueError, match=f"The metric {metric} needs a"):
        evaluation.Evaluator(digits, extractor, ["fd", metric]).evaluate(model)
    assert model.calls == []


def test_without_held_out_examples_there_is_no_floor(tmp_path, extractor, arrays, deal):
    np.savez(tmp_path / "few.npz", data=arrays[0][:9])
    source = open_source(f"arrays:{tmp_path}/few.npz")
    evaluator = evaluation.Evaluator(source, extractor, ["fd"], count=50)
    [result] = evaluator.evaluate(deal(arrays[0])).results
    assert result.real_baseline is None and result.baseline_count == 0
    with pytest.raises(ValueError, match="copying needs held-out examples"):
        evaluation.Evaluator(source, extractor, ["copying"])


def test_a_metric_for_which_too_few_are_held_out_has_no_floor(tmp_path, extractor, arrays, deal):
    np.savez(tmp_path / "few.npz", data=arrays[0][:30])
    source = open_source(f"arrays:{tmp_path}/few.npz")
    evaluator = evaluation.Evaluator(source, extractor, ["fd", "pr"], count=50)
    fd, precision, _ = evaluator.evaluate(deal(arrays[0])).results
    assert fd.real_baseline.value > 0.0 and fd.baseline_count == 3
    assert precision.real_baseline is None and precision.score.value > 0.0


def test_too_few_samples_for_a_metric_are_refused_by_its_name(digits, extractor, arrays, deal):
    evaluator = evaluation.Evaluator(digits, extractor, ["fd", "pr"], count=3)
    with pytest.raises(metrics.TooFewError, match="for the metric pr: .* needs at least 4"):
        evaluator.evaluate(deal(arrays[0]))
