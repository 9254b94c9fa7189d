"""A finished run from Python: what the programs print and write, as values."""

import io
import json

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import files


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A conditional run on 60 tiny images, evaluated twice: `run`."""
    folder = tmp_path_factory.mktemp("folder")
    images = np.random.default_rng(0).integers(0, 256, (80, 8, 8, 1), np.uint8)
    np.savez(folder / "images.npz", data=images, label=np.arange(80) % 3)
    tfgan.train(
        recipe="cgan", data=f"arrays:{folder}/images.npz", workdir=folder / "run", steps=4,
        width=4, latent_dim=4, batch_size=8, log_every=2, evaluate_every=2, evaluate_count=40,
        evaluate_metrics="swd", jit_compile=False, average_half_life=20.0, learning_rate=0.05,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def run(folder):
    return tfgan.open_run(folder / "run")


def test_five_lines_open_a_run_and_use_it(folder):
    run = tfgan.open_run(folder / "run")
    images = run.sample(4, seed=1, label=2)["data"]
    latents = run.latents(seed=1, count=4, label=2)
    again = run.generate(latents)
    figures = run.evaluate("swd", count=40)
    assert images.shape == (4, 8, 8, 1) and images.dtype == np.uint8
    np.testing.assert_array_equal(images, again)
    assert figures[0].score.name.startswith("swd")


def test_samples_are_those_of_the_program(folder, run):
    argv = ["sample", f"--workdir={folder}/run", "--seed=3", "--count=5", f"--out={folder}/s.npz"]
    assert main._run(argv) == 0
    with np.load(folder / "s.npz") as drawn:
        found = run.sample(5, seed=3)
        np.testing.assert_array_equal(found["data"], drawn["data"])
        np.testing.assert_array_equal(found["label"], drawn["label"])


def test_a_class_may_be_named_and_latents_continue(run):
    np.testing.assert_array_equal(run.sample(2, label="1")["data"], run.sample(2, label=1)["data"])
    whole, rest = run.latents(count=5), run.latents(start=2, count=3)
    for name in ("latent", "label"):
        np.testing.assert_array_equal(whole[name][2:], rest[name])


def test_edited_latents_make_other_images(run):
    latents = run.latents(count=3)
    moved = run.generate(latents | {"latent": -latents["latent"]})
    assert moved.shape == (3, 8, 8, 1) and (moved != run.generate(latents)).any()


def test_the_last_weights_and_the_average_are_two_things_and_chosen_once(folder, run):
    last = tfgan.open_run(folder / "run", weights="last")
    assert (last.weights, run.weights) == ("last", "average")
    assert (last.sample(2)["data"] != run.sample(2)["data"]).any()
    np.testing.assert_array_equal(last.sample(2)["data"], last.generate(last.latents(count=2)))
    assert tfgan.open_run(folder / "run", state=4).step == 4


def test_the_history_has_all_figures_by_name(folder, run):
    np.testing.assert_array_equal(run.history["kimg"].step, [2, 4])
    lines = [json.loads(line) for line in (folder / "run" / "metrics.jsonl").open()]
    losses = [line["d_loss"] for line in lines if "d_loss" in line]
    step, value = run.history["d_loss"]
    assert step.tolist() == [2, 4] and value.tolist() == losses
    [swd] = {name for name in run.history if name.startswith("swd")}
    assert run.history[swd].step.tolist()[:2] == [2, 4]
    assert np.isfinite(run.history[swd].value).all()


def test_an_evaluation_is_that_of_the_program_and_recorded(folder, run):
    before = len((folder / "run" / "metrics.jsonl").read_text().splitlines())
    [result, *_] = run.evaluate(["swd"], count=50, seed=2)
    argv = ["evaluate", f"--workdir={folder}/run", "--metrics=swd", "--count=50", "--seed=2"]
    assert main._run(argv) == 0
    lines = (folder / "run" / "metrics.jsonl").read_text().splitlines()[before:]
    one, other = (json.loads(line) for line in (lines[0], lines[len(lines) // 2]))
    assert one == other and one["value"] == result.score.value
    assert (one["step"], one["weights"]) == (4, "average")


def test_figures_of_a_run_in_training_are_shown_and_not_written_into_its_file(
    folder, run, caplog, capsys
):
    before = (folder / "run" / "metrics.jsonl").read_bytes()
    with files.locked(f"{folder}/run", "tfgan train"), caplog.at_level("WARNING", logger="tfgan"):
        [result, *_] = run.evaluate("swd", count=40)
        argv = ["evaluate", f"--workdir={folder}/run", "--metrics=swd", "--count=40"]
        assert main._run(argv) == 0
    assert np.isfinite(result.score.value)
    assert (folder / "run" / "metrics.jsonl").read_bytes() == before
    assert "are not appended" in caplog.text and "is in use by tfgan train" in caplog.text
    assert "swd" in (out := capsys.readouterr().out) and "Records:" not in out


def test_an_export_makes_the_samples_of_the_run(folder, run):
    path = run.export(folder / "exported", format="keras")
    assert path == f"{folder}/exported/1"
    facts = json.loads((folder / "exported/1/assets.extra/tfgan.json").read_text())
    assert (facts["recipe"], facts["step"], facts["checkpoint"]) == ("cgan", 4, "last")
    with pytest.raises(ValueError, match="format must be one of keras, litert, .* 'h5'"):
        run.export(folder / "exported", format="h5")


def test_a_notebook_shows_its_samples(run):
    shown = PIL.Image.open(io.BytesIO(run._repr_png_()))
    np.testing.assert_array_equal(np.asarray(shown), np.asarray(run.sample_grid()))
    assert run.sample_grid(6, columns=3, label=1).size == (3 * 8 + 4 * 2, 2 * 8 + 3 * 2)
    assert repr(run).endswith("step 4, running average)")


def test_the_config_is_what_it_was_trained_with(folder, run):
    assert run.config["recipe"] == "cgan" and run.config["parameters"]["width"] == 4
    assert run.config["data"]["source"] == f"arrays:{folder}/images.npz"
    assert run.open_data().fingerprint == run.config["data"]["fingerprint"]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda folder, run: tfgan.open_run(folder), "holds no run: there is no recipe.json"),
        (lambda folder, run: tfgan.open_run(folder / "run", state="first"), "state must be 'last'"),
        (lambda folder, run: tfgan.open_run(folder / "run", state=3), "its steps are 4"),
        (lambda folder, run: tfgan.open_run(folder / "run", weights="raw"), "weights must be"),
        (lambda folder, run: run.sample(1, label="x"), "'x'"),
        (lambda folder, run: run.encode(run.sample(1)["data"]), "has no encoder"),
        (lambda folder, run: run.log_prob(run.sample(1)["data"]), "is an implicit model"),
        (lambda folder, run: run.generate({"latent": np.zeros((2, 3))}), "inputs must be arrays"),
        (lambda folder, run: run.evaluate("fdd"), "fdd"),
        (lambda folder, run: run.encode(np.zeros((1, 9, 9, 1), np.uint8)), "data must be uint8 im"),
        (lambda folder, run: run.classify(np.full((1, 8, 8, 1), 300)), "numbers from 0 to 255; re"),
        (lambda folder, run: run.log_prob(np.zeros((1, 8, 8, 1))), r"received float64 \[1, 8, 8"),
        (lambda folder, run: run.generate({"latent": np.full((1, 4), np.nan), "label": [0]}),
         "latent must be finite"),
        (lambda folder, run: run.generate({"latent": np.zeros((1, 4)), "label": [3]}),
         "label must hold numbers from 0 to 2; received 3"),
        (lambda folder, run: run.sample(1, label=1.5), "label must be a whole number, 0 to 2"),
        (lambda folder, run: run.sample(1, start=-5), "start must be a whole number, at least 0"),
        (lambda folder, run: run.sample(1, seed=2**64), "seed must be a whole number of 64 bits"),
        (lambda folder, run: run.latents(seed=0.5), "seed must be a whole number of 64 bits"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(folder, run, call, sentence):
    with pytest.raises(ValueError, match=sentence) as refused:
        call(folder, run)
    assert "\n" not in str(refused.value)


def test_a_model_with_a_likelihood_and_a_code_rates_and_encodes(tmp_path):
    run = tfgan.train(
        recipe="vae", data="mnist5k", workdir=tmp_path, steps=1, batch_size=4, width=8,
        latent_dim=2, bound_samples=2, jit_compile=False,
    )  # fmt: skip
    images = next(run.open_data().held_out.examples(3))["data"]
    assert run.encode(images).shape == (3, 2)
    np.testing.assert_array_equal(run.encode(images.astype(int)), run.encode(images))
    found = run.log_prob(images)
    assert (found.nats.shape, found.kind) == ((3,), "lower bound")
