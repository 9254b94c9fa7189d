"""What a GAN is given and cannot use is refused in a sentence, before or in the first step."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors, terms
from tfgan.models import GAN
from tfgan.networks import mlp, packing

SHAPE = (4, 4, 1)
IMAGES = np.random.default_rng(0).integers(0, 256, (12, *SHAPE), np.uint8)


def gan(*, classes=None, hidden=(), **options):
    latent, data = keras.Input((3,), name="latent"), keras.Input(SHAPE, name="data")
    told = {"label": keras.Input((), dtype="int32", name="label")} if classes else {}
    code = [keras.layers.Embedding(classes, 2)(told["label"])] if classes else []
    seen = keras.layers.Concatenate()([latent, *code]) if code else latent
    made = keras.layers.Reshape(SHAPE)(keras.layers.Dense(16, activation="tanh")(seen))
    flat = keras.layers.Flatten()(data)
    for layer in hidden:
        flat = layer(flat)
    model = GAN(
        keras.Model({"latent": latent, **told}, made),
        keras.Model({"data": data}, keras.layers.Dense(1)(flat)),
        prior=priors.Normal(3),
        classes=classes,
    )
    model.compile("hinge", "sgd", **options)
    return model


@pytest.mark.parametrize("name", ["sample_weight", "class_weight"])
def test_weights_of_examples_and_classes_are_refused_by_their_name(name):
    given = {"sample_weight": np.ones(12), "class_weight": {0: 1.0}}[name]
    with pytest.raises(ValueError, match=f"{name} must be None"):
        gan().fit(IMAGES, verbose=0, **{name: given})


def test_weights_of_held_out_examples_are_refused_too():
    with pytest.raises(ValueError, match="sample_weight must be None"):
        gan().evaluate(IMAGES, verbose=0, sample_weight=np.ones(12))
    with pytest.raises(ValueError, match="sample_weight must be None"):
        gan().fit(IMAGES, validation_data=(IMAGES, None, np.ones(12)), verbose=0)


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        (np.full(12, 0.7), "label must be integers.*received values such as .*0.7"),
        (np.array(["cat"] * 12), "label must be integers"),
        (np.full((12, 2), 0.5), "label must be integers"),
        (np.ones((12, 2), int), "must hold a single 1; row 0 does not"),
        (np.zeros((12, 2)), "must hold a single 1; row 0 does not"),
    ],
)
def test_labels_that_are_neither_numbers_nor_one_hot_are_refused(label, sentence):
    with pytest.raises(ValueError, match=sentence):
        gan(classes=2).fit(IMAGES, label, verbose=0)


def test_rows_that_are_one_hot_in_floats_are_labels():
    gan(classes=2).fit(IMAGES, np.eye(2)[np.arange(12) % 2], verbose=0)


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda turn: None, "function of the term odd returned None"),
        (terms.feature_matching, "A term needs features among the discriminator's outputs; .*logi"),
        (terms.l1, "A term needs target among the entries of the batch"),
    ],
)
def test_a_term_that_cannot_be_computed_says_what_it_needs(function, sentence):
    model = gan(terms=[terms.Term(function, "generator", name="odd")], run_eagerly=True)
    with pytest.raises(ValueError, match=sentence):
        model.fit(IMAGES, verbose=0)


def test_a_term_does_not_take_the_name_of_a_figure():
    with pytest.raises(ValueError, match="d_loss is logged by the game itself"):
        gan(terms=[terms.Term(lambda turn: 0.0, "generator", name="d_loss")])


def test_terms_of_one_name_for_both_players_are_logged_apart():
    both = [
        terms.Term(lambda turn: tf.constant(1.0), "generator", name="x"),
        terms.Term(lambda turn: tf.constant(100.0), "discriminator", name="x"),
    ]
    history = gan(terms=both).fit(IMAGES, verbose=0).history
    assert (history["g_x"], history["d_x"]) == ([1.0], [100.0])


def test_one_hot_labels_of_samples_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="label must be one class, or one for each of the 2"):
        gan(classes=2).sample(2, label=[[0, 1], [1, 0]])


def test_random_layers_of_keras_are_named_and_take_no_microbatches(caplog):
    dropout = keras.layers.Dropout(0.5, name="drop")
    gan(hidden=[dropout])
    assert "The layer drop (Dropout) draws from a state that is not saved" in caplog.text
    with pytest.raises(ValueError, match="The layer drop .* use microbatches=1"):
        gan(hidden=[dropout], microbatches=2)


def test_replicas_whose_share_is_no_multiple_of_the_discriminator_steps_are_refused(two_replicas):
    with two_replicas.scope():
        model = gan(discriminator_steps=2)
    data = tf.data.Dataset.from_tensor_slices(IMAGES).batch(6, drop_remainder=True)
    with pytest.raises(ValueError, match="batch size must be a multiple of 4"):
        model.fit(data, verbose=0)


class Halves(keras.layers.Layer):
    """A layer that nobody has registered."""

    def call(self, inputs):
        return 0.5 * inputs


def test_own_layers_are_loaded_by_custom_objects_and_the_weights_in_use_with_them(tmp_path):
    model = gan(hidden=[Halves()])
    model.fit(IMAGES, verbose=0)
    model.use_weights("last").save(tmp_path / "gan.keras")
    known = {"Halves": Halves}
    loaded = keras.models.load_model(tmp_path / "gan.keras", custom_objects=known)
    assert loaded.sampling_weights == "last"
    np.testing.assert_array_equal(loaded.sample(3)["data"], model.sample(3)["data"])


def packed(**options):
    """A GAN whose discriminator judges packs of three points."""
    model = GAN(
        mlp.generator((2,), latent_dim=3, widths=(4,)),
        packing.discriminator(mlp.discriminator, (2,), 3, widths=(4,)),
        prior=priors.Normal(3),
    )
    model.compile("hinge", "sgd", **options)
    return model


POINTS = np.zeros((8, 2), np.float32)


@pytest.mark.parametrize(
    ("count", "options", "sentence"),
    [
        (8, {}, "batch size must be a multiple of 3, as the discriminator judges packs of 3 examp"),
        (
            9,
            {"discriminator_steps": 2},
            "multiple of 6, .* packs of 3 examples for each of 2 discr",
        ),
        (6, {"microbatches": 3}, "microbatches must divide the 6 examples of a step into whole pa"),
    ],
)
def test_a_batch_that_is_not_of_whole_packs_is_refused(count, options, sentence):
    batch = {"data": tf.zeros((count, 2))}
    with pytest.raises(ValueError, match=sentence) as error:
        packed(**options).train_step(batch)
    assert "Exception encountered" not in str(error.value)


def test_arrays_that_are_not_of_whole_packs_are_refused_by_the_loops_of_keras():
    for loop in (packed().fit, packed().evaluate):
        with pytest.raises(ValueError, match="must be a multiple of 3, .* received 4") as error:
            loop(POINTS, batch_size=4, verbose=0)
        assert "Exception encountered" not in str(error.value)
