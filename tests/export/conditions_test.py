"""A model of images from images, in an export, an evaluation and pictures."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import evaluation, export, priors
from tfgan.data import DataSpec
from tfgan.models import GAN
from tfgan.training import callbacks

SHAPE = (8, 8, 1)
DETAILS = export.TrainingDetails("none", {}, {"source": "none"}, (), 0, "float32", "last", [])
SOURCES = np.random.default_rng(0).uniform(-1, 1, (6, *SHAPE)).astype(np.float32)


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    inputs = {
        "latent": keras.Input((64,), name="latent"),
        "source": keras.Input(SHAPE, name="source"),
    }
    seen = keras.layers.Reshape(SHAPE)(keras.layers.Dense(64)(inputs["latent"]))
    both = keras.layers.Concatenate()([seen, inputs["source"]])
    outputs = keras.layers.Conv2D(1, 1, activation="tanh")(both)
    pair = {"data": keras.Input(SHAPE, name="data"), "source": keras.Input(SHAPE, name="source")}
    flat = keras.layers.Flatten()(keras.layers.Concatenate()(list(pair.values())))
    gan = GAN(
        keras.Model(inputs, outputs),
        keras.Model(pair, keras.layers.Dense(1)(flat)),
        prior=priors.Normal(64),
        conditions=["source"],
    )
    gan.compile("hinge", "adam")
    return gan


def test_the_exported_model_takes_the_condition_and_makes_the_samples(model, tmp_path):
    path = export.saved_model(model, str(tmp_path), DETAILS)
    loaded = tf.saved_model.load(path)
    sample = loaded.signatures["serving_default"]
    outputs = sample(
        seed=tf.constant([5] * 6, tf.int64), truncation=tf.zeros([6]), source=tf.constant(SOURCES)
    )
    for row in range(6):
        expected = model.sample(1, seed=5, source=SOURCES[row])["data"]
        np.testing.assert_array_equal(outputs["image"][row : row + 1], expected)
    logits = loaded.signatures["discriminate"](image=outputs["image"], source=tf.constant(SOURCES))[
        "logits"
    ]
    assert logits.shape == (6,)
    assert "source=tf.zeros([1, 8, 8, 1], tf.float32)" in (tmp_path / "1/model_card.md").read_text()


def test_the_exported_generator_takes_the_condition(model, tmp_path):
    path = export.keras_file(model, str(tmp_path), DETAILS)
    network = keras.saving.load_model(f"{path}/generator.keras")
    assert {tensor.name for tensor in network.inputs} == {"latent", "source"}


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ({}, "The samples of this model take source; received none"),
        ({"source": SOURCES, "mask": 1}, "take source; received mask, source"),
        ({"source": SOURCES[:5]}, r"source must have the shape \[8, 8, 1\], for all samples"),
    ],
)
def test_conditions_that_do_not_fit_are_refused(model, conditions, sentence):
    with pytest.raises(ValueError, match=sentence):
        model.sample(6, **conditions)


def test_the_picture_of_samples_is_of_the_conditions_given(model, tmp_path):
    model.fit(
        {"data": SOURCES, "source": SOURCES},
        verbose=0,
        callbacks=[callbacks.SampleGrid(str(tmp_path), every=1, conditions={"source": SOURCES})],
    )
    assert (tmp_path / f"step-{model.steps_done:08d}.png").exists()


def test_an_evaluation_samples_under_the_conditions_given(model):
    class Source:
        """Six examples, of which none is held out."""

        name, count, held_out, facts = "none", 6, None, {}
        spec = DataSpec(SHAPE)

        def distinct(self, entry):
            return 6

        def examples(self, count, batch_size):
            yield {"data": model.sample(6, seed=1, source=SOURCES)["data"]}

    evaluator = evaluation.Evaluator(Source(), None, ["swd"], count=6, seed=1)
    same = evaluator.evaluate(model, source=SOURCES)
    assert [result.score.value for result in same.results] == [0.0]
    others = evaluator.evaluate(model, source=-SOURCES)
    assert others.results[0].score.value > 0.0
