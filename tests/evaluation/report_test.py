import json

import numpy as np

from tfgan import evaluation, modalities
from tfgan.evaluation import nearest_neighbors


def results():
    fd = [evaluation.Score("fd_digits", value, "lower") for value in (3.03508, 0.6327, 3.437)]
    modes = evaluation.Score("modes", 10, "higher", details={"of": 10})
    kd = evaluation.Score("kd_digits", 0.06572, "lower", 0.00086)
    return [
        evaluation.Result(fd[0], 4500, 10_000, fd[1], fd[2], 500),
        evaluation.Result(kd, 4500, 10_000),
        evaluation.Result(modes, 4500, 10_000, modes, modes, 500),
    ]


def test_the_table_sets_samples_beside_the_floor():
    assert evaluation.table(results()).splitlines() == [
        "                                10,000 samples  500 samples  500 real",
        "fd_digits (lower is better)              3.035        3.437    0.6327",
        "kd_digits (lower is better)  0.06572 +- 0.0009",
        "modes (higher is better)              10 of 10     10 of 10  10 of 10",
    ]


def test_a_record_holds_what_makes_it_comparable():
    [fd, kd, modes] = evaluation.records(results(), {"step": 7, "seed": 1})
    json.dumps([fd, kd, modes])
    assert (fd["metric"], fd["value"], fd["better"]) == ("fd_digits", 3.03508, "lower")
    assert (fd["n_real"], fd["n_fake"], fd["step"], fd["seed"]) == (4500, 10_000, 7, 1)
    assert fd["floor"] == {"value": 0.6327, "n_fake": 500}
    assert fd["matched"] == {"value": 3.437, "n_fake": 500}
    assert set(fd["versions"]) == {"tfgan", "tensorflow", "keras", "numpy", "python"}
    assert kd["standard_error"] == 0.00086 and "floor" not in kd


def test_the_table_of_classes_has_a_line_a_class():
    draw = np.random.default_rng(0)
    label = np.arange(300) % 3
    real = evaluation.FeatureSet("r", 300, draw.standard_normal((300, 4)), label=label)
    logits = np.eye(3)[np.where(label == 2, 0, label)]
    fake = evaluation.FeatureSet("f", 300, real.features + 1.0, logits, label=label)
    lines = evaluation.per_class(real, fake, ["a", "b", "c"])
    assert [line["class"] for line in lines] == ["a", "b", "c"]
    assert [line["sample_share"] for line in lines] == [2 / 3, 1 / 3, 0.0]
    assert [line["label_accuracy"] for line in lines] == [1.0, 1.0, 0.0]
    np.testing.assert_allclose([line["fd"] for line in lines], 4.0, rtol=1e-6)


def test_samples_without_labels_have_shares_alone():
    real = evaluation.FeatureSet("r", 6, np.zeros((6, 2)), label=np.arange(6) % 2)
    fake = evaluation.FeatureSet("f", 6, np.zeros((6, 2)), np.eye(2)[[0, 0, 0, 1, 1, 1]])
    [first, _] = evaluation.per_class(real, fake, ["a", "b"])
    assert first == {"class": "a", "training_share": 0.5, "sample_share": 0.5}


def test_copies_stand_beside_themselves_in_the_picture(digits, arrays):
    from tfgan.extractors import open_extractor

    data, _, held_out = arrays
    extractor = open_extractor("digits")
    images = {"modality": modalities.Images()}
    real = evaluation.collect("real", digits.examples(300), extractor, 300, **images)
    copies = data[np.random.default_rng(0).permutation(300)[:20]]
    fake = evaluation.collect("fake", [{"data": copies}], extractor, 20)
    picture = nearest_neighbors.picture(
        real,
        fake,
        lambda rows: nearest_neighbors.examples_of(digits, rows),
        lambda rows: copies[rows],
    )
    cells = picture[: 16 * 30, : 8 * 30]
    for row in range(16):
        top = 2 + row * 30
        sample, nearest = (cells[top : top + 28, left : left + 28] for left in (2, 62))
        np.testing.assert_array_equal(sample, nearest)
        assert (cells[top : top + 28, 32:60] == 255).all()  # the gap between them


def test_examples_are_found_again_by_their_place(digits, arrays):
    rows = np.array([7, 3999, 0, 7])
    np.testing.assert_array_equal(nearest_neighbors.examples_of(digits, rows), arrays[0][rows])
