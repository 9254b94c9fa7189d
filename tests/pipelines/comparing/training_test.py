"""A budget's steps reach the parameters that a recipe ties to its steps."""

from tfgan.pipelines.comparing import training
from tfgan.pipelines.comparing.families import FAMILIES

from tfgan import recipes


def test_a_decay_and_a_warm_up_keep_their_share_of_the_steps():
    for name, tied in (("rbm", "decay_steps"), ("pixelvae", "kl_warmup")):
        whole = recipes.resolve(FAMILIES[name].recipe)
        half = training.parameters(FAMILIES[name], whole["steps"] // 2)
        assert half["steps"] == whole["steps"] // 2
        assert half[tied] == whole[tied] // 2
        others = set(whole) - {"steps", tied}
        assert {key: half[key] for key in others} == {key: whole[key] for key in others}


def test_a_recipe_without_them_changes_its_steps_alone():
    whole = recipes.resolve("dcgan")
    assert training.parameters(FAMILIES["gan"], 7) == whole | {"steps": 7}
