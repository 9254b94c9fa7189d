"""Files of all kinds are translated, each for itself, into files that appear whole."""

import os

import keras
import numpy as np
import PIL.Image
import pytest

from tfgan import failures, files, images, modalities
from tfgan.models import GAN, Translator
from tfgan.runs import translation, translation_inputs

SHEET = "contact_sheet.png"


@pytest.fixture(scope="module")
def translator():
    """Inverts images."""
    source = keras.Input((8, 8, 3), name="source")
    generator = keras.Model({"source": source}, keras.layers.Rescaling(-1.0)(source))
    data = keras.Input((8, 8, 3), name="data")
    discriminator = keras.Model({"data": data}, keras.layers.Conv2D(1, 1)(data))
    conditions = {"source": modalities.Images()}
    return Translator(GAN(generator, discriminator, prior=None, conditions=conditions))


def picture(height, width, channels=3):
    shape = (height, width, channels)[: 2 + (channels > 1)]
    return np.random.default_rng(height).integers(0, 256, shape, np.uint8)


def save(path, array, **settings):
    path.parent.mkdir(parents=True, exist_ok=True)
    PIL.Image.fromarray(array).save(path, **settings)


def translate(translator, source, out, **settings):
    inputs = translation_inputs.find(str(source), str(out))
    return translation.translate_files(translator, inputs, str(out), **settings)


def names_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def read(path):
    return np.asarray(PIL.Image.open(path))


def test_files_of_every_kind_give_results_of_their_sizes_or_a_reason(translator, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    save(source / "thin.png", picture(200, 1))
    save(source / "large.jpg", picture(600, 1100))
    save(source / "gray.png", picture(5, 7, 1))
    save(source / "clear.png", np.full((3, 4, 4), (10, 20, 30, 0), np.uint8))
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    save(source / "turned.png", picture(4, 9), exif=exif)
    save(source / "a folder/größe 1.png", picture(6, 5))
    (source / "broken.png").write_bytes((source / "gray.png").read_bytes()[:50])
    (source / "empty.jpg").write_bytes(b"")
    (source / "notes.txt").write_text("no image")
    (source / "gone.png").symlink_to(tmp_path / "nowhere.png")
    os.mkfifo(source / "pipe.png")
    report = translate(translator, source, out, background=(255, 0, 0))
    assert report.failed == {
        "broken.png": "it is damaged or truncated",
        "empty.jpg": "it is not an image",
        "gone.png": "it is a link to nothing",
        "pipe.png": "it is not a regular file",
    }
    sizes = {name: read(out / name).shape for name in names_below(out) if name != SHEET}
    assert sizes == {
        "a folder/größe 1.png": (6, 5, 3), "clear.png": (3, 4, 3), "gray.png": (5, 7, 3),
        "large.png": (600, 1100, 3), "thin.png": (200, 1, 3), "turned.png": (9, 4, 3),
    }  # fmt: skip
    assert sorted(report.written) == sorted(str(out / name) for name in sizes)
    np.testing.assert_array_equal(read(out / "thin.png"), 255 - picture(200, 1))
    np.testing.assert_array_equal(read(out / "turned.png"), 255 - np.rot90(picture(4, 9), -1))
    np.testing.assert_array_equal(read(out / "gray.png")[..., 2], 255 - picture(5, 7, 1))
    assert (read(out / "clear.png") == (0, 255, 255)).all()
    assert np.abs(255.0 - read(out / "large.png") - read(source / "large.jpg")).max() <= 1.0


def test_no_two_results_have_one_name(translator, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    for name in ("a.png", "a.bmp", "a.png.bmp", "b.bmp", "contact_sheet.bmp"):
        save(source / name, picture(2, 2))
    report = translate(translator, source, out)
    assert not report.failed
    assert names_below(out) == [
        "a.bmp.png", "a.png.bmp.png", "a.png.png", "b.png", "contact_sheet.bmp.png", SHEET,
    ]  # fmt: skip


def test_results_in_the_folder_of_the_sources_are_not_translated_again(translator, tmp_path):
    for name in ("a.png", "b/c.png"):
        save(tmp_path / name, picture(2, 2))
    for _ in range(2):
        report = translate(translator, tmp_path, tmp_path / "out")
        assert len(report.written) == 2
    assert names_below(tmp_path) == ["a.png", "b/c.png", "out/a.png", "out/b/c.png", f"out/{SHEET}"]


def test_no_result_replaces_an_input_or_a_target(translator, tmp_path):
    source, target = tmp_path / "in/a.png", tmp_path / "target/a.png"
    save(source, picture(2, 2))
    save(target, picture(3, 3))
    targets = translation_inputs.find(str(target.parent))
    for out in (source.parent, target.parent):
        with pytest.raises(ValueError, match="no result replaces an input; received .*a.png"):
            translate(translator, source, out, targets=targets)
    assert names_below(tmp_path) == ["in/a.png", "target/a.png"]
    jpeg = tmp_path / "in/b.jpg"
    save(jpeg, picture(2, 2))
    assert translate(translator, jpeg, jpeg.parent).written == [f"{tmp_path}/in/b.png"]


def test_the_sheet_shows_source_result_and_target_of_each_file(translator, tmp_path):
    black, white = np.zeros((64, 128, 3), np.uint8), np.full((64, 128, 3), 255, np.uint8)
    for name in ("a.png", "b.png", "c.png"):
        save(tmp_path / "in" / name, black)
    save(tmp_path / "target/a.bmp", np.full((128, 128, 3), 99, np.uint8))
    (tmp_path / "target/b.png").write_bytes(b"broken")
    targets = translation_inputs.find(f"{tmp_path}/target")
    report = translate(translator, tmp_path / "in", tmp_path / "out", targets=targets)
    assert not report.failed and report.sheet == f"{tmp_path}/out/{SHEET}"
    sheet = read(report.sheet)
    assert sheet.shape == (3 * 134 + 2, 3 * 130 + 6, 3)  # a row for each file
    cells = [[sheet[4 + 134 * y :, 4 + 130 * x :][:128, :128] for x in range(3)] for y in range(3)]
    padded = np.pad(black, ((32, 32), (0, 0), (0, 0)), constant_values=255)
    for row in cells:
        np.testing.assert_array_equal(row[0], padded)
        assert (row[1] == 255).all()
    assert (cells[0][2] == 99).all() and (cells[1][2] == 255).all() and (cells[2][2] == 255).all()
    np.testing.assert_array_equal(read(tmp_path / "out/a.png"), white)


def test_a_result_that_cannot_be_written_does_not_keep_others_from_it(translator, tmp_path):
    for name in (f"{'x' * 250}.png", "d.jpg", "d.png/in.jpg", "z.png"):
        save(tmp_path / "in" / name, picture(2, 2))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/d.png").touch()
    report = translate(translator, tmp_path / "in", tmp_path / "out")
    assert [os.path.basename(path) for path in report.written] == ["d.png", "z.png"]
    inside, long = (report.failed[name] for name in ("d.png/in.jpg", f"{'x' * 250}.png"))
    assert inside == f"its result cannot be written: {tmp_path}/out/d.png is not a directory"
    assert long.startswith("its result cannot be written: ") and "too long" in long


def test_an_interruption_leaves_whole_files(translator, tmp_path):
    for name in ("a.png", "b.png"):
        save(tmp_path / "in" / name, picture(2, 2))

    def interrupt(done, total):
        assert (done, total) == (1, 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        translate(translator, tmp_path / "in", tmp_path / "out", progress=interrupt)
    assert names_below(tmp_path / "out") == ["a.png"]


def test_a_file_that_cannot_be_written_leaves_nothing_half(translator, tmp_path, monkeypatch):
    save(tmp_path / "in/a.png", picture(2, 2))
    (tmp_path / "file").write_text("")
    with pytest.raises(failures.Failure, match="file/out cannot be written: "):
        translate(translator, tmp_path / "in", tmp_path / "file/out")

    def full(path, content):
        with files.atomic_file(path) as part:
            with open(part, "wb") as file:
                file.write(content[:3])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(images.files, "write_bytes", full)
    with pytest.raises(failures.Failure, match="out cannot be written: .*No space left"):
        translate(translator, tmp_path / "in", tmp_path / "out")
    assert os.listdir(tmp_path / "out") == []


def test_an_image_that_memory_does_not_hold_does_not_stop_the_others(translator, tmp_path):
    save(tmp_path / "in/a.png", picture(100, 100))
    save(tmp_path / "in/b.png", picture(2, 2))
    report = translate(translator, tmp_path / "in", tmp_path / "out", limit=10_000)
    assert report.failed["a.png"].startswith("its 100 x 100 pixels need")
    assert report.written == [f"{tmp_path}/out/b.png"]


def test_files_are_read_from_and_written_to_remote_folders(translator, tmp_path):
    images.write_png("ram://translation/in/x/a.png", picture(3, 2))
    inputs = translation_inputs.find("ram://translation/in", "ram://translation/in/out")
    for _ in range(2):
        report = translation.translate_files(translator, inputs, "ram://translation/in/out")
        assert report.written == ["ram://translation/in/out/x/a.png"]
        inputs = translation_inputs.find("ram://translation/in", "ram://translation/in/out")
    content = files.read_bytes("ram://translation/in/out/x/a.png", "a")
    save(tmp_path / "a.png", 255 - picture(3, 2))
    assert translation.raw_images.decode(content, modalities.Images(), 3).tolist() == (
        read(tmp_path / "a.png").tolist()
    )
