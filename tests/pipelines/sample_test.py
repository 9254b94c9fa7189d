"""`tfgan sample` from a run directory alone."""

import shutil
import signal
import zipfile

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import data, runs

KILLED_WHILE_IT_WRITES = """
import os, signal
import tensorflow as tf
from tfgan.pipelines import main

rename, renamed = tf.io.gfile.rename, []

def killing(*arguments, **options):
    renamed.append(arguments)
    if len(renamed) == {files}:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(*arguments, **options)

tf.io.gfile.rename = killing
main.main()
"""


@pytest.fixture(autouse=True)
def open_each_run_once(monkeypatch, open_once):
    """A run stays as it is: the first test that draws of it opens it for all."""
    monkeypatch.setattr(runs.loading, "open_model", open_once)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A conditional run whose data is gone."""
    folder = tmp_path_factory.mktemp("run")
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(folder / "images.npz", data=images, label=np.arange(40) % 3)
    code = main._run(
        ["train", "--recipe=cgan", f"--data=arrays:{folder}/images.npz", f"--workdir={folder}/run",
         "--steps=3", "--set=width=4", "--set=latent_dim=4", "--batch_size=8"]
    )  # fmt: skip
    assert code == 0
    (folder / "images.npz").unlink()
    return folder / "run"


@pytest.fixture(scope="module")
def points_run(tmp_path_factory):
    """A run on points in the plane."""
    workdir = tmp_path_factory.mktemp("run") / "points"
    settings = ["--set=width=8", "--set=depth=1", "--batch_size=8", "--steps=30"]
    assert main._run(["train", "--recipe=mixture", f"--workdir={workdir}", *settings]) == 0
    return workdir


def sample(run, out, *more):
    assert main._run(["sample", f"--workdir={run}", f"--out={out}", *more]) == 0


def arrays(path):
    with np.load(path, allow_pickle=False) as file:
        return dict(file)


def test_npz_holds_uint8_data_and_labels(run, tmp_path):
    sample(run, tmp_path / "a.npz", "--count=30", "--seed=3")
    samples = arrays(tmp_path / "a.npz")
    assert set(samples) == {"data", "label"}
    assert samples["data"].shape == (30, 8, 8, 1)
    assert samples["data"].dtype == np.uint8
    assert set(samples["label"]) == {0, 1, 2}


def test_sample_i_is_the_same_for_any_count(run, tmp_path):
    sample(run, tmp_path / "few.npz", "--count=3", "--seed=3")
    sample(run, tmp_path / "many.npz", "--count=130", "--seed=3")
    few, many = arrays(tmp_path / "few.npz"), arrays(tmp_path / "many.npz")
    np.testing.assert_array_equal(few["data"], many["data"][:3])
    np.testing.assert_array_equal(few["label"], many["label"][:3])


def test_a_label_is_drawn_on_demand(run, tmp_path):
    sample(run, tmp_path / "a.npz", "--count=9", "--label=2")
    assert set(arrays(tmp_path / "a.npz")["label"]) == {2}


def test_a_png_is_a_grid(run, tmp_path):
    sample(run, tmp_path / "a.png", "--count=9")
    picture = tf.io.decode_png(tf.io.read_file(str(tmp_path / "a.png")))
    assert picture.shape == (3 * 10 + 2, 3 * 10 + 2, 1)


@pytest.mark.parametrize("out", ["folder", "a.zip"])
@pytest.mark.parametrize("label", ["", "2"])
def test_single_samples_are_a_data_source_with_their_labels_and_all_classes(
    run, tmp_path, out, label
):
    sample(run, tmp_path / out, "--count=20", f"--label={label}")
    sample(run, tmp_path / "a.npz", "--count=20", f"--label={label}")
    source = data.open_source(f"images:{tmp_path}/{out}")
    expected = arrays(tmp_path / "a.npz")
    parts = [source, source.held_out]
    assert [part.count for part in parts] == [18, 2]
    assert source.spec.class_names == ("0", "1", "2")
    batches = [batch for part in parts for batch in part.examples()]
    files = [
        (image.tobytes(), number)
        for batch in batches
        for image, number in zip(batch["data"], batch["label"], strict=True)
    ]
    rows = zip(expected["data"], expected["label"], strict=True)
    assert sorted(files) == sorted((image.tobytes(), number) for image, number in rows)


def test_several_seeds_give_one_sample_each_which_is_the_first_of_its_seed(run, tmp_path):
    sample(run, tmp_path / "all.npz", "--seed=1-3,8")
    together = arrays(tmp_path / "all.npz")
    assert list(together["seed"]) == [1, 2, 3, 8]
    for row, seed in enumerate(together["seed"]):
        sample(run, tmp_path / f"{seed}.npz", f"--seed={seed}", "--count=1")
        alone = arrays(tmp_path / f"{seed}.npz")
        np.testing.assert_array_equal(alone["data"][0], together["data"][row])
    sample(run, tmp_path / "two.npz", "--seed=8,3", "--count=2")
    assert list(arrays(tmp_path / "two.npz")["seed"]) == [8, 8, 3, 3]


def test_files_of_several_seeds_are_named_by_them(run, tmp_path):
    sample(run, tmp_path / "one", "--seed=1,12", "--label=0")
    assert sorted(p.name for p in tmp_path.rglob("*.png")) == ["seed0001.png", "seed0012.png"]
    sample(run, tmp_path / "two", "--seed=7-8", "--count=2", "--label=0")
    assert sorted(path.name for path in (tmp_path / "two").rglob("*.png")) == [
        f"seed000{seed}-00000{index}.png" for seed in (7, 8) for index in (0, 1)
    ]


def test_a_zip_holds_the_files_of_the_folder_and_equal_samples_are_equal_bytes(run, tmp_path):
    sample(run, tmp_path / "folder", "--count=5")
    for name in ("a.zip", "B.ZIP"):
        sample(run, tmp_path / name, "--count=5")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    folder = tmp_path / "folder"
    outside = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.png")}
    outside["dataset.json"] = (folder / "dataset.json").read_bytes()
    assert inside == outside and len(inside) == 5 + 1
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "B.ZIP").read_bytes()


@pytest.mark.parametrize("name", ["a.jpg", "A.JPG", "a.jpeg"])
def test_a_jpeg_is_the_picture_of_the_png_but_for_its_losses(run, tmp_path, name):
    sample(run, tmp_path / "A.PNG", "--count=9")
    sample(run, tmp_path / name, "--count=9")
    contents = [(tmp_path / each).read_bytes() for each in ("A.PNG", name)]
    assert contents[0].startswith(b"\x89PNG") and contents[1].startswith(b"\xff\xd8\xff")
    png, jpeg = (tf.io.decode_image(content).numpy().astype(int) for content in contents)
    assert png.shape == jpeg.shape and np.abs(png - jpeg).mean() < 8.0


@pytest.mark.parametrize("out", ["rate0.5", "version.b2/"])
def test_a_folder_may_have_a_dot_in_its_name(run, tmp_path, out):
    sample(run, f"{tmp_path}/{out}", "--count=2")
    assert len(list((tmp_path / out).rglob("*.png"))) == 2


@pytest.mark.parametrize("out", ["folder", "a.zip"])
def test_a_killed_command_leaves_nothing_half_and_the_same_command_again_succeeds(
    run, tmp_path, programs, out
):
    code = KILLED_WHILE_IT_WRITES.format(files=3 if out == "folder" else 1)
    arguments = ["sample", f"--workdir={run}", f"--out={tmp_path}/{out}", "--count=9"]
    assert programs.start(*arguments, code=code).wait() == -signal.SIGKILL
    assert list(tmp_path.iterdir()) and not (tmp_path / out).exists()
    sample(run, tmp_path / out, "--count=9")
    if out == "folder":
        assert len(list((tmp_path / out).rglob("*.png"))) == 9
        assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_raw_weights_and_truncation_change_the_samples(points_run, tmp_path):
    names = {"plain": [], "raw": ["--raw_weights"], "cut": ["--truncation=0.1"]}
    for name, more in names.items():
        sample(points_run, tmp_path / f"{name}.npz", "--count=50", *more)
    plain, raw, cut = (arrays(tmp_path / f"{name}.npz")["data"] for name in names)
    assert not np.array_equal(plain, raw)
    assert np.abs(plain - raw).max() < np.abs(plain - cut).max()


def test_standing_statistics_change_the_samples(run, tmp_path):
    other = shutil.copytree(run, tmp_path / "run")  # whose model is its own: its moments change
    sample(run, tmp_path / "moving.npz", "--count=8", "--truncation=0.5")
    more = ["--count=8", "--truncation=0.5", "--standing_statistics=2"]
    for name in ("standing", "again"):
        sample(other, tmp_path / f"{name}.npz", *more)
    moving, standing, again = (
        arrays(tmp_path / f"{name}.npz") for name in ("moving", "standing", "again")
    )
    assert np.any(moving["data"] != standing["data"])
    np.testing.assert_array_equal(moving["label"], standing["label"])
    np.testing.assert_array_equal(standing["data"], again["data"])


def test_points_are_drawn_as_a_plot_and_saved_as_float32_but_have_no_picture_each(
    points_run, tmp_path, capsys
):
    sample(points_run, tmp_path / "a.png", "--count=50")
    assert tf.io.decode_png(tf.io.read_file(str(tmp_path / "a.png"))).shape == (384, 384, 1)
    sample(points_run, tmp_path / "a.npz", "--count=50")
    assert arrays(tmp_path / "a.npz")["data"].dtype == np.float32
    arguments = [f"--workdir={points_run}", f"--out={tmp_path}/folder"]
    assert main._run(["sample", *arguments]) == 2
    assert "for samples that are points; received" in capsys.readouterr().err


def test_by_default_the_grid_lands_in_the_run(run, capsys):
    assert main._run(["sample", f"--workdir={run}", "--seed=5"]) == 0
    assert f"64 samples of step 3: {run}/samples/seed-5.png" in capsys.readouterr().out
    assert (run / "samples" / "seed-5.png").exists()


def test_a_folder_with_files_in_it_is_left_alone(run, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("keep")
    assert main._run(["sample", f"--workdir={run}", f"--out={tmp_path}"]) == 2
    assert "holds files already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--label=3"], "The class must be one of 0, 1, 2; received '3'."),
        (["--label=cat"], "The class must be one of 0, 1, 2; received 'cat'."),
        (["--seed=5-1"], "as 3 or 1-5,8; received '5-1'"),
        (["--seed=1-999999999999"], "Drawing 999,999,999,999 samples needs"),
        (["--count=99999999999"], "draw fewer with --count"),
        (["--out=a.mp4"], "FILE.png (one picture), FILE.jpg (one picture, compressed), FILE.npz"),
        (["--out=a.gif"], "or FOLDER/ (one PNG per sample) for samples that are images; received"),
        (["--truncation=2.5"], "must be in (0, 1]"),
        (["--workdir=/nowhere"], "/nowhere holds no run"),
        (["--workdir="], "--workdir must name the directory of a run"),
        (["--count=0"], "--count must be a whole number, at least 1"),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(run, capsys, arguments, sentence):
    assert main._run(["sample", f"--workdir={run}", *arguments]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert sentence in err


def test_a_damaged_last_checkpoint_falls_back_and_says_so(run, tmp_path, caplog):
    copy = tmp_path / "copy"
    for path in run.rglob("*"):
        if path.is_file():
            target = copy / path.relative_to(run)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    [weights] = (copy / "checkpoints").glob("step-3.data-*")
    weights.write_bytes(weights.read_bytes()[:100])
    assert main._run(["sample", f"--workdir={copy}", f"--out={tmp_path}/a.png"]) == 2
    assert "step-3 is damaged" in caplog.text
