"""Other people's TFRecord files give their pixels, or one sentence."""

import logging

import numpy as np
import pytest

from tfgan.data import held_out, open_source, reading_rules

from . import written

IMAGES = written.images()


@pytest.fixture(autouse=True)
def nothing_is_held_out(monkeypatch):
    """These tests look at every record."""
    monkeypatch.setattr(held_out, "MOST", 0)


def opened(folder, records, choices="", compression="", **options):
    return open_source(written.write(folder / "a", records, compression) + choices, **options)


def rows(images, label):
    """(pixels, label) of all images, sorted."""
    label = [None] * len(images) if label is None else label
    return sorted((image.tobytes(), number) for image, number in zip(images, label, strict=True))


def assert_holds(source, images=IMAGES, label=None):
    """The source has exactly these images and labels, in some order."""
    [batch] = source.examples(batch_size=1000)
    result = rows(batch["data"], batch.get("label"))
    expected = rows(images, label)
    assert source.spec.shape == images.shape[1:] and result == expected


@pytest.mark.parametrize(
    ("image", "label", "decided"),
    [
        ("image/encoded", "image/class/label", {}),
        ("image", "label", {}),
        ("data", None, {}),
        ("image_raw", "class", {"image": "image_raw", "labels": "class"}),
        ("jpg", "y", {"image": "jpg", "labels": "y"}),
        ("my own name", None, {"image": "my own name"}),
    ],
)
def test_features_are_known_by_the_names_that_people_give_them(tmp_path, image, label, decided):
    labels = [0, 2, 1, 1, 0] if label else None
    rows = [{image: written.png(each)} for each in IMAGES]
    rows = [row | ({label: labels[i]} if label else {}) for i, row in enumerate(rows)]
    source = opened(tmp_path, rows)
    assert_holds(source, label=labels)
    assert source.decisions == decided and source.spec.classes == (3 if label else None)


def test_alpha_of_raw_pixels_is_decided_and_can_be_kept(tmp_path):
    rgba = written.images(3, 8, 6, 4)
    records = [{"data": each.tobytes(), "shape": each.shape} for each in rgba]
    source = opened(tmp_path, records)
    assert source.spec.shape == (8, 6, 3)
    assert source.decisions == {"alpha": "on white (--background)"}
    assert_holds(opened(tmp_path, records, channels=4), rgba)


def test_a_run_of_an_earlier_release_reads_what_it_read(tmp_path):
    features = [{"image": written.png(each), "y": i} for i, each in enumerate(IMAGES)]
    source = opened(tmp_path, features, rules=reading_rules.BEFORE)
    assert (source.spec.classes, source.decisions) == (None, {})


STORED = {
    "tfgan": lambda image: {"data": image.tobytes(), "shape": image.shape},
    "StyleGAN": lambda image: {
        "data": np.moveaxis(image, -1, 0).tobytes(), "shape": np.moveaxis(image, -1, 0).shape,
    },
    "a tutorial": lambda image: {
        "image_raw": image.tobytes(), "height": 8, "width": 6, "depth": 3,
    },
    "without depth": lambda image: {"image_raw": image.tobytes(), "height": 8, "width": 6},
    "integers": lambda image: {"image": image.astype(int), "shape": image.shape},
    "unit floats": lambda image: {"image": image / np.float32(255), "shape": image.shape},
    "signed floats": lambda image: {"image": image / 127.5 - 1, "shape": image.shape},
    "an image file beside its shape": lambda image: {
        "image": written.png(image), "shape": image.shape,
    },
}  # fmt: skip


@pytest.mark.parametrize("how", STORED)
def test_pixels_are_read_as_they_were_stored(tmp_path, how):
    assert_holds(opened(tmp_path, [STORED[how](image) for image in IMAGES]))


def test_what_is_recognized_is_said_in_one_line(tmp_path, caplog):
    rows = [STORED["StyleGAN"](image) | {"class": 0} for image in IMAGES]
    with caplog.at_level(logging.INFO, logger="tfgan"):
        source = opened(tmp_path, rows)
    assert source.decisions == {"labels": "class", "layout": "chw"}
    log = "images of [8, 6, 3] are read with labels class, layout chw."
    assert [line.endswith(log) for line in caplog.messages] == [True]


@pytest.mark.parametrize("compression", ["GZIP", "ZLIB"])
def test_compressed_files_are_read(tmp_path, compression):
    rows = [{"image": written.png(image), "label": i} for i, image in enumerate(IMAGES)]
    source = opened(tmp_path, rows, compression=compression)
    assert source.count == 5
    assert_holds(source, label=[0, 1, 2, 3, 4])
    written.write(tmp_path / "b", rows)
    both = open_source(f"tfrecord:{tmp_path}/*")
    assert_holds(both, np.concatenate([IMAGES, IMAGES]), label=[0, 1, 2, 3, 4] * 2)


def test_gray_pixels_without_a_channel_are_read(tmp_path):
    gray = IMAGES[..., 0]
    rows = [{"image": image.tobytes(), "shape": image.shape} for image in gray]
    assert_holds(opened(tmp_path, rows), gray[..., None])
    rows = [{"image": image.tobytes()} for image in gray]
    assert_holds(opened(tmp_path, rows, "#shape=8x6"), gray[..., None])


@pytest.mark.parametrize(
    ("features", "sentence", "choices"),
    [
        ({"image": IMAGES[0].tobytes()}, "if it is 144 raw pixels, add #shape", "shape=8x6x3"),
        (
            {"image": IMAGES[0].tobytes(), "shape": [3, 16, 3]},
            r"is ambiguous: add #layout=hwc for .* or #layout=chw",
            "layout=chw",
        ),
        (
            {"image": written.png(IMAGES[0]), "data": written.png(IMAGES[0])},
            "may be the image: add #data=image or #data=data to the name",
            "image",
        ),
        (
            {"image": IMAGES[0] / 10, "shape": [8, 6, 3]},
            r"in 0..25.5, so it is ambiguous .* add #range=0..1",
            "range=0..25.5",
        ),
    ],
)
def test_what_could_be_two_things_is_refused_until_it_is_said(
    tmp_path, features, sentence, choices
):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, [features])
    assert opened(tmp_path, [features], f"#{choices}").count == 1


@pytest.mark.parametrize(
    ("features", "choices", "sentence"),
    [
        ({"picture": b"a", "n": 1}, "", r"as #data=FEATURE; there is n \(int64_list\), pi"),
        ({"image": b"no image"}, "", "not the content of an image file"),
        ({"image": b""}, "", "not the content of an image file"),
        ({"image": IMAGES[0].tobytes(), "shape": [8, 6, 4]}, "", "of 8 x 6 x 4 must have as many"),
        ({"image": b"a" * 8, "shape": [-2, 2, -2]}, "", "of -2 x 2 x -2 must have as many pixels"),
        ({"image": b"a", "shape": [2**62, 2**62, 3]}, "", "must have as many pixels"),
        ({"image": written.png(IMAGES[0]), "label": -1}, "", r"in 0..999,999; row 0 has -1"),
        ({"image": written.png(IMAGES[0]), "label": 2**40}, "", "row 0 has 1099511627776"),
        ({"image": b"a" * 8}, "#shape=2x0x4", "shape must have the form 28x28x1 .* received '2x0x"),
        ({"image": b"a" * 64, "shape": [4, 4, 4]}, "#layout=thw", "layout must be hwc or chw"),
        ({"image": b"a" * 8}, "#x", "has no feature 'x'; there is image"),
        ({"image": written.png(IMAGES[0])}, "#label=x", "x must be an int64 feature of one number"),
        ({"image": np.array([np.nan, 1.0]), "shape": [1, 2, 1]}, "#layout=hwc", "not finite"),
    ],
)  # fmt: skip
def test_other_records_are_refused(tmp_path, features, choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, [features], choices)


def test_records_that_are_not_examples_are_refused(tmp_path):
    with pytest.raises(ValueError, match="not tf.train.Example messages"):
        opened(tmp_path, [b"\xff\xff\xff"])
    with pytest.raises(ValueError, match="holds no records"):
        opened(tmp_path, [])


def test_a_record_without_a_label_is_refused(tmp_path):
    image = {"image": written.png(IMAGES[0])}
    with pytest.raises(ValueError, match="a record is damaged or has no label"):
        opened(tmp_path, [image | {"label": 1}, image])


def test_labels_that_are_not_one_number_are_left_out(tmp_path):
    image = {"image": written.png(IMAGES[0])}
    for label in (b"cat", [1, 2], 0.5):
        assert opened(tmp_path, [image | {"label": label}]).spec.classes is None
    assert opened(tmp_path, [image | {"label": 1}], "#label=none").spec.classes is None


def test_a_number_outside_the_range_is_refused_when_it_is_read(tmp_path):
    rows = [{"image": np.full(24, value), "shape": [4, 6, 1]} for value in [1.0] * 64 + [2.0]]
    with pytest.raises(Exception, match="numbers outside 0..1; #range=LOW..HIGH gives"):
        list(opened(tmp_path, rows).examples())
