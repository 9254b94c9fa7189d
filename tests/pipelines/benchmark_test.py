"""`tfgan benchmark` at a size that shows the form of its figures and nothing about speed."""

import functools
import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan.networks import dcgan
from tfgan.studies.benchmarks import bare_kernels, baselines, metrics, timing


def test_the_metrics_are_measured_as_ratios(tmp_path, capsys):
    path = tmp_path / "figures.json"
    flags = ["--what=metrics", "--count=200", "--dimensions=16", "--rounds=2", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    out = capsys.readouterr().out
    found = json.loads(path.read_text())
    assert len(found["speed"]) == 3 and len(found["memory"]) == 3
    for row in [*found["speed"], *found["memory"]]:
        assert row["name"] in out and row["ratio"] > 0.0
    assert all(len(row["ratios"]) == 2 for row in found["speed"])


def test_the_step_is_measured_against_its_kernels_and_its_peers(tmp_path, capsys):
    path = tmp_path / "figures.json"
    flags = ["--what=step", "--image_size=8x8x1", "--width=2", "--batch_size=4", "--rounds=1"]
    assert main._run(["benchmark", *flags, f"--out={path}"]) == 0
    out = capsys.readouterr().out
    rows = {row["name"]: row for row in json.loads(path.read_text())["steps"]}
    assert all(name in out for name in rows)
    for mode in ("alternating", "simultaneous", "alternating, bfloat16"):
        row = rows[f"tfgan, {mode}"]
        assert row["against"].startswith(f"bare kernels, {mode}") and row["ratio"] > 0.0
    for name in ("tfgan through fit, alternating", "as keras.io writes it"):
        assert rows[name]["against"] == "tfgan, alternating"


def test_a_size_that_is_none_is_refused(capsys):
    assert main._run(["benchmark", "--what=step", "--image_size=28"]) == 2
    assert "--image_size must be as 28x28x1" in capsys.readouterr().err


def small_networks():
    shape = (8, 8, 1)
    return dcgan.generator(shape, 3, width=2), dcgan.discriminator(shape, width=2)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_the_floor_has_each_kernel_of_a_step(simultaneous):
    """G has a dense layer and two transposed convolutions, D two convolutions and a dense layer."""
    bare, operations = bare_kernels.floor(*small_networks(), 4, simultaneous=simultaneous)
    graph = bare.get_concrete_function().graph
    found = [op.type for op in graph.get_operations()]
    # Each convolution of D: forward, weights, inputs (but for the first) on real and on fake.
    convolutions = {"Conv2D": 6 if simultaneous else 8}
    convolutions |= {"Conv2DBackpropFilter": 6}
    convolutions |= {"Conv2DBackpropInput": 6 if simultaneous else 8}
    assert {kind: found.count(kind) for kind in convolutions} == convolutions
    assert operations > 0.0


def test_the_floor_computes_as_much_as_the_formulas_say():
    generator, discriminator = small_networks()
    _, operations = bare_kernels.floor(generator, discriminator, 4)
    # Multiplications and additions of one pass: dense 3 -> 2x2x4, up to 4x4x2, up to 8x8x1.
    g = [2 * 4 * 3 * 16, 2 * 4 * 4 * 16 * 4 * 2, 2 * 4 * 16 * 16 * 2 * 1]
    d = [2 * 4 * 16 * 16 * 1 * 2, 2 * 4 * 4 * 16 * 2 * 4, 2 * 4 * 16 * 1]
    d_pass, g_pass = 3 * sum(d) - d[0], 3 * sum(g) - g[0]
    assert operations == sum(g) + 2 * d_pass + g_pass + 2 * sum(d)


def test_a_step_as_keras_io_writes_it_moves_both_players():
    networks = small_networks()
    before = [network.get_weights() for network in networks]
    data = tf.random.stateless_uniform((4, 8, 8, 1), [0, 1], -1.0, 1.0)
    losses = baselines.keras_step(*networks, data, 3)()
    assert all(np.isfinite(loss) for loss in losses)
    for network, weights in zip(networks, before, strict=True):
        assert not np.array_equal(network.get_weights()[0], weights[0])


@pytest.mark.parity
@pytest.mark.parametrize("bfloat16", [False, True])
def test_pytorchs_networks_are_as_large_as_ours_and_learn(bfloat16):
    """Needs torch 2.13: pytest -m parity -n 0"""
    pytest.importorskip("torch")
    ours = dcgan.generator((28, 28, 1), 100), dcgan.discriminator((28, 28, 1))
    theirs = baselines._torch_networks((28, 28, 1), 100, 64)
    for one, other in zip(ours, theirs, strict=True):
        count = sum(int(np.prod(weight.shape)) for weight in one.trainable_variables)
        assert count == sum(weight.numel() for weight in other.parameters())
    step = baselines.torch_step((28, 28, 1), 100, 64, 4, bfloat16=bfloat16)
    assert all(np.isfinite(float(loss)) for loss in step())


def test_without_a_subject_it_is_refused(capsys):
    assert main._run(["benchmark"]) == 2
    assert "--what must be one of metrics, step" in capsys.readouterr().err


def test_two_ways_are_run_in_turn_and_a_shared_baseline_once_a_round():
    calls = []

    def baseline():
        calls.append("baseline")

    contests = [
        timing.Contest(name, lambda name=name: calls.append(name), baseline, "b")
        for name in ("one", "two")
    ]
    rows = timing.race(contests, rounds=2)
    assert calls == ["baseline", "one", "two"] * 3
    assert [row["name"] for row in rows] == ["one", "two"]


@pytest.mark.skipif(not timing.has_peak_memory(), reason="this system tells no peak memory")
def test_the_peak_is_what_the_work_holds():
    count = functools.partial(int, 40 * 2**17)
    assert timing.peak_memory(count, np.ones) == pytest.approx(40 * 2**20, rel=0.2)


def test_both_ways_of_the_benchmark_give_one_distance():
    contest = metrics._contests(300, 12)[0]
    assert contest.ours() == pytest.approx(contest.baseline(), rel=1e-9)


def test_made_up_features_are_a_function_of_the_seed():
    one, again, other = (metrics.features(700, 8, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)
    assert one.min() == 0.0
