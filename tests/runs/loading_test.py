"""A run as it was left, also one of an earlier release; rates are those of the record."""

import json
import pathlib
import shutil

import keras
import numpy as np
import pytest

from tfgan.runs import Checkpoints, open_model, preserve_learning_rates

from . import saved_runs

FORMAT_2 = pathlib.Path(__file__).parent / "format_2"  # a run as the first release wrote it


def test_a_run_of_the_first_release_opens():
    model, record = open_model(str(FORMAT_2))
    assert model.steps_done == 4
    assert record.parameters["width"] == 4
    assert model.sample(3)["data"].shape == (3, 2)


def test_a_width_that_the_memory_cannot_hold_is_refused_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("tfgan.memory.free", lambda: 2**30)
    shutil.copytree(FORMAT_2, tmp_path / "run")
    content = json.loads((FORMAT_2 / "recipe.json").read_text())
    content["parameters"] |= {"width": 20_000, "depth": 2}
    (tmp_path / "run" / "recipe.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match=r"needs 3.0 GiB of memory, of which 1.0 GiB may be taken"):
        open_model(str(tmp_path / "run"))


def rates(model):
    return [float(player.optimizer.learning_rate) for player in model.players.values()]


def test_a_restored_state_has_the_rates_that_the_model_was_compiled_with(tmp_path):
    gan = saved_runs.model()
    Checkpoints(str(tmp_path), gan).save()
    other = saved_runs.model()
    for player in other.players.values():
        player.optimizer.learning_rate = 0.5
    with preserve_learning_rates(other):
        assert Checkpoints(str(tmp_path), other).restore()
    assert rates(other) == [0.5, 0.5] != rates(gan)


def test_a_rate_with_a_schedule_needs_no_keeping(tmp_path):
    gan = saved_runs.model()
    schedule = keras.optimizers.schedules.CosineDecay(0.25, 100)
    gan.generator_optimizer = keras.optimizers.SGD(schedule)
    gan.generator_optimizer.build(gan.generator.trainable_variables)
    Checkpoints(str(tmp_path), gan).save()
    with preserve_learning_rates(gan):
        Checkpoints(str(tmp_path), gan).restore()
    np.testing.assert_allclose(rates(gan)[0], 0.25)
