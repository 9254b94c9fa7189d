"""What workers must have in common, and what each machine may have of its own."""

import pytest
from tfgan.pipelines import main, train_flags

from tfgan.training import distribution, multi_worker, planning


def facts(*arguments):
    """What a worker that is given these flags says of itself."""
    _, values, _ = main.parse("train", ["--recipe=mixture", *arguments])
    return multi_worker.facts_of_plan(
        planning.resolve(train_flags.config(values)), distribution.Role()
    )


def test_paths_and_times_are_a_machine_s_own(tmp_path):
    one = facts("--data=toy:ring", f"--workdir={tmp_path}/a", "--worker_timeout=5")
    other = facts("--data=toy:grid", f"--workdir={tmp_path}/b", "--cache_dir=/c")
    assert one == other


def test_a_parameter_is_the_same_however_it_is_given(tmp_path):
    where = f"--workdir={tmp_path}/run"
    assert facts(where, "--width=4") == facts(where, "--set=width=4")


@pytest.mark.parametrize("flag", ["--width=4", "--checkpoint_every=7", "--flip", "--seed=1"])
def test_any_other_flag_makes_a_difference_under_its_name(tmp_path, flag):
    where = f"--workdir={tmp_path}/run"
    one, other = facts(where), facts(where, flag)
    assert [name for name in one if one[name] != other[name]] == [flag.partition("=")[0]]


def test_versions_and_code_are_among_them(tmp_path):
    said = facts(f"--workdir={tmp_path}/run")
    assert {"the code of tfgan", "the version of tensorflow", "the version of keras"} <= set(said)
