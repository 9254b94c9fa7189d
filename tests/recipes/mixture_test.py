"""The stabilizers that the recipe `mixture` takes: each trains, resumes and is saved."""

import keras
import numpy as np
import pytest

from tfgan.runs import Checkpoints

from .tiny import batch, eager, fit, state, tiny

OPTIONS = {
    "pack": {"pack": 2},
    "minibatch discrimination": {"minibatch_features": 3},
    "unrolled": {"unrolled_steps": 2},
    "all": {"pack": 2, "minibatch_features": 3, "unrolled_steps": 1},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_a_resumed_run_takes_the_steps_of_an_uninterrupted_one(name, tmp_path):
    model, resumed = (eager(tiny("mixture", seed, **OPTIONS[name])) for seed in (0, 1))
    data = batch("mixture", model)
    fit(model, data, steps=1)
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), resumed).restore()
    resumed.seed = 0
    for each in (model, resumed):
        assert np.isfinite(list(fit(each, data, steps=1).values())).all()
    for one, other in zip(state(model), state(resumed), strict=True):
        np.testing.assert_array_equal(one, other)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.get_compile_config() == model.get_compile_config()


@pytest.mark.parametrize("name", OPTIONS)
def test_each_changes_the_training(name):
    plain, other = (eager(tiny("mixture", **options)) for options in ({}, OPTIONS[name]))
    for model in (plain, other):
        fit(model, batch("mixture", model), steps=2)
    pairs = zip(plain.generator.get_weights(), other.generator.get_weights(), strict=True)
    assert max(np.abs(one - another).max() for one, another in pairs) > 1e-5
