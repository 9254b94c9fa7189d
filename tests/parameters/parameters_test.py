"""Recipe parameters are read from signatures, and values that make no sense are refused."""

import inspect

import pytest

from tfgan import parameters, recipes

ALL = [(name, each) for name in recipes.names() for each in recipes.parameters(name).values()]
NUMBERS = [(n, each) for n, each in ALL if type(each.default) in (int, float)]


def ids(pair):
    return f"{pair[0]}-{pair[1].name}"


@pytest.mark.parametrize("pair", NUMBERS, ids=ids)
def test_every_number_of_every_recipe_refuses_nonsense_in_our_words(pair):
    recipe, parameter = pair
    nonsense = ["-1e9", "nan", "inf", "-inf", "1e400", "many", "", "[1]", "1j", "None", "True"]
    if parameter.values.low is None:  # targets of a loss may be negative
        nonsense.remove("-1e9")
    for text in nonsense:
        with pytest.raises(ValueError) as refused:
            recipes.resolve(recipe, [f"{parameter.name}={text}"])
        beginning = f"Recipe {recipe}: {parameter.name} must be {parameter.accepts}, such as "
        assert str(refused.value).startswith(beginning), text
        assert str(refused.value).endswith(f"received {text!r}."), text


@pytest.mark.parametrize("name", ["width", "latent_dim", "learning_rate", "clip", "batch_size"])
def test_sizes_and_rates_are_not_zero(name):
    with pytest.raises(ValueError, match=f"{name} must be"):
        recipes.resolve("wgan", [f"{name}=0"])


@pytest.mark.parametrize(("name", "most"), [("views", 4), ("label_share", 0.9)])
def test_views_and_repeated_labels_have_a_bound(name, most):
    assert recipes.resolve("semi_supervised", [f"{name}={most}"])[name] == most
    with pytest.raises(ValueError, match=f"{name} must be a number from 0 to {most}"):
        recipes.resolve("semi_supervised", [f"{name}={most + 0.01}"])


def test_every_parameter_of_every_recipe_has_a_meaning_and_no_meaning_is_left_over():
    assert [ids(pair) for pair in ALL if not pair[1].description] == []
    names = {each.name for _, each in ALL} - {"preset"}
    assert names == {*parameters.VOCABULARY, *parameters.COMMON}


@pytest.mark.parametrize("name", recipes.names())
def test_what_is_read_from_the_source_is_the_signature(name):
    signature = inspect.signature(recipes.find(name).recipe).parameters
    common = {key: each.default for key, each in parameters.COMMON.items()}
    read = {key: each.default for key, each in recipes.parameters(name).items() if key != "preset"}
    assert read == common | {key: each.default for key, each in signature.items()}


@pytest.mark.parametrize("pair", ALL, ids=ids)
def test_every_default_is_a_value_that_the_parameter_takes(pair):
    _, parameter = pair
    value = parameter.parse(str(parameter.default))
    assert (value, type(value)) == (parameter.default, type(parameter.default))


def test_whole_numbers_stand_for_numbers_and_the_other_way_round():
    known = recipes.parameters("dcgan")
    assert repr(known["width"].parse("16.0")) == "16"
    assert repr(known["beta_1"].parse("0")) == "0.0"
    assert known["simultaneous"].parse("FALSE") is False
    with pytest.raises(ValueError):
        known["width"].parse("16.5")


def test_a_name_outside_of_the_vocabulary_takes_any_number_of_its_type():
    source = 'def recipe(*, warmth=1.5, kind: Literal["a", "b"] = "a", title="x"):\n    pass\n'
    known = parameters.from_source(source)
    assert known["warmth"].parse("-3") == -3.0
    assert known["title"].parse("anything") == "anything"
    assert (known["kind"].accepts, known["kind"].description) == ("a or b", "")
    with pytest.raises(ValueError, match="warmth must be a number, such as 1.5; received 'nan'"):
        known["warmth"].parse("nan")
