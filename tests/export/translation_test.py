"""An exported run translates images of any size as the command does."""

import json
import re
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import data, export, images, modalities, models, runs
from tfgan.data.decoding import raw_images
from tfgan.export import metadata, source_pictures, translation
from tfgan.recipes import cyclegan

from .generator_files_test import KERAS_ALONE, assert_within_a_level, export_generator, needs

CLASSES = ["ground", "horizontal", "vertical", "checkered"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The directory of a run of two steps from masks to gray images, with noise."""
    workdir = tmp_path_factory.mktemp("translation") / "run"
    settings = ["width=4", "discriminator_width=4", "dropout=0.5"]
    assert main._run(
        ["train", "--recipe=pix2pix", "--steps=2", "--batch_size=4", f"--workdir={workdir}",
         *(f"--set={each}" for each in settings)]
    ) == 0  # fmt: skip
    return workdir


@pytest.fixture(scope="module")
def path(run):
    """The first version of its SavedModel."""
    assert main._run(["export", f"--workdir={run}"]) == 0
    return f"{run}/export/1"


@pytest.fixture(scope="module")
def loaded(path):
    return tf.saved_model.load(path)


@pytest.fixture(scope="module")
def model(run):
    return runs.open_model(str(run))[0]


def masks(*shape, seed=0):
    return np.random.default_rng(seed).integers(0, 4, (*shape, 1), np.uint8)


def translations(loaded, sources, seeds):
    return loaded.signatures["translate"](
        seed=tf.constant(seeds, tf.int64), source=tf.constant(sources)
    )


@pytest.mark.parametrize("size", [(20, 12), (37, 70)])
def test_translate_makes_what_the_command_writes(run, loaded, tmp_path, size):
    source = masks(*size)
    images.write_png(str(tmp_path / "source.png"), source)
    arguments = [f"--input={tmp_path}/source.png", f"--out={tmp_path}/out", "--seed=7"]
    assert main._run(["translate", f"--workdir={run}", *arguments]) == 0
    written = tf.io.decode_png(tf.io.read_file(f"{tmp_path}/out/source.png")).numpy()
    outputs = translations(loaded, source[None], [7])
    np.testing.assert_array_equal(outputs["image"][0], written)
    np.testing.assert_array_equal(tf.io.decode_png(outputs["png_bytes"][0]), written)


def test_a_row_does_not_depend_on_those_beside_it(loaded):
    sources = masks(3, 16, 24)
    together = translations(loaded, sources, [1, 2, 1])["image"].numpy()
    assert together.shape == (3, 16, 24, 1)
    for row, seed in enumerate((1, 2, 1)):
        alone = translations(loaded, sources[row : row + 1], [seed])["image"]
        np.testing.assert_array_equal(together[row], alone[0])
    other = translations(loaded, sources[:1], [2])["image"].numpy()
    assert np.any(other[0] != together[0]), "the seed decides the noise"


def test_a_sample_is_of_its_source_and_seed(loaded, model):
    sources = masks(2, 32, 32)
    sample = loaded.signatures["serving_default"]
    outputs = sample(seed=tf.constant([3, 4], tf.int64), source=tf.constant(sources))
    for row, seed in enumerate((3, 4)):
        expected = model.sample(1, seed=seed, source=sources[row])["data"]
        np.testing.assert_array_equal(outputs["image"][row], expected[0])
    np.testing.assert_array_equal(outputs["source"], sources)


@pytest.mark.parametrize("name", ["serving_default", "translate"])
def test_a_number_that_is_not_a_class_is_refused(loaded, name):
    signature, seed = loaded.signatures[name], tf.constant([0], tf.int64)
    signature(seed=seed, source=tf.fill((1, 32, 32, 1), tf.constant(3, tf.uint8)))
    with pytest.raises(tf.errors.InvalidArgumentError, match="source must hold classes, 0 to 3"):
        signature(seed=seed, source=tf.fill((1, 32, 32, 1), tf.constant(4, tf.uint8)))


def test_seeds_and_sources_of_other_counts_are_refused(loaded):
    with pytest.raises(tf.errors.InvalidArgumentError, match="the same number of rows"):
        translations(loaded, masks(2, 16, 16), [1, 2, 3])


def test_a_model_that_translates_otherwise_is_not_published(model, tmp_path, monkeypatch):
    original = models.Translator.__call__

    def other(translator, image, **settings):
        result = original(translator, image, **settings)
        return result if len(image) == 32 else result ^ 1

    monkeypatch.setattr(models.Translator, "__call__", other)
    details = export.TrainingDetails("r", {}, {}, (), 0, "float32", "last", [])
    sentence = "translate of the written model makes other images .*35 x 63 pixels: up to 1 levels"
    with pytest.raises(export.MismatchError, match=sentence):
        export.saved_model(model, str(tmp_path), details)
    assert list(tmp_path.iterdir()) == []


def test_the_metadata_describe_the_source(path):
    condition = metadata.read(path)["conditions"]["source"]
    assert condition["shape"] == [32, 32, 4]
    modality = metadata.modality_of(condition["modality"], condition["shape"])
    assert (modality.kind, list(modality.class_names)) == ("masks", CLASSES)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "paintings"}, "A kind of data must be one of"),
        ({"palette": [[0, 0, 0]]}, r"palette must hold one color per class \(4\); received 1"),
    ],
)
def test_metadata_of_a_source_that_cannot_be_are_refused(path, tmp_path, changes, sentence):
    entries = metadata.read(path)
    source = entries["conditions"]["source"]
    metadata.write(tmp_path, entries | {"conditions": {"source": source | {
        "modality": source["modality"] | changes}}})  # fmt: skip
    with pytest.raises(ValueError, match=f"tfgan.json: {sentence}"):
        metadata.read(tmp_path)


def test_the_export_holds_sources_of_its_samples(path, run, model):
    kind = model.condition_modalities["source"]
    written = [raw_images.decode(png, kind, 1) for png in source_pictures.read(path)]
    np.testing.assert_array_equal(written, runs.open_run(str(run)).sample(6)["source"])


def test_the_python_of_the_card_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    images.write_png("source.png", masks(9, 11))
    card = tf.io.gfile.GFile(f"{path}/model_card.md").read()
    names = {}
    for code in re.findall(r"```python\n(.*?)```", card, re.DOTALL):
        exec(code.replace("DIR/1", path), names)
    written = tf.io.decode_png(tf.io.read_file("translation.png"))
    assert written.shape == (9, 11, 1)
    assert "(0 ground, 1 horizontal, 2 vertical, 3 checkered)" in card


def test_a_model_of_one_size_is_exported_without_translate(tmp_path):
    source, image = keras.Input((4, 4, 1), name="source"), keras.Input((4, 4, 1), name="data")
    flat = keras.layers.Dense(16, "tanh")(keras.layers.Flatten()(source))
    model = models.GAN(
        keras.Model({"source": source}, keras.layers.Reshape((4, 4, 1))(flat)),
        keras.Model({"data": image, "source": source}, keras.layers.Conv2D(1, 1)(image)),
        prior=None,
        conditions={"source": modalities.Images()},
    )
    conditions = {"source": np.zeros((1, 4, 4, 1), np.uint8)}
    details = export.TrainingDetails("r", {}, {}, None, 0, "float32", "last", [], conditions)
    path = export.saved_model(model, str(tmp_path), details)
    loaded = tf.saved_model.load(path)
    assert {"serving_default", "generate"} <= set(loaded.signatures)
    assert "translate" not in loaded.signatures
    assert "becomes its translation" not in tf.io.gfile.GFile(f"{path}/model_card.md").read()


def test_both_directions_are_functions_of_their_own():
    kind = modalities.Masks(CLASSES)
    spec = data.DataSpec((16, 16, 3), conditions={"source": data.DataSpec((16, 16, 4), kind)})
    model = cyclegan.recipe(width=2, blocks=1, discriminator_width=2, identity_weight=0.0).build(
        spec
    )
    functions = translation.of_model(model)
    assert list(functions) == ["translate", "translate_back"]
    seed, source = tf.constant([0], tf.int64), masks(16, 20)
    there = functions["translate"](seed, source[None])["image"].numpy()
    np.testing.assert_array_equal(there[0], models.Translator(model)(source))
    back = functions["translate_back"](seed, there)["mask"].numpy()
    np.testing.assert_array_equal(back[0], models.Translator(model, "BtoA")(there[0]))
    assert (there.shape, back.shape) == ((1, 16, 20, 3), (1, 16, 20, 1))


def test_a_discriminator_of_patches_is_not_exported(loaded):
    """It has many logits per image."""
    names = {"serving_default", "latent", "generate", "translate"}
    assert set(loaded.signatures) == names


@pytest.fixture(scope="module")
def generator_inputs(model, loaded):
    """The generator's inputs of three rows, NumPy, and the images that they become."""
    kind = model.condition_modalities["source"]
    inputs = {
        "source": kind.to_float(masks(3, 32, 32)).numpy(),
        "noise": np.array([[1, 2], [-3, 2**31 - 1], [0, 0]], np.int32),
    }
    generate = loaded.signatures["generate"]
    outputs = generate(**{name: tf.constant(value) for name, value in inputs.items()})
    return inputs, outputs["image"].numpy()


def test_keras_reads_the_generator_without_tfgan(run, generator_inputs, tmp_path):
    inputs, expected = generator_inputs
    file = export_generator(run, "keras", "generator.keras")
    np.savez(tmp_path / "in.npz", **inputs)
    arguments = [file, str(tmp_path / "in.npz"), str(tmp_path / "out.npy")]
    subprocess.run([sys.executable, "-c", KERAS_ALONE, *arguments], check=True)
    outputs = images.to_uint8(np.load(tmp_path / "out.npy")).numpy()
    assert_within_a_level(outputs, expected)
    form = f"one-hot in the order {', '.join(CLASSES)}"
    with open(f"{run}/export_keras/1/model_card.md") as card:
        assert f"`source` is what networks take of masks, {form}." in card.read()
    with open(f"{run}/export_keras/1/assets.extra/tfgan.json") as file:
        assert json.load(file)["conditions"]["source"]["shape"] == [32, 32, 4]


@needs("ai_edge_litert", "litert")
def test_litert_makes_the_images(run, generator_inputs):
    from ai_edge_litert.interpreter import Interpreter

    inputs, expected = generator_inputs
    file = export_generator(run, "litert", "generator.tflite")
    outputs = Interpreter(model_path=file).get_signature_runner()(**inputs)
    assert_within_a_level(outputs["image"], expected)


@needs("tf2onnx", "onnx")
@needs("onnxruntime", "onnx")
def test_onnxruntime_makes_the_images(run, generator_inputs):
    import onnxruntime

    inputs, expected = generator_inputs
    session = onnxruntime.InferenceSession(export_generator(run, "onnx", "generator.onnx"))
    assert_within_a_level(session.run(["image"], inputs)[0], expected)
