"""What every recipe must do, whatever its paper: one suite over all of them, at a tiny size."""

import contextlib
import dataclasses
import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import recipes
from tfgan.export import signatures
from tfgan.models import sampling
from tfgan.runs import Checkpoints

from .tiny import (
    BATCH,
    batch,
    conditions,
    covering,
    descending,
    eager,
    fit,
    spec_of,
    state,
    tiny,
    values,
    variables,
)

# In graphs, the largest of all recipes. The model of `sngan` is that of `dcgan`; what it has alone
# is tested alone: spectral normalization on two replicas in its test of `layers`, its networks and
# their gradients under XLA in `networks/contract_test.py`.
GRAPHS = covering("sngan", "cyclegan", represented=pytest.mark.slow)


@dataclasses.dataclass
class Trained:
    """A recipe's model after four steps, what it was before and after two, and its figures."""

    name: str
    model: keras.Model
    data: dict
    first: dict
    run: str
    logs: dict


@pytest.fixture(scope="module", params=covering())
def trained(request, tmp_path_factory):
    model = eager(tiny(request.param))
    model.gradient_norms = True
    data = batch(request.param, model)
    first = {name: values(player.variables) for name, player in model.players.items()}
    run = str(tmp_path_factory.mktemp(request.param))
    fit(model, data, steps=2)
    Checkpoints(run, model).save()
    logs = fit(model, data, steps=2)
    return Trained(request.param, model, data, first, run, logs)


def test_a_keras_file_brings_a_model_back(trained, tmp_path):
    trained.model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for one, other in zip(state(trained.model), state(loaded), strict=True):
        np.testing.assert_array_equal(one, other)
    given = conditions(trained.name, 3)
    one, other = (m.sample(3, seed=4, **given)["data"] for m in (trained.model, loaded))
    np.testing.assert_array_equal(one, other)
    assert loaded.get_compile_config() == trained.model.get_compile_config()


def test_steps_move_every_weight_of_every_player(trained):
    for player, was in trained.first.items():
        for variable, old in zip(trained.model.players[player].variables, was, strict=True):
            if player == "discriminator" and variable.shape == (1,):
                continue  # adding a number to all logits changes some losses by nothing
            assert np.abs(np.array(variable) - old).max() > 0, variable.path


def test_the_gradient_norm_of_every_player_is_logged(trained):
    model = trained.model
    names = [model.norm_names.get(player, "gradient_norm") for player in model.players]
    assert len(set(names)) == len(names)
    assert all(np.isfinite(trained.logs[name]) and trained.logs[name] > 0 for name in names)


def answers(trained):
    """What a model makes of seeds and data with the weights in use."""
    model, data = trained.model, trained.data
    found = [model.sample(3, seed=1, **conditions(trained.name, 3))["data"]]
    for ask in (model.encode, lambda rows: model.log_prob(rows).nats):
        with contextlib.suppress(ValueError):  # no encoder, no likelihood
            found.append(ask(data["data"]))
    return found


def test_all_answers_are_those_of_the_weights_in_use(trained):
    model = trained.model
    before = model.get_weights()
    average = answers(trained)
    model.use_weights("last")
    last = answers(trained)
    model.reset_average()
    model.use_weights("average")
    same = answers(trained)
    model.set_weights(before)
    for one, other in zip(last, same, strict=True):
        np.testing.assert_array_equal(one, other)
    differ = [np.any(one != other) for one, other in zip(average, last, strict=True)]
    assert all(differ[1:])  # codes and likelihoods; a sample of few pixels may well be the same


def test_samples_have_the_form_of_the_data(trained):
    spec = spec_of(trained.name)
    given = conditions(trained.name, 7)
    made = trained.model.sample(5, seed=1, **{key: rows[:5] for key, rows in given.items()})
    assert made["data"].shape == (5, *spec.raw_shape)
    assert made["data"].dtype == spec.dtype
    np.testing.assert_array_equal(
        made["data"], trained.model.sample(7, seed=1, **given)["data"][:5]
    )
    for key, rows in given.items():
        np.testing.assert_array_equal(made[key], rows[:5])


def test_held_out_data_are_judged_with_the_losses_of_training_and_nothing_moves(trained):
    before = state(trained.model)
    figures, again = (
        trained.model.evaluate(trained.data, batch_size=BATCH, verbose=0, return_dict=True)
        for _ in range(2)
    )
    assert figures == again and all(np.isfinite(value) for value in figures.values())
    assert set(figures) == {name for name in trained.logs if "gradient_norm" not in name}
    for old, new in zip(before, state(trained.model), strict=True):
        np.testing.assert_array_equal(old, new)


def test_a_new_model_that_restores_two_steps_makes_the_next_two_exactly(trained):
    resumed = eager(tiny(trained.name, seed=1))
    assert Checkpoints(trained.run, resumed).restore()
    resumed.seed = 0
    fit(resumed, trained.data, steps=2)
    for a, b in zip(state(trained.model), state(resumed), strict=True):
        np.testing.assert_array_equal(a, b)


def test_an_exported_model_makes_the_samples(trained):
    """Two rows of a graph as a SavedModel has it, one with a truncation or a label of its own."""
    model, sources = trained.model, conditions(trained.name, 2)
    call = signatures.of_model(model)["serving_default"]
    given = {"seed": tf.constant([3, -(2**40)], tf.int64), **sources}
    first, more = ({key: rows[row] for key, rows in sources.items()} for row in range(2))
    if model.classes:
        more["label"] = 1
        given["label"] = tf.constant([-1, 1])
    if sampling.truncation_range(model.prior):
        more["truncation"] = 0.5
        given["truncation"] = tf.constant([0.0, 0.5])
    names = [spec.name for spec in call.input_signature]
    made = call(*(given[name] for name in names))
    data = made[model.modality.output_name]
    rows = model.sample(1, seed=3, **first), model.sample(1, seed=-(2**40), **more)
    for row, wanted in enumerate(rows):
        np.testing.assert_array_equal(data[row], wanted["data"][0])
        if model.classes:
            assert made["label"][row] == wanted["label"][0]


def test_an_exported_encoder_gives_the_codes(trained):
    model = trained.model
    if not model.has_encoder or model.sampling_network() is None:
        return
    raw = model.sample(3, seed=1)["data"]
    codes = signatures.of_model(model)["encode"](tf.constant(raw))
    assert list(codes) == list(model.latent_shapes)
    together = np.concatenate([codes[name] for name in model.latent_shapes], axis=1)
    np.testing.assert_allclose(together, model.encode(raw), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", GRAPHS)
def test_two_replicas_take_the_steps_of_one_device(name, two_replicas):
    """Operation by operation; in graphs: tests/models/gan_test.py and tests/training."""
    settings = {"average_half_life": 8.0}
    if "discriminator_steps" in recipes.parameters(name):
        settings["discriminator_steps"] = 2 if name == "gan" else 1  # one has several
    alone = eager(descending(name, **settings))
    with two_replicas.scope():
        together = eager(descending(name, **settings))
    for model in (alone, together):
        model.step.assign(1000)  # past the ramp, on which the batch size does not matter
    start = state(alone)
    # Instance normalization of 2 x 2 pixels multiplies rounding by 1,000 in a step; later steps,
    # with exchanges in the pool, are those of tests/models/cycle_gan_test.py.
    steps = 1 if name in ("cyclegan", "cut") else 3
    logs = [fit(model, batch(name, alone), steps=steps) for model in (alone, together)]
    for one, two, variable in zip(state(alone), state(together), variables(alone), strict=True):
        # Rounding alone: sums of 8 terms in another order, three steps long. The heads of `cut`
        # divide by norms near 0, and take steps of thousands.
        np.testing.assert_allclose(one, two, rtol=2e-6, atol=1e-5, err_msg=variable.name)
    assert any(np.abs(a - b).max() > 1e-3 for a, b in zip(start, state(together), strict=True))
    for figure, value in logs[0].items():
        np.testing.assert_allclose(value, logs[1][figure], rtol=1e-4, atol=1e-5, err_msg=figure)


def test_no_two_replicas_draw_the_same_noise(trained, two_replicas):
    model = trained.model
    if model.prior is None:
        pytest.skip("a model without latents: its draws are compared with one device's above")

    def draw():
        return model.prior(BATCH // 2, model.stream("latent"))

    drawn = two_replicas.run(tf.function(draw, autograph=False))
    whole = model.prior(BATCH, model.stream("latent"))
    for key, value in drawn.items():
        rows = np.concatenate(two_replicas.experimental_local_results(value))
        # The length of a vector on a sphere rounds differently in a batch of another size.
        np.testing.assert_allclose(rows, whole[key], rtol=3e-7, atol=0)
        if not set(np.unique(rows)) <= {0.0, 1.0}:  # a class may well be drawn twice
            assert len(np.unique(rows, axis=0)) == BATCH


@pytest.mark.parametrize("name", GRAPHS)
def test_the_step_compiles_under_xla_from_static_stablehlo_of_32_bits(name):
    # The k steps of a critic are k copies of one: compiling the first says all.
    fewest = {"discriminator_steps": 1} if "discriminator_steps" in recipes.parameters(name) else {}
    model, plain = (tiny(name, **fewest) for _ in range(2))
    step = tf.function(model.train_step, autograph=False, jit_compile=True)
    data = {key: tf.constant(value) for key, value in batch(name, model).items()}
    figures = step(data)
    for figure, value in plain.train_step(data).items():
        np.testing.assert_allclose(figures[figure], value, rtol=1e-4, atol=1e-5, err_msg=figure)
    text = step.experimental_get_compiler_ir(data)(stage="stablehlo")
    # Compilers of TPUs take neither dynamic shapes nor calls of another device's code.
    assert "stablehlo.convolution" in text or "stablehlo.dot_general" in text
    assert not re.findall(r"tensor<[^>]*\?|custom_call|f64", text)
