"""What people's files and habits lead to: all is right, or refused in one sentence.

`pytest -m slow -s -n 0 tests/habits` prints the table.
"""

import dataclasses
import re
import shutil

import numpy as np
import pytest
from PIL import Image

from . import arrays, images

TRAIN = ["train", "--steps=2", "--batch_size=4", "--set=width=4", "--set=latent_dim=4"]
POINTS = ["train", "--recipe=mixture", "--steps=2", "--batch_size=4", "--set=width=4"]
SIZED = ["--image_size=8"]


@dataclasses.dataclass(frozen=True)
class Habit:
    """Something that people do.

    Attributes:
      name: str, for the table.
      data: function (folder) -> the `--data`, or None.
      flags: list of str, of `tfgan train`.
      code: int, the exit code.
      says: str, a pattern of what must be said.
      base: list of str, the command that the flags are added to.
    """

    name: str
    data: object
    flags: tuple = ()
    code: int = 0
    says: str = ""
    base: tuple = tuple(TRAIN)


INPUTS = [
    Habit("PNG with alpha", images.rgba, says="white"),
    Habit("PNG with alpha, kept", images.rgba, ("--channels=4",)),
    Habit("PNG with alpha, on black", images.rgba, ("--background=black",)),
    Habit("gray PNG with alpha", images.gray_and_alpha, says="white"),
    Habit("PNG of 16 bits", images.sixteen_bits, says="16"),
    Habit("JPEG that EXIF rotates", images.rotated, says="EXIF"),
    Habit("WebP", images.webp),
    Habit("TIFF", images.tiff),
    Habit("JFIF, in capitals", images.jfif),
    Habit("PPM", images.ppm),
    Habit("BMP", images.bmp),
    Habit("GIF that moves", images.gif),
    Habit("CMYK JPEG", images.cmyk),
    Habit("palette PNG with a transparent color", images.palette),
    Habit("a file that is cut off", images.one_truncated, code=2, says=r"003\.png"),
    Habit("the same, --skip_broken", images.one_truncated, ("--skip_broken",), says=r"003\.png"),
    Habit("gray and color images", images.gray_and_color, code=2, says="--channels"),
    Habit("the same, --channels=1", images.gray_and_color, ("--channels=1",)),
    Habit("several sizes", images.several_sizes, code=2, says="--image_size"),
    Habit("the same, --image_size", images.several_sizes, tuple(SIZED)),
    Habit("an image of 9,000 x 9,000", images.very_large, tuple(SIZED)),
    Habit("a header of 50,000 x 50,000", images.declared_size, tuple(SIZED), 2, r"huge\.png"),
    Habit("text named .jpg", images.text_named_jpg, code=2, says=r"note\.jpg"),
    Habit("a folder without images", images.empty, code=2, says="no images"),
    Habit("70 images, default batch", images.seventy, base=(*TRAIN[:2], *TRAIN[3:]),
          says="batch"),
    Habit("class folders", images.classes, says="cat"),
    Habit("a stray image beside class folders", images.stray_beside_classes, says="stray"),
    Habit("train/ and val/", images.splits, says="val"),
    Habit("classes 0 to 11", images.numbered_classes, says="12 classes|10"),
    Habit("a class of one image", images.class_of_one, says="bird"),
    Habit("dataset.json", images.dataset_json, says="3 classes|classes"),
    Habit("labels in CSV", images.labels_csv, ("--labels={folder}/labels.csv",), says="classes"),
    Habit("labels in JSONL", images.labels_jsonl, ("--labels={folder}/labels.jsonl",),
          says="classes"),
    Habit("a zip of images", images.zipped),
    Habit("a link in a circle", images.link_in_a_circle, says="2[124] examples"),
    Habit("a dangling link", images.dangling_link, code=2, says=r"gone\.png"),
    Habit("the same, --skip_broken", images.dangling_link, ("--skip_broken",), says=r"gone\.png"),
    Habit("npz with x_train, y_train", arrays.keras_names, says="x_train"),
    Habit("floats in [0, 1]", arrays.from_zero_to_one, says=r"range 0\.\.1"),
    Habit("floats in [-1, 1]", arrays.from_minus_one_to_one, says=r"range -1\.\.1"),
    Habit("channels first", arrays.channels_first, says="layout chw"),
    Habit("float64", arrays.float64),
    Habit("booleans", arrays.booleans),
    Habit("gray without a channel axis", arrays.gray_without_channels),
    Habit("a single .npy", arrays.one_array),
    Habit("points of three dimensions", arrays.points_in_space, base=tuple(POINTS)),
    Habit("points with NaN", arrays.points_with_nan, code=2, says="row 7", base=tuple(POINTS)),
    Habit("an array of objects", arrays.objects, code=2, says="objects"),
    Habit("a file cut off", arrays.cut, code=2, says=r"set\.npz"),
    Habit("a header of 10^12 images", arrays.declared, code=2, says=r"set\.npz"),
    Habit("labels from 1", arrays.labels_from_one, says="label"),
    Habit("two arrays that may be meant", arrays.two_candidates, code=2, says="photos"),
    Habit("StyleGAN's records", arrays.stylegan_records, says="layout chw"),
    Habit("records in GZIP", arrays.compressed_records),
    Habit("records with image_raw", arrays.raw_image_records),
    Habit("a damaged record", arrays.damaged_record, code=None, says=r"set\.tfrecord"),
    Habit("a flag of others: --lr", images.png, ("--lr=0.1",), 2, "--learning_rate"),
    Habit("a flag of others: --epochs", images.png, ("--epochs=3",), 2, "--steps"),
    Habit("a flag of others: --resume", images.png, ("--resume",), 2, "resume"),
    Habit("a negative rate", images.png, ("--learning_rate=-1",), 2, "learning_rate"),
    Habit("a width of zero", images.png, ("--width=0",), 2, "width"),
    Habit("a size that the network cannot make", images.png, ("--image_size=50",), 2, "48|52|64"),
    Habit("logs where nothing can be written", images.png,
          ("--tensorboard_dir=/dev/null/logs",), None, "tensorboard|/dev/null"),
]  # fmt: skip


def run(programs, *arguments, code=0, **options):
    """(exit code, all that was said) of a program; it never ends in a traceback."""
    got, out, err = programs.start(*arguments, **options).end()
    assert "Traceback" not in out + err, err
    assert code is None or got == code, (got, out, err)
    if got in (1, 2):
        assert refusal(err), err
    return got, out + err


def refusal(said):
    """The sentence of a refusal: the last line."""
    [line] = [line for line in said.splitlines() if re.match(r"tfgan( \w+)?: ", line)][-1:]
    return line


def show(name, code, said):
    """A row of the table."""
    lines = [line for line in said.splitlines() if line.strip()]
    line = refusal(said) if code in (1, 2) else next(
        (line for line in lines if re.match("INFO|WARNING", line)), lines[0] if lines else ""
    )  # fmt: skip
    print(f"\n| {name} | {code} | {line[:300]} |", end="")


@pytest.mark.slow
@pytest.mark.parametrize("habit", INPUTS, ids=lambda habit: habit.name)
def test_an_input_is_right_or_refused_in_one_sentence(habit, programs, tmp_path):
    data = habit.data(tmp_path)
    flags = [flag.format(folder=tmp_path) for flag in habit.flags]
    workdir = tmp_path / "run"
    code, said = run(
        programs, *habit.base, f"--data={data}", f"--workdir={workdir}", *flags, code=habit.code
    )
    assert re.search(habit.says, said), said
    if code == 2:
        assert not workdir.exists(), "a refused command left a run directory behind"
    show(habit.name, code, said.replace(str(tmp_path), ""))


@pytest.fixture
def trained(programs, tmp_path):
    """The command that trained a run with labels in `run`, two steps of `photos`."""
    images.classes(tmp_path)
    command = [
        *TRAIN, "--recipe=cgan", f"--data=images:{tmp_path}/photos", f"--workdir={tmp_path}/run",
    ]  # fmt: skip
    run(programs, *command)
    return command


def with_flags(command, **flags):
    """The command with other values for some flags."""
    kept = [each for each in command if each.split("=")[0].removeprefix("--") not in flags]
    return [*kept, *(f"--{name}={value}" for name, value in flags.items())]


@pytest.mark.slow
def test_a_run_resumes_however_its_data_are_named(programs, trained, tmp_path, monkeypatch):
    photos = tmp_path / "photos"
    for written in (f"{photos}/", f"{tmp_path}/./photos"):
        _, said = run(programs, *with_flags(trained, data=f"images:{written}", steps=3))
        assert "Resuming" in said or "at step 3 already" in said
    photos.rename(tmp_path / "moved")
    _, said = run(programs, *with_flags(trained, data=f"images:{tmp_path}/moved", steps=4))
    show("data moved, --data names the new place", 0, said)
    assert "Resuming" in said
    _, said = run(programs, "train", f"--workdir={tmp_path}/run", "--steps=5")
    show("--workdir alone", 0, said)
    assert "Resuming" in said


@pytest.mark.slow
def test_runs_are_copied_moved_and_trained_on(programs, trained, tmp_path):
    before = {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()}
    shutil.copytree(tmp_path / "run", tmp_path / "copy")
    _, said = run(programs, *with_flags(trained, workdir=tmp_path / "copy", steps=8))
    show("a copy is trained on", 0, said)
    for path, content in before.items():
        assert path.read_bytes() == content
    (tmp_path / "copy").rename(tmp_path / "moved")
    (tmp_path / "moved" / "checkpoints" / "checkpoint").unlink()
    _, said = run(programs, *with_flags(trained, workdir=tmp_path / "moved", steps=9))
    show("moved, and its file `checkpoint` lost", 0, said)
    assert "Resuming" in said


@pytest.mark.slow
def test_the_same_command_twice_at_once_trains_once(programs, trained, tmp_path):
    command = with_flags(trained, steps=100_000)
    first = programs.start(*command)
    while not list((tmp_path / "run").glob(".tfgan.lock")):
        assert first.poll() is None, first.err.read_text()
    code, said = run(programs, *command, code=None)
    show("the same command twice at once", code, said)
    assert code in (1, 2) and "in use" in said
    first.kill()
    first.wait()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jpg", "A.PNG", "a.zip", "a.mp4", "folder"])
def test_samples_are_written_as_their_name_says_or_refused(programs, trained, tmp_path, name):
    out = tmp_path / name
    command = ["sample", f"--workdir={tmp_path}/run", f"--out={out}", "--count=4"]
    code, said = run(programs, *command, code=None)
    show(f"sample --out={name}", code, said)
    if code == 0 and name != "folder" and not name.endswith("zip"):
        assert Image.open(out).size
    assert code == (2 if name == "a.mp4" else 0)
    assert out.is_dir() == (name == "folder")


@pytest.mark.slow
def test_seeds_and_labels_are_written_as_people_write_them(programs, trained, tmp_path):
    command = ["sample", f"--workdir={tmp_path}/run", f"--out={tmp_path}/a.npz"]
    _, said = run(programs, *command, "--seed=1-5,8", "--label=dog")
    show("sample --seed=1-5,8 --label=dog", 0, said)
    with np.load(tmp_path / "a.npz") as written:
        assert len(written["data"]) == 6 and set(written["label"]) == {1}
    code, said = run(programs, *command, "--label=dgo", code=2)
    show("sample --label=dgo", code, said)
    assert "dog" in said


@pytest.mark.slow
def test_a_reader_that_goes_away_does_not_end_a_training(programs, trained, tmp_path):
    code = (
        "import os, sys\nreader, writer = os.pipe()\nos.dup2(writer, 1)\nos.close(writer)\n"
        "os.close(reader)\nfrom tfgan.pipelines import main\nmain.main()\n"
    )
    ended, _, err = programs.start(*with_flags(trained, steps=6), code=code).end()
    show("train | head", ended, err)
    assert ended in (0, 141) and "Traceback" not in err and "cannot be written" not in err
    assert list((tmp_path / "run" / "checkpoints").glob("step-*.index"))


@pytest.mark.slow
def test_any_two_sets_are_compared(programs, trained, tmp_path):
    arrays.keras_names(tmp_path)
    for real in (f"images:{tmp_path}/photos", f"arrays:{tmp_path}/set.npz", "mnist5k"):
        command = ["evaluate", f"--real={real}", f"--fake={tmp_path}/photos", "--channels=1"]
        code, said = run(programs, *command, "--extractor=digits", code=None)
        show(f"evaluate --real={real.replace(str(tmp_path), '')}", code, said)
        assert code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "edit",
    [
        ('"seed": 0', '"seed": "x"'),
        ('"recipe"', '"recip"'),
        ("{", "{{"),
        ('"width": 4', '"width": 1e99'),
    ],
    ids=str,
)
def test_a_record_that_was_edited_is_refused(programs, trained, tmp_path, edit):
    path = tmp_path / "run" / "recipe.json"
    path.write_text(path.read_text().replace(*edit, 1))
    code, said = run(programs, "evaluate", f"--workdir={tmp_path}/run", code=None)
    show(f"recipe.json: {edit[1]}", code, said)
    assert code in (1, 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "cluster", ['{"cluster": {"worker": "abc"}}', "5", '{"task": {"index": 1e400}}', "[" * 5000]
)
def test_a_cluster_that_is_none_is_refused(programs, trained, cluster):
    import os

    environment = os.environ | {"TF_CONFIG": cluster}
    code, said = run(programs, *trained, code=None, environment=environment)
    show(f"TF_CONFIG={cluster[:40]}", code, said)
    assert code == 2
