"""The parameters of every recipe: defaults, schedules, and what may change during a run."""

import inspect
import re

import pytest

from tfgan import recipes

from .tiny import NAMES, TINY, covering, tiny, variables

# Recipes with a rate that falls over the run; that of `gan` falls to a tenth every 40,000 steps.
FALLING = [n for n in NAMES if n != "gan" and "decay_steps" in recipes.parameters(n)]


@pytest.mark.parametrize("name", FALLING)
def test_what_falls_over_a_run_falls_over_the_steps_that_it_takes(name):
    model = tiny(name, steps=6)
    for player, of in model.players.items():
        updates = 6 * (model.discriminator_steps if player == "discriminator" else 1)
        first = float(of.optimizer.learning_rate)
        of.optimizer.iterations.assign(updates // 2)
        half = float(of.optimizer.learning_rate)
        of.optimizer.iterations.assign(updates)
        last = float(of.optimizer.learning_rate)
        final = 0.5 if name == "rbm" else 0.0
        assert half == pytest.approx(first * (1 + final) / 2, rel=1e-6)
        assert last == pytest.approx(first * final, abs=1e-10)


@pytest.fixture(scope="module", params=covering())
def changed(request):
    """A recipe's name, and its model with other values of all that may change during a run."""
    known = recipes.parameters(request.param)
    others = {
        key: each.default * 2 if each.default else type(each.default)(5)
        for key, each in known.items()
        if each.may_change and key not in TINY
    }
    assert "learning_rate" in others and "average_half_life" in others
    others |= {"learning_rate_schedule": "cosine:0.25", "steps": 6}
    return request.param, tiny(request.param, **others)


def test_a_schedule_of_rates_holds_for_every_recipe_and_player(changed):
    _, model = changed
    for player, of in model.players.items():
        of.optimizer.iterations.assign(0)
        first = float(of.optimizer.learning_rate)
        updates = 6 * (model.discriminator_steps if player == "discriminator" else 1)
        of.optimizer.iterations.assign(updates)
        assert float(of.optimizer.learning_rate) == pytest.approx(first / 4, rel=1e-6)


def test_what_may_change_in_mid_run_shapes_no_variable(changed):
    name, model = changed
    one, other = (
        [(each.shape, each.dtype) for each in variables(of)] for of in (tiny(name), model)
    )
    assert one == other


@pytest.mark.parametrize("name", NAMES)
def test_the_docstring_tells_paper_and_command(name):
    about = inspect.getdoc(recipes.find(name))
    assert re.search(r"https://(arxiv\.org/abs|doi\.org)/", about)
    assert f"tfgan train --recipe={name}" in about


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_a_default_that_can_be_set_from_text(name):
    known = recipes.parameters(name)
    texts = [f"{key}={parameter.default}" for key, parameter in known.items()]
    assert recipes.resolve(name, texts) == {key: p.default for key, p in known.items()}
