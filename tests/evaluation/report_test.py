import json

from tfgan import evaluation


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


def test_a_baseline_that_is_not_of_real_data_is_named():
    l1, floor = (
        evaluation.Score("l1", value, "lower", details=details)
        for value, details in ((0.1, {}), (0.3, {"baseline": "the sources themselves"}))
    )
    with_baseline = evaluation.Result(l1, 90, 10, floor, l1, 10)
    *_, sentence = evaluation.table([*results(), with_baseline]).splitlines()
    assert sentence == "For l1 the last column shows the sources themselves instead."
    [record] = evaluation.records([with_baseline], {})
    assert record["floor"] == {"value": 0.3, "n_fake": 10, "of": "the sources themselves"}
