"""A SavedModel holds the weights that it uses, and says what it is."""

import json

import numpy as np
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import export, images, runs
from tfgan.serving import served_model

DETAILS = export.TrainingDetails("r", {}, {}, ("a", "b", "c"), 0, "float32", "last", [])


def test_the_files_say_what_the_model_is(exported, loaded_model):
    run, path = exported
    model, _ = loaded_model
    metadata = json.loads(tf.io.gfile.GFile(f"{path}/assets.extra/tfgan.json").read())
    assert metadata["format"] == 1 and metadata["step"] == 3 and metadata["model"] == "GAN"
    assert metadata["recipe"] == run.name and metadata["shape"] == [8, 8, 1]
    assert metadata["latents"] == {"latent": [4]} and metadata["classes"] == model.classes
    assert metadata["class_names"] == (["0", "1", "2"] if model.classes else None)
    assert metadata["truncation"] == {"low": 0.0, "high": 1.0}
    card = tf.io.gfile.GFile(f"{path}/model_card.md").read()
    record = runs.open_record(str(run))
    assert record.data["fingerprint"] in card and "| `width` | 4 |" in card
    assert "no evaluation of step 3" in card
    picture = tf.io.decode_png(tf.io.read_file(f"{path}/samples.png")).numpy()
    grid = images.grid(model.sample(64, seed=0)["data"])
    np.testing.assert_array_equal(picture, grid)


def test_it_holds_the_weights_that_it_uses_in_float32_and_no_others(exported, loaded_model):
    model, _ = loaded_model
    reader = tf.train.load_checkpoint(f"{exported[1]}/variables/variables")
    shapes = [
        tuple(shape)
        for name, shape in reader.get_variable_to_shape_map().items()
        if name.endswith("VARIABLE_VALUE")
    ]
    networks = model.average.variables + model.discriminator.variables
    assert sorted(shapes) == sorted(tuple(variable.shape) for variable in networks)
    types = reader.get_variable_to_dtype_map()
    assert {types[name] for name in types if name.endswith("VARIABLE_VALUE")} == {tf.float32}


def test_a_second_export_is_version_2(exported):
    run, _ = exported
    assert main._run(["export", f"--workdir={run}", "--raw_weights"]) == 0
    assert tf.io.gfile.exists(f"{run}/export/2/saved_model.pb")
    assert "the last weights" in tf.io.gfile.GFile(f"{run}/export/2/model_card.md").read()


def test_the_server_takes_what_is_written(exported):
    """The schema of the metadata leaves nothing out, and its trial of a version succeeds."""
    _, path = exported
    content = json.loads(tf.io.gfile.GFile(f"{path}/assets.extra/tfgan.json").read())
    assert served_model.load(path, 1).metadata == content
