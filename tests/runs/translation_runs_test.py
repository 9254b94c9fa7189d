"""A run that translates: its samples, pictures, scores and export, of held-out examples."""

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import data

RECIPE = '''"""One convolution against one dense layer, on pairs."""

import keras

from tfgan import losses
from tfgan.models import GAN
from tfgan.recipes import Recipe


def recipe(*, batch_size=4, steps=2) -> Recipe:
    def build(spec, seed=0):
        keras.utils.set_random_seed(seed)
        source = keras.Input(spec.conditions["source"].shape, name="source")
        generator = keras.Model({"source": source}, keras.layers.Conv2D(
            spec.shape[-1], 1, activation="tanh")(source))
        data = keras.Input(spec.shape, name="data")
        logits = keras.layers.Dense(1)(keras.layers.Flatten()(data))
        model = GAN(generator, keras.Model({"data": data}, logits), prior=None,
                    conditions=spec.condition_modalities)
        model.compile(losses.hinge(), "adam", seed=seed)
        return model

    return Recipe(build=build, data="toy:textures", batch_size=batch_size, steps=steps)
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("translation")
    (folder / "convolution.py").write_text(RECIPE)
    tfgan.train(
        recipe=f"{folder}/convolution.py", workdir=folder / "run", evaluate_every=2,
        evaluate_metrics="l1", evaluate_count=30, sample_every=2, jit_compile=False,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def run(folder):
    return tfgan.open_run(folder / "run", recipe=folder / "convolution.py")


@pytest.fixture(scope="module")
def held_out():
    """The first 30 held-out pairs: dict batch."""
    [batch] = data.open_source("toy:textures").held_out.examples(30)
    return batch


def colors(masks):
    modality = data.open_source("toy:textures").spec.conditions["source"].modality
    return np.asarray(modality.pictures(masks))


def test_training_shows_source_result_and_target_of_held_out_pairs(folder, run, held_out):
    picture = np.asarray(PIL.Image.open(folder / "run/samples/step-00000002.png"))
    assert picture.shape == (8 * 70 + 2, 3 * 202 + 2, 3)  # 24 triples, twice as large
    cells = [picture[4:68:2, 4 + 66 * part : 68 + 66 * part : 2] for part in range(3)]
    np.testing.assert_array_equal(cells[0], colors(held_out["source"][:1])[0])
    result = run.sample(1)["data"]
    for cell, expected in zip(cells[1:], (result, held_out["data"][:1]), strict=True):
        np.testing.assert_array_equal(cell, np.repeat(expected[0], 3, axis=-1))


def test_samples_are_of_held_out_sources_by_their_number(run, held_out):
    samples = run.sample(5, start=3)
    np.testing.assert_array_equal(samples["source"], held_out["source"][3:8])
    given = run.sample(5, start=3, source=held_out["source"][3:8])
    np.testing.assert_array_equal(samples["data"], given["data"])
    assert run.sample(2, start=399)["source"].shape == (2, 32, 32, 1)  # begins again


def test_the_scores_in_training_are_of_held_out_pairs(run, held_out):
    [value] = run.history["l1"].value
    translated = run.sample(30)["data"]
    expected = np.abs(translated.astype(float) - held_out["data"]).mean() / 255.0
    assert value == pytest.approx(expected, rel=1e-6)


def test_a_grid_of_samples_has_their_sources_and_targets(run):
    picture = run.sample_grid(4, columns=2)
    assert picture.size == (2 * 202 + 2, 2 * 70 + 2) and picture.mode == "RGB"


def test_the_programs_draw_and_measure_translations(folder, run, held_out, capsys):
    options = [f"--workdir={folder}/run", f"--recipe={folder}/convolution.py"]
    assert main._run(["sample", *options, f"--out={folder}/s.npz", "--count=3"]) == 0
    with np.load(folder / "s.npz") as drawn:
        np.testing.assert_array_equal(drawn["source"], held_out["source"][:3])
    assert main._run(["sample", *options, f"--out={folder}/s.png", "--count=3"]) == 0
    assert PIL.Image.open(folder / "s.png").size == (138, 3 * 70 + 2)  # beside sources
    assert main._run(["evaluate", *options, "--metrics=ssim,swd", "--count=30"]) == 0
    output = capsys.readouterr().out
    assert "30 samples of step 2 (seed 0, last weights)" in output  # there is no average
    assert "instead of the samples. So few give scores that chance decides.\n" in output
    assert "ssim (higher is better)" in output
    pictures = f"{folder}/run/evaluation/step-00000002-translations.png"
    assert f"Pictures:   {pictures}\n" in output
    assert PIL.Image.open(pictures).size == (3 * 202 + 2, 8 * 70 + 2)


def test_an_export_shows_translations_beside_their_sources(folder, run):
    path = run.export(folder / "export", "keras")
    assert "samples.png" in (folder / "export/1/model_card.md").read_text()
    picture = np.asarray(PIL.Image.open(f"{path}/samples.png"))
    sources = run.sample(1)["source"]
    np.testing.assert_array_equal(picture[4:68:2, 4:68:2], colors(sources)[0])
