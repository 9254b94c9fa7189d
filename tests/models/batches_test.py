"""What Keras users give to `fit` becomes dict batches, or is refused in one sentence."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors
from tfgan.models import GAN

CLASSES, SHAPE = 3, (2, 2, 1)
IMAGES = np.random.default_rng(0).integers(0, 256, (12, *SHAPE), np.uint8)
LABELS = np.arange(12) % CLASSES


def model(**options):
    keras.utils.set_random_seed(0)
    latent, data = keras.Input((2,), name="latent"), keras.Input(SHAPE, name="data")
    label = keras.Input((), dtype="int32", name="label")
    told = keras.layers.Embedding(CLASSES, 2)(label)
    flat = keras.layers.Concatenate()([keras.layers.Flatten()(data), told])
    gan = GAN(
        keras.Model({"latent": latent}, keras.layers.Reshape(SHAPE)(keras.layers.Dense(4)(latent))),
        keras.Model({"data": data, "label": label}, keras.layers.Dense(1)(flat)),
        prior=priors.Normal(2),
        classes=CLASSES,
    )
    gan.compile("non_saturating", "sgd", **options)
    return gan


def dataset(labels):
    return tf.data.Dataset.from_tensor_slices((IMAGES, labels)).batch(4)


def generator(*, form):
    for first in (0, 4, 8):
        images, labels = IMAGES[first : first + 4], LABELS[first : first + 4]
        yield {"data": images, "label": labels} if form == "dict" else (images, labels)


def weights_after(x, y=None, **options):
    gan = model()
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*shuffle")
        gan.fit(x, y, verbose=0, **options)
    return gan.steps_done, np.concatenate([np.ravel(w) for w in gan.get_weights()])


@pytest.mark.parametrize("form", ["dict", "tuple"])
def test_a_python_generator_trains_as_the_arrays_do(form):
    steps, weights = weights_after(generator(form=form))
    wanted = weights_after(IMAGES, LABELS, batch_size=4, shuffle=False)
    assert steps == 3 == wanted[0]
    np.testing.assert_allclose(weights, wanted[1], atol=1e-6)


def test_train_on_batch_takes_what_fit_takes():
    gan, other = model(), model()
    gan.train_on_batch(IMAGES, np.eye(CLASSES)[LABELS])
    other.train_on_batch({"data": IMAGES, "label": LABELS})
    assert gan.steps_done == 1
    for one, same in zip(gan.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(one, same)


@pytest.mark.parametrize("wrong", [-1, CLASSES])
@pytest.mark.parametrize("eagerly", [False, True])
def test_labels_out_of_range_end_in_one_sentence_wherever_they_come_from(wrong, eagerly):
    gan, labels = model(run_eagerly=eagerly), np.where(LABELS == 2, wrong, LABELS)
    for begin in (
        lambda: gan.fit(dataset(labels), verbose=0),
        lambda: gan.fit(IMAGES, labels[:, None], verbose=0),
        lambda: gan.train_on_batch(IMAGES, labels),
    ):
        with pytest.raises(ValueError, match=r"^label must be 0 to 2\.$"):
            begin()
    with pytest.raises(ValueError, match=f"^label must be 0 to 2; received {wrong}.$"):
        gan.fit(IMAGES, labels, verbose=0)


@pytest.mark.parametrize(
    ("low", "high", "is_pale"), [(0.0, 1.0, True), (-1.0, 1.0, False), (-0.5, 0.5, False)]
)
def test_images_from_0_to_1_are_taken_with_a_word_about_what_samples_look_like(
    caplog, low, high, is_pale
):
    images = np.linspace(low, high, IMAGES.size).reshape(IMAGES.shape)
    model(run_eagerly=True).fit(images, LABELS, verbose=0)
    assert ("Float images from 0 to 1 are not scaled" in caplog.text) == is_pale


@pytest.mark.parametrize("at_once", [1, 2])
def test_data_of_unknown_length_move_nothing_once_they_have_ended(at_once):
    data = dataset(LABELS).filter(lambda x, y: True)
    gan = model(steps_per_execution=at_once)
    gan.fit(data, epochs=2, verbose=0)
    assert gan.steps_done == 6 == int(gan.generator_optimizer.iterations)


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        (None, "x must be the data, such as an array .*; received None"),
        (IMAGES[:0], r"data must not be empty; received an array of shape \(0, 2, 2, 1\)"),
        (
            tf.data.Dataset.from_tensor_slices((IMAGES, LABELS)),
            r"batch the examples: dataset\.batch\(n\)",
        ),
    ],
)
def test_what_holds_no_batches_is_refused(x, sentence):
    with pytest.raises(ValueError, match=sentence):
        model().fit(x, verbose=0)


def test_another_error_of_a_graph_is_left_as_it_is():
    data = tf.data.Dataset.from_tensor_slices((IMAGES, LABELS)).batch(4)
    broken = data.map(lambda x, y: (x, tf.gather(y, [9, 9, 9, 9])))
    with pytest.raises(tf.errors.InvalidArgumentError, match="indices"):
        model().fit(broken, verbose=0)
