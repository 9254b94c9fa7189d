import numpy as np
import pytest
from PIL import Image

from tfgan import modalities
from tfgan.data import reading_rules
from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.labels.folder_layout import Layout
from tfgan.data.sources import image_set
from tfgan.data.sources.domains import masks
from tfgan.data.sources.domains.class_files import ClassFile

from ...gray_files import gray_png, gray_tiff
from .pair_files import COLORS, MASKS, PHOTOS, palette_png, png, saved, write

NUMBERED = ClassFile("classes.txt", modalities.Masks("abc"), has_colors=False)
COLORED = ClassFile("classes.txt", modalities.Masks("abc", COLORS.tolist()), has_colors=True)
TWINS = [[9, 9, 9], [200, 0, 0], [9, 9, 9]]
ALIKE = ClassFile("classes.txt", modalities.Masks("abc", TWINS), has_colors=True)
GRAYS = [(0, 0, 0), (100, 100, 100), (255, 255, 255)]
GRAY = ClassFile("classes.txt", modalities.Masks("abc", GRAYS), has_colors=True)


def read(folder, contents, class_file=NUMBERED, preprocess=None, half=None, suffix="png"):
    for number, content in enumerate(contents):
        if not (folder / f"{number:02}.{suffix}").exists():  # a new time would be another set
            write(folder, f"{number:02}.{suffix}", content)
    archive = image_set.open_archive(str(folder), "pairs")
    files = image_set.ImageSet(archive, Layout([*range(len(contents))]), reading_rules.TODAY)
    reader = masks.MaskReader(files, class_file, preprocess or ImagePreprocessing(), half)
    return reader.read(str(folder / "cache"), None).data


@pytest.mark.parametrize(
    "encode", [png, palette_png, lambda mask: saved(Image.fromarray(mask[..., 0]), "BMP")]
)
@pytest.mark.parametrize("class_file", [NUMBERED, COLORED, ALIKE])
def test_pixels_of_gray_and_palette_files_are_numbers(tmp_path, encode, class_file):
    np.testing.assert_array_equal(
        read(tmp_path, [encode(mask) for mask in MASKS], class_file), MASKS
    )


def test_two_entries_of_a_palette_may_have_one_color(tmp_path):
    colors = np.zeros((3, 3), np.uint8)
    contents = [palette_png(mask, colors) for mask in MASKS]
    np.testing.assert_array_equal(read(tmp_path, contents), MASKS)


def test_colors_become_the_class_of_the_nearest(tmp_path):
    noise = np.random.default_rng(1).integers(-5, 6, (12, 6, 8, 3))
    near = np.clip(COLORS[MASKS[..., 0]].astype(int) + noise, 0, 255).astype(np.uint8)
    np.testing.assert_array_equal(read(tmp_path, list(map(png, near)), COLORED), MASKS)


def test_gray_files_have_gray_colors_where_all_classes_do(tmp_path):
    grays = np.array([0, 100, 255], np.uint8)[MASKS]
    np.testing.assert_array_equal(read(tmp_path, list(map(png, grays)), GRAY), MASKS)


@pytest.mark.parametrize("bits", [2, 4, 8, 16])
def test_numbers_of_any_depth_are_those_that_are_stored(tmp_path, bits):
    contents = [gray_png(bits, mask[..., 0].tolist()) for mask in MASKS]
    np.testing.assert_array_equal(read(tmp_path, contents), MASKS)


@pytest.mark.parametrize(
    ("suffix", "encode"),
    [
        ("tif", lambda mask: gray_tiff(16, mask[..., 0].tolist(), ">")),
        ("png", lambda mask: png(np.concatenate([mask, np.full_like(mask, 255)], axis=-1))),
        ("webp", lambda mask: saved(Image.fromarray(mask[..., 0]), "WEBP", lossless=True)),
    ],
)
@pytest.mark.parametrize("class_file", [NUMBERED, COLORED])
def test_numbers_may_be_big_endian_or_have_alpha_or_three_channels(
    tmp_path, suffix, encode, class_file
):
    contents = list(map(encode, MASKS))
    np.testing.assert_array_equal(read(tmp_path, contents, class_file, suffix=suffix), MASKS)


def test_black_and_white_files_have_two_classes(tmp_path):
    contents = [saved(Image.fromarray(mask[..., 0] > 0), "PNG") for mask in MASKS]
    np.testing.assert_array_equal(read(tmp_path, contents), MASKS > 0)


@pytest.mark.parametrize("half", [0, 1])
def test_a_half_of_a_file_is_split_at_its_middle(tmp_path, half):
    masks = read(tmp_path, list(map(png, MASKS)), half=half)
    np.testing.assert_array_equal(masks, MASKS[:, :, 4 * half : 4 * half + 4])


def test_masks_are_resized_to_the_nearest_pixel_and_cropped_as_images(tmp_path):
    large = np.repeat(np.repeat(MASKS, 3, 1), 3, 2)
    same = read(tmp_path, list(map(png, large)), preprocess=ImagePreprocessing((6, 8)))
    np.testing.assert_array_equal(same, MASKS)
    square = read(tmp_path, list(map(png, large)), preprocess=ImagePreprocessing((6, 6)))
    np.testing.assert_array_equal(square, MASKS[:, :, 1:7])


def test_masks_are_turned_by_exif(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 3
    contents = [saved(Image.fromarray(mask[..., 0]), "PNG", exif=exif) for mask in MASKS]
    np.testing.assert_array_equal(read(tmp_path, contents), MASKS[:, ::-1, ::-1])


def test_large_sets_go_to_the_disk_and_are_found_again(tmp_path, monkeypatch):
    monkeypatch.setattr(masks.caching, "MEMORY_LIMIT", 100)
    first = read(tmp_path, list(map(png, MASKS)))
    monkeypatch.setattr(masks.MaskReader, "_mask", None)  # a second decoding would fail
    again = read(tmp_path, list(map(png, MASKS)))
    for each in (first, again):
        assert isinstance(each, np.memmap)
        np.testing.assert_array_equal(each, MASKS)


@pytest.mark.parametrize(
    ("content", "class_file", "sentence"),
    [
        (
            png(MASKS[0] + 1),
            NUMBERED,
            "00.png must hold the numbers of the 3 classes .* received 3",
        ),
        (png(PHOTOS[0]), NUMBERED, "classes.txt must give a color for each class, because 00.png"),
        (
            png(PHOTOS[0]),
            ALIKE,
            r"a color of its own, because 00.png holds colors; received \(9, 9, 9\) for a and c\.",
        ),
        (png(MASKS[0])[:-30], NUMBERED, "00.png cannot be decoded: it is "),
        (b"nothing", NUMBERED, "00.png cannot be decoded: it is not an image"),
    ],
)
def test_what_are_no_masks_is_refused_by_name(tmp_path, content, class_file, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(tmp_path, [content], class_file)


def test_a_photo_among_masks_is_refused_by_name(tmp_path):
    colors = COLORS[MASKS[..., 0]]
    mostly_other = np.where(np.arange(8)[:, None] < 5, np.uint8(128), colors[0])  # in 5 columns
    contents = [png(colors[0]), png(mostly_other)]
    sentence = (
        "01.png cannot be read, because it is not a mask: 62% of its pixels have other colors"
    )
    with pytest.raises(ValueError, match=f"pairs:.*: {sentence} than the 3 classes"):
        read(tmp_path, contents, COLORED)


@pytest.mark.parametrize("kind", ["colors", "numbers"])
def test_the_other_half_of_a_file_is_not_a_mask(tmp_path, kind):
    photos = np.full((12, 6, 8, 3 if kind == "colors" else 1), 128, np.uint8)
    masks_of_kind = COLORS[MASKS[..., 0]] if kind == "colors" else MASKS
    joined = list(map(png, np.concatenate([photos, masks_of_kind], axis=2)))
    np.testing.assert_array_equal(read(tmp_path, joined, COLORED, half=1), MASKS)
    with pytest.raises(ValueError, match="00.png (cannot be read|must hold the numbers)"):
        read(tmp_path, joined, COLORED, half=0)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(MASKS[0]), True),
        (palette_png(MASKS[0]), True),
        (png(PHOTOS[0]), False),
        (saved(Image.fromarray(MASKS[0][..., 0]), "JPEG"), False),
        (b"nothing", False),
    ],
)
def test_gray_and_palette_png_files_may_hold_numbers(tmp_path, content, expected):
    write(tmp_path, "0.png", content)
    archive = image_set.open_archive(str(tmp_path), "pairs")
    files = image_set.ImageSet(archive, Layout([0]), reading_rules.TODAY)
    assert masks.holds_numbers(files) == expected
