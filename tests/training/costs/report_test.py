"""The cost of a run in words."""

import dataclasses

from tfgan.training import costs
from tfgan.training.costs import flops, report

COST = costs.Cost(
    steps=1500,
    examples=32,
    replicas=1,
    parameters={"generator": 104_024, "discriminator": 275_633},
    flops=flops.Flops(7.37e9, 10.1e9),
    state={"weights": 1536, "optimizers": 3072, "averages": 512, "others": 0},
    tensors=5 * 2**20,
    seconds=0.25,
    trial_steps=10,
)


def test_four_lines_say_what_a_run_costs():
    assert list(costs.lines(COST)) == [
        "Parameters: generator 104,024, discriminator 275,633",
        "A step:     32 examples, 7.37 GFLOP on average, 10.1 GFLOP where all lazy terms are due",
        "Memory:     about 5.0 MiB: weights 1.5 KiB, optimizers 3.0 KiB, running averages "
        "512 bytes, tensors of a step about 5.0 MiB",
        "Time:       250 ms per step (10 trial steps), 461 kimg an hour; 1,500 steps take about "
        "6 min, without samples, checkpoints and evaluations",
    ]


def test_devices_unmeasured_time_and_uncounted_operations_are_said():
    cost = dataclasses.replace(
        COST, replicas=8, flops=flops.Flops(2e12, 2e12), uncounted=("product",),
        seconds=None, not_measured="trial steps were not requested",
    )  # fmt: skip
    _, step, memory, time = costs.lines(cost)
    assert step == "A step:     32 examples on 8 devices, at least 2 TFLOP"
    assert "about 5.0 MiB per device: " in memory
    assert time == "Time:       not measured: trial steps were not requested"


def test_durations_have_a_fitting_unit():
    seconds = [0.0042, 5.0, 99.0, 600.0, 9000.0, 400_000.0]
    assert list(map(report._duration, seconds)) == [
        "4.2 ms", "5 s", "99 s", "10 min", "2 h 30 min", "4 days 15 h"
    ]  # fmt: skip
