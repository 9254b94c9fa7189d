"""`tfgan evaluate` of two datasets, without a run."""

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan.data import open_source

from .evaluating import evaluate, refused


@pytest.fixture(scope="module")
def digits():
    """200 real digits."""
    return next(open_source("mnist5k").examples(200))["data"]


def images(folder, data):
    for index, image in enumerate(data):
        tf.io.write_file(f"{folder}/{index:03d}.png", tf.io.encode_png(image))
    return str(folder)


def test_two_folders_are_compared(digits, tmp_path, capsys):
    sides = [images(tmp_path / name, digits[rows]) for name, rows in (
        ("a", slice(0, 100)), ("b", slice(100, 200)))]  # fmt: skip
    out = evaluate(capsys, f"--real={sides[0]}", f"--fake={sides[1]}", "--extractor=digits")
    assert out.startswith(
        f"100 of {sides[1]} against 100 of {sides[0]}. Real baseline: one half of"
    )
    assert "fd_digits (lower is better)" in out and "coverage (higher is better)" in out


def test_saved_statistics_stand_for_the_set_they_were_made_from(digits, tmp_path, capsys):
    np.savez(tmp_path / "fake.npz", data=digits[100:])
    real = images(tmp_path / "real", digits[:100])
    fake = [f"--fake={tmp_path}/fake.npz", "--extractor=digits", "--metrics=fd"]
    first = evaluate(
        capsys, f"--real={real}", *fake, f"--save_statistics={tmp_path}/statistics.npz"
    )
    again = evaluate(capsys, f"--real={tmp_path}/statistics.npz", *fake)
    rows = [
        next(r for r in out.splitlines() if r.startswith("fd_")).split() for out in (first, again)
    ]
    assert rows[0][:5] == rows[1][:5]


def test_a_picture_of_two_sets_is_drawn_on_request(digits, tmp_path, capsys):
    np.savez(tmp_path / "a.npz", data=digits[:100])
    out = evaluate(
        capsys, f"--real={tmp_path}/a.npz", f"--fake={tmp_path}/a.npz", "--extractor=digits",
        "--metrics=fd,auth", f"--picture={tmp_path}/near.png",
    )  # fmt: skip
    assert f"Neighbors:  {tmp_path}/near.png" in out
    assert (
        next(line for line in out.splitlines() if line.startswith("authenticity")).split()[1] == "0"
    )


def test_sets_that_cannot_be_compared_get_one_sentence(digits, tmp_path, capsys):
    data = digits[:30]
    sets = {"gray": data, "color": np.repeat(data, 3, axis=3), "small": data[:, ::2, ::2],
            "one": data[:1]}  # fmt: skip
    for name, rows in sets.items():
        np.savez(tmp_path / f"{name}.npz", data=rows)
    rows = np.zeros((30, 4))
    rows[7, 1] = np.nan
    np.savez(tmp_path / "nan.npz", features=rows)
    (tmp_path / "empty").mkdir()
    images(tmp_path / "mixed", [*data[:2], data[2, :20]])

    def sentence(real, fake, *more):
        flags = [f"--real={tmp_path}/{real}", f"--fake={tmp_path}/{fake}", *more]
        return refused(capsys, *flags)

    digits_ = "--extractor=digits"
    assert "gray.npz holds gray images of 28 x 28" in sentence("gray.npz", "color.npz")
    assert "small.npz gray images of 14 x 14" in sentence("gray.npz", "small.npz", "--metrics=swd")
    assert "takes gray images; received color" in sentence("color.npz", "color.npz", digits_)
    assert "There are too few examples for the metric fd: " in sentence(
        "one.npz", "gray.npz", digits_
    )
    assert "row 7 holds NaN or infinity" in sentence("nan.npz", "nan.npz")
    assert "images of several sizes" in sentence("mixed", "gray.npz", digits_)
    assert "there are no images (" in sentence("empty", "gray.npz", digits_)


def test_small_images_without_an_extractor_get_the_metrics_that_they_can_have(tmp_path, capsys):
    random = np.random.default_rng(0)
    for name in ("a", "b"):
        np.savez(tmp_path / f"{name}.npz", data=random.integers(0, 256, (40, 8, 8, 1), np.uint8))
    flags = [f"--real={tmp_path}/a.npz", f"--fake={tmp_path}/b.npz"]
    assert main._run(["evaluate", *flags]) == 0
    out = capsys.readouterr().out
    assert "swd" in out and "ms_ssim" not in out


def test_sets_of_unlike_size_and_color_are_compared_where_the_extractor_makes_them_alike(
    digits, tmp_path, capsys
):
    real, fake = digits[:100], digits[100:]
    np.savez(tmp_path / "real.npz", data=real)
    sizes = [tf.image.resize(fake, [side, side]).numpy().astype(np.uint8) for side in (28, 40)]
    values = []
    for data in sizes:
        np.savez(tmp_path / "fake.npz", data=data)
        flags = [f"--real={tmp_path}/real.npz", f"--fake={tmp_path}/fake.npz", "--metrics=fd"]
        out = evaluate(capsys, *flags, "--extractor=digits")
        values.append(float(next(r for r in out.splitlines() if r.startswith("fd_")).split()[4]))
    assert values[1] == pytest.approx(values[0], rel=0.5)


def test_gray_and_color_are_compared_by_an_extractor_that_takes_color(digits, tmp_path, capsys):
    import keras

    pooled = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.GlobalAveragePooling2D()])
    pooled.save(tmp_path / "pooled.keras")
    np.savez(tmp_path / "gray.npz", data=digits[:60])
    np.savez(tmp_path / "color.npz", data=np.repeat(digits[:60], 3, axis=3))
    sides = [f"--real={tmp_path}/gray.npz", f"--fake={tmp_path}/color.npz"]
    out = evaluate(capsys, *sides, f"--extractor={tmp_path}/pooled.keras", "--metrics=fd")
    row = next(row for row in out.splitlines() if row.startswith("fd_"))
    assert float(row.split()[4]) == pytest.approx(0.0, abs=1e-3)


def test_sources_are_compared_by_their_names(capsys, tmp_path):
    np.savez(tmp_path / "points.npz", data=np.random.default_rng(0).normal(size=(50, 2)))
    out = evaluate(capsys, "--real=toy:ring", f"--fake=arrays:{tmp_path}/points.npz")
    sets = f"50 of arrays:{tmp_path}/points.npz against 120 of toy:ring."
    assert out.startswith(f"{sets} Real baseline: one half")
    assert "fd_points" in out and "coverage" in out


def test_two_files_of_statistics_announce_no_floor(capsys, tmp_path):
    for name, scale in (("a", 1.0), ("b", 4.0)):
        np.savez(tmp_path / f"{name}.npz", mu=np.zeros(3), sigma=scale * np.eye(3))
    out = evaluate(capsys, f"--real={tmp_path}/a.npz", f"--fake={tmp_path}/b.npz")
    assert "baseline" not in out and " 3\n" in out  # 3 (1 + 4 - 2 sqrt(1 * 4))


def test_jpeg_files_against_png_files_are_warned_of(digits, tmp_path, capsys):
    sides = {"png": images(tmp_path / "png", digits[:30])}
    for name, encode in (("jpeg", tf.io.encode_jpeg), ("other", tf.io.encode_jpeg)):
        for index, image in enumerate(digits[:30]):
            tf.io.write_file(f"{tmp_path}/{name}/{index}.JPG", encode(image))
        sides[name] = str(tmp_path / name)

    def warns(real, fake):
        assert main._run(["evaluate", f"--real={sides[real]}", f"--fake={sides[fake]}"]) == 0
        return "holds JPEG files and" in capsys.readouterr().err

    assert warns("png", "jpeg") and warns("jpeg", "png")
    assert not warns("jpeg", "other") and not warns("png", "png")


def test_tiny_images_need_an_extractor(tmp_path, capsys):
    images = np.random.default_rng(0).integers(0, 256, (20, 4, 4, 1), np.uint8)
    np.savez(tmp_path / "a.npz", data=images)
    sides = [f"--real={tmp_path}/a.npz", f"--fake={tmp_path}/a.npz"]
    assert "Images of 4 x 4 pixels are too small for" in refused(capsys, *sides)
    assert "at least 7 x 7 pixels; " in refused(capsys, *sides, "--metrics=swd")
