"""`tfgan translate`, and the commands of a run that translates."""

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import data, runs

TINY = ["--set=width=2", "--set=discriminator_width=2", "--set=discriminator_layers=1"]


@pytest.fixture(autouse=True)
def open_each_run_once(monkeypatch, open_once):
    """A run stays as it is: the first test that translates opens it for all."""
    monkeypatch.setattr(runs.loading, "open_model", open_once)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of pix2pix from masks to textures, resumed once."""
    workdir = tmp_path_factory.mktemp("run") / "masks"
    command = ["train", "--recipe=pix2pix", f"--workdir={workdir}", "--batch_size=4", *TINY]
    assert main._run([*command, "--steps=2", "--data=toy:textures"]) == 0
    assert main._run([*command, "--steps=3", "--data=toy:textures"]) == 0
    return workdir


@pytest.fixture
def masks(tmp_path):
    """A folder with a mask by numbers, one by colors, a photo, and a broken file."""
    folder = tmp_path / "in"
    folder.mkdir()
    numbers = np.arange(50, dtype=np.uint8).reshape(5, 10) % 4
    PIL.Image.fromarray(numbers).save(folder / "numbers.png")
    colors = data.open_source("toy:textures").spec.conditions["source"].modality.palette
    PIL.Image.fromarray(np.uint8(colors)[numbers]).save(folder / "my colors.jpg", quality=100)
    PIL.Image.fromarray(np.uint8(colors)[numbers]).save(folder / "colors.bmp")
    PIL.Image.fromarray(numbers + np.uint8(200)).save(folder / "photo.png")
    (folder / "broken.png").write_bytes((folder / "numbers.png").read_bytes()[:60])
    return folder


def translate(run, *arguments):
    return main._run(["translate", f"--workdir={run}", *arguments])


def read(path):
    return np.asarray(PIL.Image.open(path))


def test_failures_are_named_at_the_end_and_the_others_are_written(run, masks, capsys):
    out = masks / "out"
    assert translate(run, f"--input={masks}", f"--out={out}") == 1
    output, errors = capsys.readouterr()
    assert output.splitlines()[-1] == (
        f"3 of 5 images translated by step 3: {out}, and {out}/contact_sheet.png"
    )
    assert errors.splitlines()[-2:] == [
        "broken.png was not translated: it is damaged or truncated.",
        "photo.png was not translated: it has the class 203; masks have the classes 0 to 3.",
    ]
    names = sorted(path.name for path in out.iterdir())
    assert names == ["colors.png", "contact_sheet.png", "my colors.png", "numbers.png"]
    assert read(out / "numbers.png").shape == (5, 10)
    np.testing.assert_array_equal(read(out / "colors.png"), read(out / "numbers.png"))
    contents = {path: path.read_bytes() for path in out.iterdir()}
    assert translate(run, f"--input={masks}", f"--out={out}") == 1  # of the same five files
    assert contents == {path: path.read_bytes() for path in out.iterdir()}


def test_the_seed_decides_the_noise_and_the_library_gives_the_same(run, masks):
    results = []
    for number, seed in enumerate([0, 0, 1]):
        out = masks / str(number)
        assert translate(run, f"--input={masks}/n*.png", f"--out={out}", f"--seed={seed}") == 0
        results.append(read(out / "numbers.png"))
    np.testing.assert_array_equal(results[0], results[1])
    assert (results[1] != results[2]).any()
    opened = tfgan.open_run(run)
    [image, other] = opened.translate([read(masks / "numbers.png")[..., None]] * 2, seed=1)
    np.testing.assert_array_equal(image[..., 0], results[2])
    np.testing.assert_array_equal(image, other)
    sources = opened.sample(1, seed=1)
    translated = opened.translate(sources["source"], seed=1)
    np.testing.assert_array_equal(translated, sources["data"])


def test_by_default_translations_lie_in_the_run(run, masks, capsys):
    assert translate(run, f"--input={masks}/numbers.png", f"--targets={masks}") == 0
    assert f"1 of 1 images translated by step 3: {run}/translated" in capsys.readouterr().out
    assert read(run / "translated/contact_sheet.png").shape == (136, 396, 3)


def test_samples_scores_and_pictures_are_those_of_a_run_of_images(run, tmp_path, capsys):
    assert main._run(["sample", f"--workdir={run}", f"--out={tmp_path}/a.png", "--count=4"]) == 0
    assert main._run(["evaluate", f"--workdir={run}", "--metrics=l1", "--count=8"]) == 0
    assert "l1 (lower is better)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--input must name an image, a folder of images"),
        (["--input=/nowhere/*.png"], "there is no image at /nowhere/*.png"),
        (
            ["--input={in}", "--out={in}"],
            "out must be a folder that does not hold all of the input",
        ),
        (["--input={in}/numbers.png", "--out={in}"], "where no result replaces an input"),
        (["--input={in}", "--direction=BtoA"], "direction must be one of AtoB; received 'BtoA'"),
        (["--input={in}", "--background=blue"], "--background takes white, black or"),
        (["--input={in}", "--memory=2"], "memory must be a number with a unit"),
        (["--input={in}", "--workdir=/nowhere"], "/nowhere holds no run"),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(run, masks, capsys, arguments, sentence):
    arguments = [argument.replace("{in}", str(masks)) for argument in arguments]
    assert translate(run, *arguments) == 2
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1 and sentence in errors


def test_a_folder_that_cannot_be_written_is_a_failure(run, masks, capsys):
    (masks / "file").write_text("")
    assert translate(run, f"--input={masks}", f"--out={masks}/file/out") == 1
    assert f"{masks}/file/out cannot be written: " in capsys.readouterr().err


def test_a_recipe_without_a_source_leaves_it_out_and_does_not_translate(tmp_path, masks, capsys):
    command = ["train", "--recipe=dcgan", "--data=toy:textures", f"--workdir={tmp_path}/run"]
    assert main._run([*command, "--steps=1", "--set=width=2", "--batch_size=4"]) == 0
    for name in ("a.png", "a.npz"):
        assert main._run(["sample", f"--workdir={tmp_path}/run", f"--out={tmp_path}/{name}"]) == 0
    with np.load(tmp_path / "a.npz") as arrays:
        assert set(arrays) == {"data"}
    assert translate(f"{tmp_path}/run", f"--input={masks}") == 2
    assert "model must make images from images, as that of recipe pix2pix" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("data_name", ["toy:ring", "toy:stripes"])
def test_pix2pix_needs_pairs(tmp_path, capsys, data_name):
    arguments = ["--recipe=pix2pix", f"--data={data_name}", f"--workdir={tmp_path}/run", *TINY]
    assert main._run(["train", *arguments, "--steps=1"]) == 2
    errors = capsys.readouterr().err
    assert "pix2pix needs pairs, such as --data=pairs:FOLDER; the data has none." in errors


@pytest.mark.parametrize("recipe", ["pix2pix", "cyclegan"])
def test_a_recipe_is_described_with_commands_that_can_be_copied(capsys, recipe):
    assert main._run(["recipes", recipe]) == 0
    assert "--jitter --flip \\\n" in capsys.readouterr().out
