"""The cost of a run before it starts."""

import dataclasses
import os

import keras
import pytest

from tests.recipes.tiny import NAMES, REPRESENTED, TINY
from tfgan import layers, memory, recipes
from tfgan.models import memory_check
from tfgan.studies.benchmarks import bare_kernels
from tfgan.training import TrainConfig, costs, planning, train
from tfgan.training.costs import estimate, unallocated

SMALL = {"width": 8, "depth": 1, "batch_size": 16}


def plan_of(recipe, workdir, **fields):
    return planning.resolve(TrainConfig(recipe=recipe, workdir=str(workdir), **fields))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """(cost, its lines of progress, the run's directory) of a small game."""
    workdir, said = tmp_path_factory.mktemp("runs") / "run", []
    plan = plan_of("mixture", workdir, parameters=SMALL)
    return costs.of_run(plan, progress=said.append), said, workdir


def test_parameters_and_bytes_are_those_of_the_model(small, tmp_path):
    cost, _, _ = small
    run = train.train(
        TrainConfig(recipe="mixture", workdir=str(tmp_path), steps=1, parameters=SMALL)
    )
    networks = run.model.networks
    assert cost.parameters == {name: each.count_params() for name, each in networks.items()}
    assert cost.state["weights"] == 4 * sum(cost.parameters.values())
    # Adam has two slots per trained number, and a few counters.
    assert 0 <= cost.state["optimizers"] - 2 * cost.state["weights"] < 200
    assert cost.state["averages"] == 4 * cost.parameters["generator"]
    assert cost.device_bytes == sum(cost.state.values()) + cost.tensors


def test_averages_for_other_widths_are_two_more_copies(small, tmp_path):
    plan = plan_of("mixture", tmp_path, parameters=SMALL | {"average_snapshots": 5})
    cost = costs.of_run(plan, has_trial=False)
    assert cost.state == small[0].state | {"averages": 3 * small[0].state["averages"]}


def test_ten_trial_steps_give_the_thousands_of_examples_in_an_hour(small):
    cost, said, workdir = small
    assert cost.trial_steps == 10 and cost.seconds > 0.0
    assert cost.kimg_per_hour == pytest.approx(16 * 3600 / cost.seconds / 1000)
    assert "traced" in said[0] and "first trial step" in said[1]
    assert cost.flops.largest == cost.flops.mean > 0 and not cost.uncounted
    assert not workdir.exists()


def test_the_arithmetic_of_dcgan_is_that_of_its_bare_kernels(tmp_path):
    plan = plan_of("dcgan", tmp_path / "run", parameters={"width": 8, "batch_size": 16})
    layers.cpu_kernels(False)  # which replace convolutions by others
    try:
        cost = costs.of_run(plan, has_trial=False)
        model = recipes.make("dcgan", plan.parameters | {"steps": 4}).build(_spec(), 0)
        _, operations = bare_kernels.floor(
            model.generator, model.discriminator, 16, simultaneous=plan.parameters["simultaneous"]
        )
    finally:
        layers.cpu_kernels(True)
    assert cost.flops.mean == pytest.approx(operations, rel=0.01)
    assert (cost.seconds, cost.not_measured) == (None, "trial steps were not requested")


def _spec():
    from tfgan.data import DataSpec

    return DataSpec((28, 28, 1), "images")


def test_a_run_that_does_not_fit_into_memory_takes_no_trial_steps(tmp_path, monkeypatch):
    plan = plan_of("mixture", tmp_path / "run", parameters=SMALL)
    monkeypatch.setattr(estimate.memory, "free", lambda: 4_000)
    cost = costs.of_run(plan)
    assert cost.seconds is None and "3.9 KiB are free" in cost.not_measured


def test_a_cluster_is_measured_without_waiting_for_its_workers(tmp_path, monkeypatch):
    cluster = '{"cluster": {"worker": ["a:1", "b:1"]}, "task": {"type": "worker", "index": 0}}'
    monkeypatch.setenv("TF_CONFIG", cluster)
    plan = plan_of("mixture", tmp_path / "run", parameters=SMALL)
    cost = costs.of_run(plan)
    assert (cost.replicas, cost.not_measured) == (2, "trial steps need the other workers")
    monkeypatch.delenv("TF_CONFIG")
    alone = costs.of_run(plan, has_trial=False)
    assert cost.flops.mean == pytest.approx(alone.flops.mean)
    assert cost.tensors < alone.tensors


def test_replicas_of_this_machine_take_the_trial_steps_together(two_replicas, tmp_path):
    fields = {"strategy": "mirrored", "devices": 2, "parameters": SMALL}
    cost = costs.of_run(plan_of("mixture", tmp_path / "run", **fields))
    assert (cost.replicas, cost.trial_steps) == (2, 10)


@pytest.mark.parametrize(
    "fields",
    [
        {"data": "images:/nowhere"},
        {"data": "toy:ring", "batch_size": 10**9},
        {"data": "toy:ring", "jit_compile": "on", "strategy": "mirrored", "devices": 2},
    ],
    ids=str,
)
def test_what_a_run_would_refuse_is_refused_in_its_words(two_replicas, tmp_path, fields):
    config = TrainConfig(recipe="mixture", workdir=str(tmp_path / "run"), **fields)
    with pytest.raises(ValueError) as of_run:
        train.train(config)
    with pytest.raises(ValueError) as of_cost:
        costs.of_run(planning.resolve(config))
    assert str(of_cost.value) == str(of_run.value)
    assert os.listdir(tmp_path) in ([], ["run"])  # of the run alone: the lock


def test_a_model_without_values_takes_no_memory_for_its_weights():
    with unallocated.without_values(), memory_check.within_memory():
        network = keras.Sequential([keras.Input((30_000,)), keras.layers.Dense(20_000)])
    assert network.count_params() == 600_020_000  # 2.2 GiB
    assert memory.free() > 0


@pytest.mark.second_stage("recipes")
@pytest.mark.parametrize("name", sorted(set(NAMES) - set(REPRESENTED)))
def test_recipes_of_every_kind_have_a_cost(name, tmp_path):
    known = recipes.parameters(name)
    sizes = {key: value for key, value in TINY.items() if key in known}
    cost = costs.of_run(plan_of(name, tmp_path / "run", parameters=sizes, batch_size=16))
    assert cost.flops.mean > 0 and not cost.uncounted
    assert cost.seconds > 0 and cost.trial_steps >= 10
    assert set(cost.parameters) and min(cost.parameters.values()) > 0
    assert cost.tensors > 0 and not os.listdir(tmp_path)
    assert "kimg an hour" in list(costs.lines(cost))[-1]
    assert dataclasses.asdict(cost)
