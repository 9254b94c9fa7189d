"""The SavedModel, read by `tf.saved_model.load`, makes what `tfgan sample` makes."""

import json
import re

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import export, images, runs
from tfgan.serving import served_model

DETAILS = export.TrainingDetails("r", {}, {}, ("a", "b", "c"), 0, "float32", "last", [])


@pytest.mark.parametrize("seed", [0, 11, 2**40 + 3, -5])
def test_a_row_is_sample_0_of_its_seed(exported, served, rows, wanted, seed):
    signature = served[1].signatures["serving_default"]
    made = signature(**rows(signature, [seed]))
    sample = wanted(exported[0], seed)
    np.testing.assert_array_equal(made["image"], sample["data"])
    np.testing.assert_array_equal(tf.io.decode_png(made["png_bytes"][0]), sample["data"][0])
    if "label" in sample:
        np.testing.assert_array_equal(made["label"], sample["label"])


def test_each_row_has_a_label_and_a_truncation_of_its_own(exported, served, rows, wanted):
    model, loaded = served
    signature = loaded.signatures["serving_default"]
    truncations = [0.0, 0.3, 1.0, 0.3]
    labels = [2, 0, -1, 1]
    made = signature(**rows(signature, [1, 2, 3, 2], labels, truncations))
    for row, (seed, label, cut) in enumerate(zip([1, 2, 3, 2], labels, truncations, strict=True)):
        asked = label if model.classes and label >= 0 else None
        sample = wanted(exported[0], seed, label=asked, truncation=cut or None)
        np.testing.assert_array_equal(made["image"][row], sample["data"][0])


def test_a_row_does_not_depend_on_those_beside_it(served, rows):
    signature = served[1].signatures["serving_default"]
    seeds = list(range(100, 140))  # several passes, the last of them filled up
    together = signature(**rows(signature, seeds))["image"].numpy()
    for row in (0, 3, 15, 16, 39):
        alone = signature(**rows(signature, seeds[row : row + 1]))["image"].numpy()
        np.testing.assert_array_equal(alone[0], together[row])


def test_no_rows_make_no_images(served, rows):
    signature = served[1].signatures["serving_default"]
    assert signature(**rows(signature, []))["image"].shape == (0, 8, 8, 1)


def test_latents_generate_the_samples(served, rows):
    model, loaded = served
    latent, generate = (loaded.signatures[name] for name in ("latent", "generate"))
    inputs = latent(**rows(latent, [5, 6, 7]))
    made = generate(**inputs)["image"].numpy()
    for row, seed in enumerate((5, 6, 7)):
        np.testing.assert_array_equal(made[row], model.sample(1, seed=seed)["data"][0])


def test_discriminate_gives_the_logit_of_each_image(served):
    model, loaded = served
    data = np.random.default_rng(0).integers(0, 256, (20, 8, 8, 1), np.uint8)
    label = {"label": tf.constant(np.arange(20) % 3, tf.int32)} if model.classes else {}
    logits = loaded.signatures["discriminate"](image=tf.constant(data), **label)["logits"]
    wanted = model.discriminator({"data": images.to_float(data), **label}, training=False)
    np.testing.assert_allclose(logits, wanted[:, 0], atol=1e-5)


def test_what_cannot_be_is_refused_by_a_sentence(served, rows):
    signature = served[1].signatures["serving_default"]
    taken = signature.structured_input_signature[1]
    bad = {"truncation": [1.5], "label": [3]}
    sentences = {
        "truncation": "truncation must be 0, for none, or above 0 and up to 1",
        "label": "label must be -1 to 2",
    }
    for name in bad.keys() & taken.keys():
        with pytest.raises(tf.errors.InvalidArgumentError, match=sentences[name]):
            signature(**rows(signature, [1], **{name: bad[name]}))


def test_the_files_say_what_the_model_is(exported, served):
    run, path = exported
    model, _ = served
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


def test_the_python_of_the_card_runs(exported):
    _, path = exported
    card = tf.io.gfile.GFile(f"{path}/model_card.md").read()
    [code] = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    names = {}
    exec(code.replace("DIR/1", path), names)
    assert names["outputs"]["image"].shape == (1, 8, 8, 1)


def test_it_holds_the_weights_that_it_uses_in_float32_and_no_others(exported, served):
    model, _ = served
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


def test_a_model_that_reads_back_otherwise_is_not_published(served, tmp_path, monkeypatch):
    model, _ = served
    original = model.sample

    def other_sample(*arguments, **request):
        batch = original(*arguments, **request)
        data = batch["data"].copy()
        data[0, 4, 4, 0] ^= 1
        return batch | {"data": data}

    monkeypatch.setattr(model, "sample", other_sample)
    with pytest.raises(ValueError, match="seed 0: up to 1 levels of 255 apart"):
        export.saved_model(model, str(tmp_path), DETAILS)
    assert list(tmp_path.iterdir()) == []


def test_a_run_in_bfloat16_is_exported_and_sampled_in_float32(runs_of, tmp_path, rows):
    data = runs.open_record(str(runs_of["cgan"])).data["source"]
    run = tmp_path / "run"
    arguments = ["--set=width=4", "--set=latent_dim=4", "--batch_size=8", "--steps=2"]
    named = ["--recipe=cgan", f"--data={data}", f"--workdir={run}", "--precision=bfloat16"]
    assert main._run(["train", *named, *arguments]) == 0
    assert main._run(["export", f"--workdir={run}"]) == 0
    model, _ = runs.open_model(str(run))
    convolution = next(x for x in model.generator.layers if "conv" in x.name)
    assert convolution.compute_dtype == "bfloat16"
    signature = tf.saved_model.load(f"{run}/export/1").signatures["serving_default"]
    made = signature(**rows(signature, [4]))["image"]
    np.testing.assert_array_equal(made, model.sample(1, seed=4)["data"])
    assert "in float32; trained in bfloat16" in (run / "export/1/model_card.md").read_text()
    with pytest.raises(ValueError, match="last weights compute in bfloat16"):
        export.saved_model(model.use_weights("last"), str(tmp_path / "out"), DETAILS)


def test_the_server_takes_what_is_written(exported):
    """The schema of the metadata leaves nothing out, and its trial of a version succeeds."""
    _, path = exported
    written = json.loads(tf.io.gfile.GFile(f"{path}/assets.extra/tfgan.json").read())
    assert served_model.load(path, 1).metadata == written
