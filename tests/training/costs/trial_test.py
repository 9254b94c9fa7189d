"""Trial steps: which steps are measured, and how they are weighed."""

import pytest

from tfgan.training.costs import trial


def test_steps_without_lazy_terms_are_of_one_kind():
    assert trial.kinds_of_steps([1, 1]) == [(1.0, [1])]
    assert trial.kinds_of_steps([]) == [(1.0, [1])]


def test_kinds_of_steps_are_the_terms_that_are_due_with_their_share():
    (often, none), (seldom, path), (rare, both) = trial.kinds_of_steps([16, 4, 1])
    assert (often, seldom, rare) == (12 / 16, 3 / 16, 1 / 16)
    assert (none[:3], path, both) == ([1, 2, 3], [4, 8, 12], [16])


def test_the_mean_weighs_the_median_of_each_kind_by_its_share():
    taken = []

    def timed(number):
        taken.append(number)
        return 5.0 if number == 4 else 1.0

    measured = trial._measured(timed, trial.kinds_of_steps([4]), lambda line: None)
    assert taken == [1, 4, 2, 4, 3, 4, 1, 4, 2, 4]
    assert measured == trial.Trial(0.75 * 1.0 + 0.25 * 5.0, 10)


def test_long_steps_are_announced_and_few():
    said = []
    measured = trial._measured(lambda number: 40.0, [(1.0, [1])], said.append)
    assert measured == trial.Trial(40.0, 2)
    assert said == ["Trial step 2 of 10 is under way."]


def test_each_kind_is_measured_however_long_it_takes():
    measured = trial._measured(lambda n: 100.0 * n, trial.kinds_of_steps([2]), lambda line: None)
    assert measured == trial.Trial(150.0, 2)


def test_memory_that_runs_out_is_said_and_the_rest_is_given(tmp_path, monkeypatch):
    from tfgan import failures
    from tfgan.training import TrainConfig, costs, planning

    def fail(*_):
        raise failures.Failure("Memory does not suffice.") from MemoryError()

    monkeypatch.setattr(trial, "measure", fail)
    sizes = {"width": 8, "depth": 1, "batch_size": 16}
    config = TrainConfig(recipe="mixture", workdir=str(tmp_path / "run"), parameters=sizes)
    cost = costs.of_run(planning.resolve(config))
    assert cost.not_measured == "the trial steps did not fit into memory"
    with monkeypatch.context() as patch, pytest.raises(failures.Failure, match="broken"):
        patch.setattr(
            trial, "measure", lambda *_: (_ for _ in ()).throw(failures.Failure("broken"))
        )
        costs.of_run(planning.resolve(config))
