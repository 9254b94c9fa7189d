"""Verdicts follow the figures: each rule is shown both ways."""

import pytest

from tfgan.studies.families import verdicts
from tfgan.studies.families.claims import ROWS
from tfgan.studies.families.families import FAMILIES


def figures(gray, binary=None):
    return {
        "as stored": {"fd_digits": {"value": gray}, "modes": {"value": 10, "of": 10}},
        "black and white": {"fd_digits": {"value": gray if binary is None else binary}},
    }


def family(distance=5.0, *, binary=None, passes=1, ms=10.0, log_prob=None, abstraction=None):
    """What was measured of one family."""
    return {
        "abstraction": abstraction or {"sentence": "It has no encoder."},
        "log_prob": log_prob or {"sentence": "It has no density."},
        "sampling": {"sequential_passes": passes, "ms_per_1000": ms},
        "samples": figures(distance, binary),
    }


def likelihood(nats, kind):
    return {"nats": nats, "standard_error": 1.0, "shared_error": 0.3, "kind": kind}


def judged(row, name, measured):
    """The verdict and the sentence of one claim."""
    results = verdicts.verdicts(measured, {"samples": figures(0.6)})
    [one] = [each for each in results if (each.row, each.family) == (row, name)]
    return one.verdict, one.sentence


def test_every_claim_about_a_family_of_the_lecture_gets_a_verdict():
    results = verdicts.verdicts(
        {"vae": family(), "gan": family(), "aae": family()}, {"samples": figures(0.6)}
    )
    assert [(each.row, each.family) for each in results] == [
        (row, name) for row in ROWS for name in ("vae", "gan")
    ]


@pytest.mark.parametrize(
    ("gain", "phrase"),
    [(0.1, "10.0 points more than"), (-0.1, "10.0 points less"), (0.01, "no more and no less")],
)
def test_a_code_is_compared_with_the_pixels_beyond_its_error(gain, phrase):
    code = {"accuracy": 0.9, "dimensions": 20, "gain_over_pixels": gain, "gain_error": 0.02}
    verdict, sentence = judged("Abstraction", "vae", {"vae": family(abstraction=code)})
    assert verdict == "agrees"
    assert phrase in sentence


def test_a_claimed_code_that_is_missing_differs_and_a_denied_one_agrees():
    measured = {"vae": family(), "gan": family()}
    assert judged("Abstraction", "vae", measured)[0] == "differs"
    assert judged("Abstraction", "gan", measured) == ("agrees", "It has no encoder.")


@pytest.mark.parametrize(
    ("name", "kind", "verdict"),
    [
        ("rbm", "estimate", "agrees"),
        ("rbm", "exact", "differs"),
        ("vae", "lower bound", "agrees"),
        ("pixelcnn", "exact", "agrees"),
        ("pixelcnn", "lower bound", "differs"),
        ("gan", "estimate", "differs"),
    ],
)
def test_a_likelihood_is_judged_by_its_kind(name, kind, verdict):
    measured = {name: family(log_prob=likelihood(-90.0, kind))}
    assert judged("Compute P(X)", name, measured)[0] == verdict


@pytest.mark.parametrize(
    ("bound", "phrase"),
    [
        (-80.0, "20.0 above PixelCNN's exact one, so it models these data better"),
        (-120.0, "20.0 below PixelCNN's exact one; a loose bound may be part of that"),
        (-101.0, "within the error of PixelCNN's"),
    ],
)
def test_a_bound_beside_an_exact_likelihood_says_only_what_follows(bound, phrase):
    measured = {
        "vae": family(log_prob=likelihood(bound, "lower bound")),
        "pixelcnn": family(log_prob=likelihood(-100.0, "exact")),
    }
    assert phrase in judged("Compute P(X)", "vae", measured)[1]


@pytest.mark.parametrize(("ms", "verdict"), [(1000.0, "agrees"), (11.0, "differs")])
def test_slow_means_longer_than_a_model_of_one_pass(ms, verdict):
    measured = {"gan": family(ms=10.0), "pixelcnn": family(passes=784, ms=ms)}
    results, sentence = judged("Sampling", "pixelcnn", measured)
    assert results == verdict
    assert f"{ms / 10:.3g} times as long as GAN" in sentence


def test_the_hybrids_are_no_measure_of_slowness():
    measured = {"aae": family(ms=1000.0), "gan": family(ms=10.0), "made": family(passes=784, ms=50)}
    assert "5 times as long as GAN" in judged("Sampling", "made", measured)[1]


def test_slowness_is_undecided_without_a_model_of_one_pass():
    measured = {"pixelcnn": family(passes=784)}
    assert judged("Sampling", "pixelcnn", measured)[0] == "undecided"


def test_samples_are_ranked_by_their_distance():
    as_claimed = {"rbm": family(9.0), "vae": family(7.0), "gan": family(3.0)}
    for name, place in (("gan", 1), ("vae", 2), ("rbm", 3)):
        verdict, sentence = judged("Samples", name, as_claimed)
        assert verdict == "agrees"
        assert f"rank {place} of 3" in sentence
    turned = as_claimed | {"vae": family(2.0)}
    assert judged("Samples", "vae", turned)[0] == "differs"
    assert "the lecture has it at 1" in judged("Samples", "gan", turned)[1]
    assert judged("Samples", "rbm", turned)[0] == "agrees"


def test_another_rank_in_black_and_white_is_stated():
    measured = {"pixelcnn": family(9.0, binary=2.0), "gan": family(3.0)}
    sentence = judged("Samples", "pixelcnn", measured)[1]
    assert "rank 2 of 2 (1 with all samples in black and white)" in sentence


def test_two_families_of_one_column_share_its_place():
    measured = {"pixelcnn": family(4.0), "made": family(8.0), "vae": family(6.0)}
    assert "rank 1 of 2" in judged("Samples", "made", measured)[1]


def test_one_family_has_no_rank():
    assert judged("Samples", "gan", {"gan": family()})[0] == "undecided"


def test_the_type_is_a_fact_of_the_class():
    assert judged("Type", "rbm", {"rbm": family()}) == ("agrees", "The graph is undirected.")


def test_errors_of_the_lecture_are_stated_whatever_the_numbers():
    measured = {"rbm": family(), "vae": family(), "gan": family()}
    sentence = judged("Assumptions", "rbm", measured)[1]
    assert "Given h each pixel is independent of the other pixels" in sentence
    assert "bound" in judged("Loss", "vae", measured)[1]
    assert "2 JSD" in judged("Loss", "gan", measured)[1]
    assert FAMILIES["pixelcnn"].corrections.get("Loss") is None  # KL is right there
