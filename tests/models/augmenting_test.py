"""Augmentation in the game: what the discriminator sees, and which steps follow."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import augmentations, losses, modalities, priors, schedules
from tfgan.models import GAN, VAE, augmenting
from tfgan.penalties import Penalty, r1
from tfgan.runs import Checkpoints
from tfgan.terms import Turn

SHAPE = (4, 6, 3)
SEED = tf.constant([1, 2])
RANDOM = np.random.RandomState(0)
BATCH = {"data": RANDOM.randint(0, 256, (8, *SHAPE)).astype("uint8"), "label": np.arange(8) % 3}
FAST = augmentations.Adaptive(target=0.0, kimg=0.1, every=2)  # p moves in the first steps
VALUES = {
    "diffaugment": "diffaugment",
    "ada": augmentations.ADA(("blit", "color"), FAST),
    "rising": augmentations.ADA(("blit",), augmentations.Rising(0.8, 2)),
    "apa": augmentations.APA(p=FAST),
}


def discriminator(shape):
    data, label = keras.Input(shape, name="data"), keras.Input((), dtype="int32", name="label")
    flat = keras.layers.Dense(5, activation="tanh")(keras.layers.Flatten()(data))
    each = keras.layers.Embedding(3, 5)(label)
    return keras.Model({"data": data, "label": label}, keras.layers.Dense(1)(flat + each))


def gan(of=discriminator, **options):
    keras.utils.set_random_seed(1)
    latent = keras.Input((3,), name="latent")
    pixels = keras.layers.Dense(72, activation="tanh")(latent)
    generator = keras.Model({"latent": latent}, keras.layers.Reshape(SHAPE)(pixels))
    model = GAN(generator, of(SHAPE), prior=priors.Normal(3), classes=3)
    players = "generator", "discriminator"
    optimizers = {player: keras.optimizers.SGD(0.3) for player in players}
    model.compile("non_saturating", optimizers, **options)
    return model


def trained(model, steps=3):
    data = tf.data.Dataset.from_tensors(BATCH).repeat()
    history = model.fit(data, steps_per_epoch=steps, shuffle=False, verbose=0)
    return {name: values[-1] for name, values in history.history.items()}


def state(model):
    return [np.array(v) for v in (*model.get_weights(), *model.state_variables)]


def assert_equal(one, other, atol=0.0):
    for a, b in zip(state(one), state(other), strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=atol)


@pytest.mark.parametrize("name", VALUES)
def test_each_changes_the_step_of_a_game_and_no_evaluation(name):
    plain, changed = (gan(augmentation=each, run_eagerly=True) for each in (None, VALUES[name]))
    figures = [m.evaluate(BATCH, verbose=0, return_dict=True) for m in (plain, changed)]
    assert figures[0] == figures[1]
    trained(plain), trained(changed)
    pairs = zip(plain.get_weights(), changed.get_weights(), strict=True)
    assert max(np.abs(one - other).max() for one, other in pairs) > 1e-4


def test_what_moves_p_is_logged():
    rows = {name: tf.constant(each) for name, each in BATCH.items()}
    logs = {}
    for name, value in VALUES.items():
        model = gan(augmentation=value, run_eagerly=True)
        logs[name] = [model.train_step(rows) for _ in range(2)]
        assert not any("sign" in key or "share" in key for key in logs[name][1])
    assert "augment_p" not in logs["diffaugment"][1]
    # Half a cosine over two steps, and two steps of 8 examples: 16 of 100, up or down from 0.
    assert [float(each["augment_p"]) for each in logs["rising"]] == pytest.approx([0.0, 0.4])
    assert float(logs["ada"][1]["augment_p"]) in (0.0, pytest.approx(0.16))


@pytest.mark.parametrize("name", ["ada", "apa"])
def test_two_replicas_take_the_steps_of_one_device(name, two_replicas):
    alone = gan(augmentation=VALUES[name], run_eagerly=True)
    trained(alone)
    with two_replicas.scope():
        together = gan(augmentation=VALUES[name])
    trained(together)
    assert_equal(alone, together, atol=1e-5)


def test_a_compiled_step_is_that_of_eager_execution():
    options = {"augmentation": VALUES["ada"], "simultaneous": True}
    eager, compiled = gan(run_eagerly=True, **options), gan(jit_compile=True, **options)
    trained(eager), trained(compiled)
    assert_equal(eager, compiled, atol=1e-5)


@pytest.mark.parametrize("name", ["ada", "apa"])
def test_microbatches_take_the_step_of_the_whole_batch(name):
    options = {"augmentation": VALUES[name], "run_eagerly": True}
    whole, parts = gan(**options), gan(microbatches=2, **options)
    trained(whole), trained(parts)
    assert_equal(whole, parts, atol=1e-5)


@pytest.mark.parametrize(
    "order",
    [
        {"reuse_fakes": True},
        {"simultaneous": True},
        {"discriminator_steps": 2},
        {"unrolled_steps": 1},
    ],
)
def test_p_counts_every_real_example_once_in_every_order(order):
    model = gan(augmentation=augmentations.ADA(p=augmentations.Adaptive(every=100)), **order)
    model.run_eagerly = True
    trained(model, steps=2)
    p, signs, share, examples = np.array(model.state_variables[0])
    assert (p, share, examples) == (0.0, 2 * order.get("discriminator_steps", 1), 16)
    assert abs(signs) <= share


def test_a_resumed_run_continues_exactly(tmp_path):
    model = gan(augmentation=VALUES["ada"], run_eagerly=True)
    trained(model, steps=3)
    Checkpoints(str(tmp_path), model).save()
    trained(model, steps=3)
    resumed = gan(augmentation=VALUES["ada"], run_eagerly=True)
    assert Checkpoints(str(tmp_path), resumed).restore()
    trained(resumed, steps=3)
    assert_equal(model, resumed)


@pytest.mark.parametrize("name", ["rising", "ada"])
def test_a_keras_file_keeps_it(name, tmp_path):
    model = gan(augmentation=VALUES[name], run_eagerly=True)
    trained(model)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.augmenter.augmentation == model.augmenter.augmentation
    loaded.run_eagerly = True
    trained(model), trained(loaded)
    assert_equal(model, loaded)


def test_a_keras_file_keeps_an_augmentation_that_was_set_later(tmp_path):
    model = gan(run_eagerly=True)
    model.set_augmentation("ada:blit,p=0.3")
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.augmenter.augmentation.name == "ada:blit,p=0.3"


def test_r1_is_of_the_gradient_through_the_transforms():
    """For D(x) = <w, x> the gradient at x is T^T w: w outside of the erased rectangle, else 0."""

    def linear(shape):
        data, label = keras.Input(shape, name="data"), keras.Input((), name="label")
        logits = keras.layers.Dense(1)(keras.layers.Flatten()(data))
        return keras.Model({"data": data, "label": label}, logits)

    value = augmentations.DiffAugment(("cutout",))
    model = gan(linear, augmentation=value, penalties=[Penalty(r1, 1.0)], run_eagerly=True)
    w = tf.reshape(model.discriminator.trainable_variables[0], (1, *SHAPE))
    seed = model.stream("augmentation, penalty 0, turn 0")
    is_seen = value(tf.ones((8, *SHAPE)), seed, 1.0)
    expected = tf.reduce_mean(tf.reduce_sum(is_seen * w**2, axis=[1, 2, 3]))
    assert float(tf.reduce_min(is_seen)) == 0.0
    logs = model.train_step({name: tf.constant(rows) for name, rows in BATCH.items()})
    assert float(logs["penalty"]) == pytest.approx(float(expected), rel=1e-5)


def seen(augmenter, inputs, purpose="on real, turn 0"):
    fake = -tf.ones_like(inputs["data"])
    return augmenter.seen(inputs, fake, 0, lambda name: tf.constant([len(name), 3]), purpose)


def test_a_p_can_adapt_to_losses_of_single_logits():
    assert augmenting.can_adapt(losses.hinge())
    assert not augmenting.can_adapt(losses.relativistic())


def test_a_source_moves_as_its_target_and_keeps_its_colors():
    kinds = {"data": modalities.Images(), "source": modalities.Images()}
    augmenter = augmenting.of_game("ada:bgcfnc,p=0.9", losses.hinge(), kinds)
    data = tf.random.stateless_uniform((9, 8, 8, 3), SEED, -1.0, 1.0)
    inputs = {"data": data, "source": data, "label": tf.range(9)}
    both = seen(augmenter, inputs)
    places = augmenting.of_game("ada:blit,geometry,p=0.9", losses.hinge(), kinds)
    np.testing.assert_array_equal(both["source"], seen(places, inputs)["data"])
    assert np.abs(both["source"] - data).max() > 0.1
    assert np.abs(both["source"] - both["data"]).max() > 0.1
    np.testing.assert_array_equal(both["label"], np.arange(9))


def test_masks_move_and_keep_their_classes():
    masks = modalities.Masks(("a", "b", "c"))
    augmenter = augmenting.of_game("ada:blit,color,p=0.9", losses.hinge(), {"data": masks})
    data = tf.one_hot(tf.random.stateless_uniform((9, 6, 6), SEED, 0, 3, tf.int32), 3)
    np.testing.assert_array_equal(tf.reduce_sum(seen(augmenter, {"data": data})["data"], -1), 1.0)


def test_every_call_of_the_discriminator_has_draws_of_its_own():
    model = gan(augmentation="diffaugment")
    purposes = [
        "on real, turn 0",
        "on fake, turn 0",
        "on fake, generator's turn",
        "penalty 0, turn 0",
    ]
    seeds = {tuple(np.array(model.stream(f"augmentation, {each}"))) for each in purposes}
    assert len(seeds) == 4


def test_a_fake_of_the_same_label_takes_the_place_of_a_real_example_with_p():
    augmenter = augmenting.of_game("apa:p=0.3", losses.hinge(), {"data": modalities.Images()})
    inputs = {"data": tf.ones((10_000, 1, 1, 1))}
    data = seen(augmenter, inputs)["data"]
    # Four standard deviations of a share of 10,000 draws: 0.0183.
    assert float(tf.reduce_mean(tf.cast(data < 0.0, tf.float32))) == pytest.approx(0.3, abs=0.0183)
    for purpose in ("on fake, turn 0", "penalty 0, turn 0"):
        np.testing.assert_array_equal(seen(augmenter, inputs, purpose)["data"], inputs["data"])


def test_the_mean_sign_is_of_real_examples_alone():
    """Logits of 1 where the discriminator received real examples, and -1 where fakes."""
    value = augmentations.APA(p=augmentations.Adaptive())
    augmenter = augmenting.of_game(value, losses.hinge(), {"data": modalities.Images()})
    augmenter.state.numbers.assign([0.4, 0.0, 0.0, 0.0])
    real, stream = {"data": tf.ones((1000, 1, 1, 1))}, lambda name: tf.constant([len(name), 3])
    turn = Turn(real, {}, {"data": -real["data"]}, None, stream, "turn 0", {})
    logits = augmenter.seen(real, turn.fake, 0, stream, "on real, turn 0")["data"][:, 0, 0]
    signs, share = augmenter.figures(logits, turn, 0).values()
    assert float(signs) == float(share) == pytest.approx(0.6, abs=0.062)


@pytest.mark.parametrize(
    ("loss", "logit"),
    [(losses.hinge(), 0.0), (losses.minimax(), 0.0), (losses.least_squares(), 0.5)],
)
def test_signs_are_about_the_logit_between_real_and_fake(loss, logit):
    augmenter = augmenting.of_game("ada", loss, {"data": modalities.Images()})
    assert augmenter.boundary == pytest.approx(logit, abs=1e-6)


def of(augmentation, loss=None, kind=None, **options):
    kind = kind or modalities.Images()
    return augmenting.of_game(augmentation, loss or losses.hinge(), {"data": kind}, **options)


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda: of("ada", losses.wasserstein()), "An adaptive p needs .* received ada:"),
        (lambda: of("ada", losses.relativistic()), "use a number, such as ada:p=0.2"),
        (lambda: of("ada", kind=modalities.Points()), "augmentation must be none for points"),
        (lambda: of("diffaugment", kind=modalities.Texts("ab")), "must be none for texts: diffaug"),
        (lambda: of("apa", examples_per_logit=2), "must be other than apa for a discriminator of"),
        (lambda: of("apa", reads_latents=True), "in which a fake cannot take the place"),
        (lambda: of("blur"), "augment must be none, diffaugment, ada or apa"),
        (lambda: gan(augmentation=0.5), "augmentation must be none, .* received 0.5"),
    ],
)
def test_what_does_not_suit_a_game_is_refused_in_one_sentence(attempt, sentence):
    with pytest.raises(ValueError, match=sentence):
        attempt()


def test_other_models_than_a_game_are_refused():
    with pytest.raises(ValueError, match="augment must be none for VAE: it is for games of one"):
        VAE.set_augmentation(VAE.__new__(VAE), "ada")


def test_a_function_of_the_step_may_be_p():
    value = augmentations.ADA(
        ("blit",),
        functools.partial(schedules.staircase_at, value=1.0, updates=1, factor=0.5, final=0.0),
    )
    augmenter = of(value)
    assert [float(augmenter.probability(step)) for step in (0, 1, 2)] == [1.0, 0.5, 0.25]
